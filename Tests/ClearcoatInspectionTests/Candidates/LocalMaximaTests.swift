import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct LocalMaximaTests {
    @Test(arguments: [0, 1, 2, 5, 40]) func everyWindowHoldsItsMaximum(radius: Int) {
        var generator = SplitMix64(seed: 5)
        for (width, height) in [(1, 1), (1, 9), (9, 1), (13, 7), (30, 21)] {
            let values = (0..<width * height).map { _ in Float(generator.nextUnit()) }
            let fast = localMaxima(of: values, width: width, radius: radius)
            for y in 0..<height {
                for x in 0..<width {
                    let window = (max(y - radius, 0)...min(y + radius, height - 1)).flatMap { row in
                        (max(x - radius, 0)...min(x + radius, width - 1)).map { values[row * width + $0] }
                    }
                    #expect(fast[y * width + x] == window.max())
                }
            }
        }
    }
}
