import ClearcoatEvaluation
import ClearcoatImage
import ClearcoatRegions
import Testing

@Suite struct MatchingTests {
    private func box(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> Region {
        Region(runs: (y..<y + height).map { Run(row: $0, start: x, end: x + width) })
    }

    private func hits(_ mark: Region, _ defect: Region) -> Bool {
        let rule = MatchingRule()
        let box = mark.boundingBox
        let middle = Point(
            x: Double(box.x) + Double(box.width - 1) / 2,
            y: Double(box.y) + Double(box.height - 1) / 2
        )
        let mark = Mark(region: mark, centroid: middle, score: 1, finding: nil)
        return rule.hits(mark, defect, widened: defect.dilated(by: rule.tolerancePx))
    }

    @Test func whatLiesThereHits() {
        #expect(hits(box(10, 10, 4, 4), box(11, 11, 4, 4)))
        // Side by side is forgiven as far as a middle still lies in the other's widened box.
        #expect(hits(box(10, 10, 4, 4), box(14, 10, 4, 4)))
        #expect(!hits(box(10, 10, 4, 4), box(15, 10, 4, 4)))
        // A small part of a large defect, and a defect inside a halo.
        #expect(hits(box(40, 40, 3, 3), box(0, 0, 60, 60)))
        #expect(hits(box(0, 0, 18, 18), box(8, 8, 3, 3)))
    }

    @Test func pointingAtEverythingHitsNothing() {
        #expect(!hits(box(0, 0, 200, 200), box(98, 98, 4, 4)))
        #expect(hits(box(0, 0, 200, 200), box(60, 60, 80, 80)))
    }

    @Test func aBoxThatHoldsNoPixelOfItDoesNotHit() {
        // Beside a diagonal line, inside its box.
        let line = Region(runs: (0..<60).map { Run(row: $0, start: $0, end: $0 + 1) })
        #expect(!hits(box(40, 10, 3, 3), line))
        #expect(hits(box(29, 29, 3, 3), line))
    }

    @Test func outlinesBecomeTheirPixels() throws {
        let bounds = Rectangle(x: 0, y: 0, width: 40, height: 30)
        // Whatever the labeller finds, its outline gives back, filled.
        var generator = SplitMix64(seed: 5)
        for _ in 0..<40 {
            let samples = (0..<bounds.pixelCount).map { _ in generator.nextUnit() < 0.45 ? UInt8(255) : 0 }
            for region in regions(in: Mask(width: 40, height: 30, samples: samples)) {
                let outline = region.contour().map { [$0.center.x, $0.center.y] }
                let again = try #require(Region(outline: outline, box: region.boundingBox, in: bounds))
                #expect(again.boundingBox == region.boundingBox)
                #expect(
                    region.runs.allSatisfy { run in
                        run.columns.allSatisfy { again.contains(x: $0, y: run.row) }
                    }
                )
                #expect(again.pixelCount >= region.pixelCount)
            }
        }
        #expect(Region(outline: [], box: Rectangle(x: 50, y: 0, width: 3, height: 3), in: bounds) == nil)
        #expect(
            Region(outline: [], box: Rectangle(x: 38, y: 0, width: 9, height: 3), in: bounds)?.pixelCount == 6
        )
        #expect(
            Region(outline: [[1e300, .nan]], box: Rectangle(x: 0, y: 0, width: 1, height: 1), in: bounds)?
                .pixelCount == 1
        )
    }
}
