import ClearcoatImage
import ClearcoatRegions
import ClearcoatTestSupport
import Testing

@Suite struct LabelImageTests {
    @Test func readsBackWhatItPainted() {
        for mask in randomMasks(seed: 10) {
            let found = regions(in: mask, connectivity: .four)
            guard found.count > 1, found.count < 65_536 else { continue }
            let painted = labels(of: found, width: mask.width, height: mask.height)
            let image = Image<UInt16>(
                width: mask.width,
                height: mask.height,
                samples: painted.samples.map { UInt16($0) }
            )
            let read = labelledRegions(in: image)
            #expect(read.map(\.label) == Array(1...found.count))
            #expect(read.map(\.region) == found)
        }
    }

    @Test func onePaintedValueIsAMask() {
        let mask = Mask(drawn: "#..#", "....", ".##.")
        let read = labelledRegions(in: mask)
        #expect(read.map(\.label) == [1, 2, 3])
        #expect(read.map(\.region) == regions(in: mask))
    }

    @Test func aLabelMayBeInPieces() {
        let image = Image<UInt8>(width: 4, height: 2, samples: [7, 7, 3, 7, 0, 0, 3, 0])
        let read = labelledRegions(in: image)
        #expect(read.map(\.label) == [3, 7])
        #expect(read[0].region == Region(drawn: "..#.", "..#."))
        #expect(read[1].region == Region(drawn: "##.#"))
    }

    @Test func anEmptyPictureHasNoRegions() {
        #expect(labelledRegions(in: Mask(width: 3, height: 3, filledWith: 0)).isEmpty)
        #expect(labelledRegions(in: Image<UInt16>(width: 0, height: 0, filledWith: 0)).isEmpty)
    }

    @Test func leavesOutWhatIsOutside() {
        let region = Region(drawn: "###", "###").translated(x: -1, y: -1)
        #expect(labels(of: [region], width: 3, height: 2).samples == [1, 1, 0, 0, 0, 0])
        #expect(
            mask(of: [region.translated(x: 3, y: 2)], width: 3, height: 2).samples == [0, 0, 0, 0, 0, 255]
        )
    }
}
