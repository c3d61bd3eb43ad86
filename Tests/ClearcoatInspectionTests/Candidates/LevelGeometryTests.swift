import ClearcoatImage
import ClearcoatInspection
import ClearcoatRegions
import Testing

@Suite struct LevelGeometryTests {
    /// The pixel ranges that single samples of a level stand for, written down by hand.
    @Test func aSampleStandsForThePixelsAroundIt() {
        let sample = Rectangle(x: 3, y: 0, width: 1, height: 1)
        #expect(sample.onLevel(0, from: 0) == sample)
        #expect(sample.onLevel(0, from: 1) == Rectangle(x: 5, y: -1, width: 2, height: 2))
        #expect(sample.onLevel(0, from: 3) == Rectangle(x: 20, y: -4, width: 8, height: 8))
        #expect(sample.onLevel(1, from: 3) == Rectangle(x: 10, y: -2, width: 4, height: 4))
    }

    @Test func everyPixelBelongsToOneSampleOfACoarserLevel() {
        for level in 1...4 {
            for sample in -3..<5 {
                let box = Rectangle(x: sample, y: sample, width: 1, height: 1)
                let pixels = box.onLevel(0, from: level)
                #expect(pixels.onLevel(level, from: 0) == box)
                let next = Rectangle(x: sample + 1, y: sample, width: 1, height: 1).onLevel(0, from: level)
                #expect(next.x == pixels.x + pixels.width)
            }
        }
    }

    @Test func aRegionBecomesBlocksInsideTheBounds() {
        let region = Region(runs: [Run(row: 0, start: 0, end: 2), Run(row: 1, start: 1, end: 2)])
        let bounds = Rectangle(x: 0, y: 0, width: 100, height: 100)
        let expected = Region(
            runs: [0, 1].map { Run(row: $0, start: 0, end: 6) }
                + (2..<6).map { Run(row: $0, start: 2, end: 6) }
        )
        #expect(region.onLevel(0, from: 2, in: bounds) == expected)
        #expect(region.onLevel(0, from: 2, in: Rectangle(x: 50, y: 50, width: 5, height: 5)) == nil)
    }
}
