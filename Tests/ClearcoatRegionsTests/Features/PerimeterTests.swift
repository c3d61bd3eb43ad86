import ClearcoatImage
import ClearcoatRegions
import ClearcoatTestSupport
import Testing

@Suite struct PerimeterTests {
    @Test func borderPixelsAreThoseWithASideToTheBackground() {
        for region in randomRegions(seed: 18) {
            let pixels = Set(region.pixels)
            let border = region.pixels.filter { pixel in
                [(1, 0), (-1, 0), (0, 1), (0, -1)]
                    .contains { !pixels.contains(PixelCoordinate(x: pixel.x + $0.0, y: pixel.y + $0.1)) }
            }
            #expect(region.borderPixels.pixels == border)
        }
    }

    /// Entries counted pixel by pixel in the four directions.
    @Test func croftonEqualsItsDefinition() {
        for region in randomRegions(seed: 19) {
            let pixels = Set(region.pixels)
            func entries(_ dx: Int, _ dy: Int) -> Double {
                Double(pixels.count { !pixels.contains(PixelCoordinate(x: $0.x - dx, y: $0.y - dy)) })
            }
            let expected =
                Double.pi / 4
                * (entries(1, 0) + entries(0, 1) + (entries(1, 1) + entries(-1, 1)) / 2.0.squareRoot())
            #expect(agree(region.croftonPerimeter, expected))
        }
    }

    /// A painted disc is half a pixel larger than its radius says, which small ones show.
    @Test func discsHaveTheCircumferenceOfACircle() {
        for radius in 5...40 {
            let rows = (-radius...radius).map { y -> Run in
                let half = Int(Double(radius * radius - y * y).squareRoot())
                return Run(row: y, start: -half, end: half + 1)
            }
            let features = RegionFeatures(of: Region(runs: rows))
            let expected = Double.pi * features.equivalentDiameter
            #expect(abs(features.croftonPerimeter / expected - 1) < 0.5 / Double(radius), "radius \(radius)")
            #expect(abs(features.circularity - 1) < 1 / Double(radius), "radius \(radius)")
        }
    }
}
