import ClearcoatFilters
import ClearcoatImage
import ClearcoatTestSupport
import Testing

/// The definition: 25 products, one rounding.
private func reference<Element: GraySample>(_ image: Image<Element>) -> Image<Element> {
    let weights = [1, 4, 6, 4, 1]
    return pixelwise(image) { x, y in
        var sum = 0
        for dy in -2...2 {
            for dx in -2...2 {
                sum += weights[dy + 2] * weights[dx + 2] * Int(image.reflected(x + dx, y + dy))
            }
        }
        return Element((sum + 128) / 256)
    }
}

@Suite struct Gaussian5Tests {
    @Test func equalsItsDefinitionAt8Bits() {
        for image in smallPictures(of: UInt8.self) { #expect(gaussian5(image) == reference(image)) }
    }

    @Test func equalsItsDefinitionAt16Bits() {
        for image in smallPictures(of: UInt16.self) { #expect(gaussian5(image) == reference(image)) }
    }

    @Test func doesNotDependOnBands() {
        for image in pictures(width: 33, height: 12, of: UInt8.self) {
            let whole = gaussian5(image).samples
            #expect(joinedBands(height: 12, cuts: [1, 2, 7]) { gaussian5(image, rows: $0) } == whole)
        }
        #expect(gaussian5(Image<UInt8>(width: 5, height: 5, filledWith: 1), rows: 2..<2).isEmpty)
    }

    @Test func anImpulseGivesTheKernel() {
        var image = Image<UInt16>(width: 9, height: 9, filledWith: 0)
        image[4, 4] = 256
        #expect(gaussian5(image).samples[36..<45] == [0, 0, 6, 24, 36, 24, 6, 0, 0])
    }
}
