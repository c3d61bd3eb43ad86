import ClearcoatImage
import ClearcoatRegions
import Testing

@Suite struct RegionTests {
    let ring = Region(drawn: "####", "#..#", ".###")

    @Test func takesFewBytes() {
        #expect(MemoryLayout<Region>.stride == 32)
    }

    @Test func countsPixelsAndKnowsItsBox() {
        #expect(ring.pixelCount == 9)
        #expect(ring.boundingBox == Rectangle(x: 0, y: 0, width: 4, height: 3))
        #expect(ring.firstPixel == PixelCoordinate(x: 0, y: 0))
    }

    @Test func joinsRunsThatOverlapOrTouchInAnyOrder() {
        let region = Region(runs: [
            Run(row: 1, start: 4, end: 6), Run(row: 0, start: 5, end: 7), Run(row: 1, start: 0, end: 2),
            Run(row: 1, start: 2, end: 5), Run(row: 0, start: 1, end: 3), Run(row: 1, start: 1, end: 2),
        ])
        #expect(
            region.runs == [
                Run(row: 0, start: 1, end: 3), Run(row: 0, start: 5, end: 7), Run(row: 1, start: 0, end: 6),
            ]
        )
        #expect(region.pixelCount == 10)
    }

    @Test func containsExactlyItsPixels() {
        for region in randomRegions(seed: 1).filter({ $0.pixelCount < 60 }) {
            let pixels = Set(region.pixels)
            #expect(pixels.count == region.pixelCount)
            let around = region.boundingBox.expanded(by: 2)
            for y in around.rows {
                for x in around.columns {
                    #expect(region.contains(x: x, y: y) == pixels.contains(PixelCoordinate(x: x, y: y)))
                }
            }
        }
    }

    @Test func unionHoldsThePixelsOfBoth() {
        let all = randomRegions(seed: 2)
        for (one, two) in zip(all, all.dropFirst()) {
            let union = one.union(two)
            #expect(Set(union.pixels) == Set(one.pixels).union(two.pixels))
            #expect(union == two.union(one))
        }
    }

    @Test func dilationHoldsEveryPixelWithinTheSquare() {
        for region in randomRegions(seed: 3).filter({ $0.pixelCount < 40 }) {
            for radius in 0...2 {
                let reference = region.pixels.flatMap { pixel in
                    (-radius...radius).flatMap { dy in
                        (-radius...radius).map { PixelCoordinate(x: pixel.x + $0, y: pixel.y + dy) }
                    }
                }
                #expect(Set(region.dilated(by: radius).pixels) == Set(reference))
            }
        }
    }

    @Test func clippingKeepsThePixelsInside() {
        let box = Rectangle(x: 2, y: 1, width: 9, height: 4)
        for region in randomRegions(seed: 4) {
            let inside = region.pixels.filter { box.contains(x: $0.x, y: $0.y) }
            #expect(region.clipped(to: box)?.pixels ?? [] == inside)
        }
    }

    @Test func touchesTheBoundsItReaches() {
        let bounds = Rectangle(x: 0, y: 0, width: 6, height: 5)
        #expect(ring.touches(bounds))
        #expect(!ring.translated(x: 1, y: 1).touches(bounds))
        #expect(ring.translated(x: 2, y: 1).touches(bounds))
        #expect(ring.translated(x: 1, y: 2).touches(bounds))
        #expect(ring.translated(x: 1, y: 0).touches(bounds))
        #expect(ring.translated(x: 0, y: 1).touches(bounds))
    }
}
