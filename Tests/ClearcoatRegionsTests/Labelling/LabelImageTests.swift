import ClearcoatImage
import ClearcoatRegions
import ClearcoatTestSupport
import Testing

@Suite struct LabelImageTests {
    @Test func masksAndLabelsAreToldFromSoftEdgesAndPhotographs() {
        let (width, height) = (60, 40)
        func picture(_ value: (Int, Int) -> Double) -> Image<UInt8> {
            Image(
                width: width,
                height: height,
                samples: (0..<width * height).map { UInt8(min(max(value($0 % width, $0 / width), 0), 255)) }
            )
        }
        func distance(_ x: Int, _ y: Int) -> Double {
            let (dx, dy) = (Double(x) - 25.3, Double(y) - 18.8)
            return (dx * dx + dy * dy).squareRoot()
        }
        let hard = picture { distance($0, $1) < 9 ? 255 : 0 }
        let labels = picture { x, y in y % 8 < 5 && x % 10 < 7 ? Double(1 + x / 10 + 6 * (y / 8)) : 0 }
        // Labels that touch along their borders, as a watershed's.
        let touching = picture { x, y in Double(1 + x / 4 + 15 * (y / 3)) }
        let soft = picture { 255 * (9.5 - distance($0, $1)) }
        let blurred = picture { 255 * (9.5 - distance($0, $1)) / 4 }
        let photograph = picture { x, y in Double((x * 7 + y * 13 + x * y) % 90 + 60) }
        for image in [hard, labels, touching, picture { _, _ in 0 }, picture { _, _ in 7 }] {
            #expect(isLabelPicture(image))
        }
        for image in [soft, blurred, photograph] { #expect(!isLabelPicture(image)) }
        #expect(isLabelPicture(Image<UInt16>(width: 0, height: 0, samples: [])))
    }

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
