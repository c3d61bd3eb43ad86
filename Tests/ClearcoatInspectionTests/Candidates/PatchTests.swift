import ClearcoatImage
import ClearcoatInspection
import ClearcoatRegions
import Testing

@Suite struct PatchTests {
    private let box = Rectangle(x: 10, y: 20, width: 9, height: 6)

    @Test func aDrawnRegionComesBackAsItIs() {
        let region = Region(runs: [Run(row: 21, start: 12, end: 15), Run(row: 22, start: 12, end: 13)])
        let mask = Patch(of: region, in: box)
        #expect(mask.count == region.pixelCount)
        #expect(mask.regions() == [region])
    }

    @Test func drawingGrowsByTheMarginAndStopsAtTheBorder() {
        let region = Region(runs: [Run(row: 20, start: 5, end: 11)])
        var mask = Patch(rectangle: box, filledWith: false)
        mask.draw(region, margin: 2)
        #expect(mask.regions() == [region.dilated(by: 2).clipped(to: box)].compactMap { $0 })
    }

    @Test func placesAreTrueAndEvenlySpread() {
        var mask = Patch(rectangle: box, filledWith: false)
        mask.fill(Rectangle(x: 10, y: 22, width: 9, height: 4), with: true)
        #expect(mask.places(about: 100) == Array(18..<54))
        #expect(mask.places(about: 12) == Array(stride(from: 18, to: 54, by: 3)))
        #expect(Patch(rectangle: box, filledWith: false).places(about: 3).isEmpty)
    }

    @Test func sharedPlacesAreCounted() {
        let one = Patch(of: Region(runs: [Run(row: 21, start: 12, end: 16)]), in: box)
        let two = Patch(of: Region(runs: [Run(row: 21, start: 14, end: 19)]), in: box)
        #expect(one.countShared(with: two) == 2)
    }

    /// Eight places are looked at together: rows of all lengths around that, and the same one place at a time.
    @Test func masksOfAllWidthsAreReadPlaceByPlace() {
        var generator = SplitMix64(seed: 3)
        for width in 1...26 {
            for share in [UInt64(1), 5, 10] {
                let values = (0..<width * 5).map { _ in generator.next() % 10 < share }
                let rectangle = Rectangle(x: -3, y: 4, width: width, height: 5)
                let mask = Patch(rectangle: rectangle, values: values)
                let known = values.indices.filter { values[$0] }
                #expect(mask.count == known.count)
                for most in [1, 4, 200] {
                    let step = max(known.count / most, 1)
                    let spread = stride(from: 0, to: known.count, by: step).map { known[$0] }
                    #expect(mask.places(about: most) == spread)
                }
                let runs = mask.runs()
                #expect(runs.flatMap { run in run.columns.map { mask.index(x: $0, y: run.row) } } == known)
                // Each as long as can be.
                if !runs.isEmpty { #expect(Region(runs: runs).runs == runs) }
            }
        }
    }

    @Test func oneSmoothedPlaceIsThatOfTheSmoothedPatch() {
        for (width, height) in [(1, 1), (1, 9), (9, 1), (17, 13)] {
            let patch = noise(width, height, seed: UInt64(width))
            let samples = Patch(rectangle: patch.rectangle, values: patch.values.map { Int16($0) })
            for radius in [0, 1, 2, 30] {
                let smooth = patch.smoothed(radius: radius).values
                #expect(samples.values.indices.map { samples.smoothed(at: $0, radius: radius) } == smooth)
            }
        }
    }

    @Test func smoothingTakesTheMeanOfEveryWindow() {
        for (width, height) in [(1, 1), (1, 9), (9, 1), (2, 3), (17, 13), (40, 5)] {
            let patch = noise(width, height, seed: UInt64(width))
            for radius in [1, 2, 5, 30] {
                let smooth = patch.smoothed(radius: radius)
                for y in patch.rectangle.rows {
                    for x in patch.rectangle.columns {
                        let mean = mean(of: patch, x: x, y: y, radius: radius)
                        let smoothed = smooth.values[patch.index(x: x, y: y)]
                        #expect(abs(smoothed - mean) <= 0.001 * max(abs(mean), 1))
                    }
                }
            }
        }
    }

    private func mean(of patch: Patch<Int32>, x: Int, y: Int, radius: Int) -> Float {
        let window = Rectangle(x: x, y: y, width: 1, height: 1).expanded(by: radius)
            .intersection(patch.rectangle)
        let places = window.rows.flatMap { y in window.columns.map { patch.index(x: $0, y: y) } }
        return places.reduce(0) { $0 + Float(patch.values[$1]) } / Float(places.count)
    }

    @Test func radiusZeroSmoothsBy121() {
        for (width, height) in [(1, 1), (1, 4), (5, 1), (6, 7)] {
            let patch = noise(width, height, seed: 5)
            let smooth = patch.smoothed(radius: 0)
            for y in patch.rectangle.rows {
                for x in patch.rectangle.columns {
                    var sum: Int32 = 0
                    for dy in -1...1 {
                        for dx in -1...1 {
                            let weight: Int32 = (dx == 0 ? 2 : 1) * (dy == 0 ? 2 : 1)
                            sum += weight * patch.clamped(x: x + dx, y: y + dy)
                        }
                    }
                    #expect(smooth.values[smooth.index(x: x, y: y)] == Float(sum) / 16)
                }
            }
        }
    }

    private func noise(_ width: Int, _ height: Int, seed: UInt64) -> Patch<Int32> {
        var generator = SplitMix64(seed: seed)
        let values = (0..<width * height).map { _ in Int32(generator.next() % 16_383) - 8191 }
        return Patch(rectangle: Rectangle(x: 7, y: -3, width: width, height: height), values: values)
    }
}
