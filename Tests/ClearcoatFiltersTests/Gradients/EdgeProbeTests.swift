import ClearcoatFilters
import ClearcoatImage
import Testing

@Suite struct EdgeProbeTests {
    /// Every pixel of random pictures, asked one by one, is what the whole picture's edges say; from either end, since
    /// answers are kept.
    @Test(arguments: [(1, 1), (1, 9), (7, 2), (40, 30), (70, 23)])
    func pixelsAreThoseOfTheWholePicture(width: Int, height: Int) {
        var state: UInt64 = 7
        func next(_ bound: UInt64) -> UInt16 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt16((state >> 33) % bound)
        }
        for (range, low, high) in [(20, 40, 70), (200, 300, 600), (4, 0, 10), (50, 130, 90)] {
            let samples = (0..<width * height).map { place in
                next(UInt64(range)) + (place % width > width / 2 ? UInt16(range) : 0)
            }
            let image = Image(width: width, height: height, samples: samples)
            let edges = canny(image, low: low, high: high)
            let places = Array(0..<width * height)
            for order in [places, places.reversed()] {
                var probe = EdgeProbe(samples, width: width, height: height, low: low, high: high)
                for place in order {
                    let (x, y) = (place % width, place / width)
                    #expect(probe.isEdge(x: x, y: y) == (edges[x, y] != 0), "\(x), \(y)")
                }
            }
        }
    }
}
