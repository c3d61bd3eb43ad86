import ClearcoatImage
import ClearcoatRegions
import Testing

@Suite struct HolesTests {
    /// Background that a flood from outside does not reach, labelled pixel by pixel.
    func referenceHoles(of region: Region, connectivity: Connectivity) -> [Region] {
        let box = region.boundingBox.expanded(by: 1)
        var background = Mask(width: box.width, height: box.height, filledWith: 1)
        for pixel in region.pixels { background[pixel.x - box.x, pixel.y - box.y] = 0 }
        let labels = referenceLabels(of: background, connectivity: connectivity.dual)
        return (1...labels.count).dropFirst().map { label in
            let pixels = labels.labels.samples.indices.filter { labels.labels.samples[$0] == UInt32(label) }
            return Region(
                pixels: pixels.map { PixelCoordinate(x: $0 % box.width + box.x, y: $0 / box.width + box.y) }
            )
        }
    }

    @Test(arguments: Connectivity.allCases)
    func equalTheReference(connectivity: Connectivity) {
        for mask in randomMasks(seed: 22) {
            for region in regions(in: mask, connectivity: connectivity) {
                let holes = region.holes(connectivity: connectivity)
                #expect(holes == referenceHoles(of: region, connectivity: connectivity))
                #expect(region.eulerNumber(connectivity: connectivity) == 1 - holes.count)
            }
        }
    }

    @Test func cornersConnectOrPartHoles() {
        let region = Region(drawn: "####", "#.##", "##.#", "####")
        #expect(region.holes(connectivity: .eight).count == 2)
        #expect(region.holes(connectivity: .four).count == 1)
        #expect(region.eulerNumber() == -1)
        let open = Region(drawn: ".#.", "#.#", ".#.")
        #expect(open.holes(connectivity: .eight).count == 1)
        #expect(open.holes(connectivity: .four).isEmpty)
        #expect(open.eulerNumber(connectivity: .four) == 4)
    }

    @Test func filledHasNoHoleAndTheSameOutline() {
        for region in randomRegions(seed: 23) {
            let filled = region.filled
            #expect(filled.holes().isEmpty)
            #expect(filled.pixelCount == region.pixelCount + region.holes().map(\.pixelCount).reduce(0, +))
            #expect(filled.contour() == region.contour())
        }
    }
}
