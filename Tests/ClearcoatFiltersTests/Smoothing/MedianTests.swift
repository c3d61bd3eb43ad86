import ClearcoatFilters
import ClearcoatImage
import ClearcoatTestSupport
import Testing

private func reference<Element: GraySample>(_ image: Image<Element>, reach: Int) -> Image<Element> {
    pixelwise(image) { x, y in
        let window = (-reach...reach).flatMap { dy in
            (-reach...reach).map { dx in image.reflected(x + dx, y + dy) }
        }
        return window.sorted()[window.count / 2]
    }
}

@Suite struct MedianTests {
    @Test(arguments: [(MedianSize.three, 1), (.five, 2)])
    func equalsItsDefinition(size: MedianSize, reach: Int) {
        for image in smallPictures(of: UInt8.self) {
            #expect(median(image, size: size) == reference(image, reach: reach))
        }
        for image in smallPictures(of: UInt16.self) {
            #expect(median(image, size: size) == reference(image, reach: reach))
        }
    }

    @Test(arguments: MedianSize.allCases) func doesNotDependOnBands(size: MedianSize) {
        let image = pictures(width: 17, height: 12, of: UInt8.self)[0]
        let whole = median(image, size: size).samples
        #expect(joinedBands(height: 12, cuts: [1, 2, 7]) { median(image, size: size, rows: $0) } == whole)
    }

    @Test(arguments: MedianSize.allCases) func removesSinglePixelsAndKeepsSteps(size: MedianSize) {
        let step = pictures(width: 16, height: 16, of: UInt8.self)[3]
        #expect(median(step, size: size) == step)
        var speckled = step
        speckled[3, 8] = 255
        speckled[12, 8] = 0
        #expect(median(speckled, size: size) == step)
    }
}
