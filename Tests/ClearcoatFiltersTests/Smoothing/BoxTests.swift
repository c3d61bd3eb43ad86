import ClearcoatFilters
import ClearcoatImage
import ClearcoatTestSupport
import Testing

/// The definition: every sample of the window, the nearest level to their mean.
private func reference<Element: GraySample>(_ image: Image<Element>, _ width: Int, _ height: Int) -> Image<
    Element
> {
    pixelwise(image) { x, y in
        var sum = 0
        for dy in -(height / 2)...height / 2 {
            for dx in -(width / 2)...width / 2 { sum += Int(image.reflected(x + dx, y + dy)) }
        }
        return Element((2 * sum + width * height) / (2 * width * height))
    }
}

@Suite struct BoxTests {
    static let windows = [(1, 1), (3, 3), (5, 1), (1, 7), (9, 5)]

    @Test(arguments: windows) func equalsItsDefinition(width: Int, height: Int) {
        for image in smallPictures(of: UInt8.self) {
            #expect(box(image, width: width, height: height) == reference(image, width, height))
        }
        for image in smallPictures(of: UInt16.self) {
            #expect(box(image, width: width, height: height) == reference(image, width, height))
        }
    }

    @Test func aWindowMayBeLargerThanTheImage() {
        for (width, height) in [(65, 65), (31, 65), (129, 3), (151, 101)] {
            for image in pictures(width: 17, height: 5, of: UInt8.self) {
                #expect(box(image, width: width, height: height) == reference(image, width, height))
            }
        }
    }

    @Test func doesNotDependOnBands() {
        for image in pictures(width: 33, height: 12, of: UInt16.self) {
            let whole = box(image, width: 9, height: 11).samples
            let joined = joinedBands(height: 12, cuts: [1, 2, 7]) {
                box(image, width: 9, height: 11, rows: $0)
            }
            #expect(joined == whole)
        }
    }

    @Test func roundsToTheNearestRightUpToTheTie() {
        // 3 x 3 windows whose sums are 4 and 5 above a multiple of 9: just below and just above a half.
        let image = Image<UInt8>(width: 3, height: 3, samples: [255, 255, 255, 255, 251, 255, 255, 255, 255])
        #expect(box(image, width: 3, height: 3)[1, 1] == 255)
        let other = Image<UInt8>(width: 3, height: 3, samples: [255, 255, 255, 255, 250, 255, 255, 255, 255])
        #expect(box(other, width: 3, height: 3)[1, 1] == 254)
    }

    @Test func aConstantStaysWhatItIs() {
        for level in [UInt8(0), 1, 127, 254, 255] {
            let image = Image(width: 40, height: 30, filledWith: level)
            #expect(box(image, width: 65, height: 65) == image)
            #expect(box(image, width: 101, height: 99) == image)
        }
    }
}
