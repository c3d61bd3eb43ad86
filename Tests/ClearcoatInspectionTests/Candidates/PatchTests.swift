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
        #expect(mask.places(atMost: 100) == Array(18..<54))
        #expect(mask.places(atMost: 12) == Array(stride(from: 18, to: 54, by: 3)))
        #expect(Patch(rectangle: box, filledWith: false).places(atMost: 3).isEmpty)
    }

    @Test func sharedPlacesAreCounted() {
        let one = Patch(of: Region(runs: [Run(row: 21, start: 12, end: 16)]), in: box)
        let two = Patch(of: Region(runs: [Run(row: 21, start: 14, end: 19)]), in: box)
        #expect(one.countShared(with: two) == 2)
    }
}
