import ClearcoatFilters
import ClearcoatImage
import ClearcoatTestSupport
import Testing

/// The definition: for each level, the classes' sizes and means by going through all samples.
private func reference<Element: GraySample>(_ image: Image<Element>) -> Element? {
    guard let lowest = image.samples.min() else { return nil }
    var best = (level: lowest, separation: 0.0)
    for level in Set(image.samples).sorted() {
        let below = image.samples.filter { $0 <= level }.map(Double.init)
        let above = image.samples.filter { $0 > level }.map(Double.init)
        guard !above.isEmpty else { break }
        let distance =
            below.reduce(0, +) / Double(below.count) - above.reduce(0, +) / Double(above.count)
        let separation = Double(below.count) * Double(above.count) * distance * distance
        if separation > best.separation { best = (level, separation) }
    }
    return best.level
}

@Suite struct OtsuTests {
    @Test func equalsItsDefinition() {
        for image in smallPictures(of: UInt8.self) { #expect(otsuThreshold(of: image) == reference(image)) }
        for image in smallPictures(of: UInt16.self) where image.samples.count < 300 {
            #expect(otsuThreshold(of: image) == reference(image))
        }
    }

    @Test func partsTwoLevelsAtTheLower() {
        let image = Image<UInt8>(width: 4, height: 1, samples: [10, 10, 200, 10])
        #expect(otsuThreshold(of: image) == 10)
        #expect(threshold(image, above: 10).samples == [0, 0, 255, 0])
    }

    @Test func aConstantImageHasNothingAbove() {
        #expect(otsuThreshold(of: Image<UInt16>(width: 3, height: 3, filledWith: 4095)) == 4095)
        #expect(otsuThreshold(of: Image<UInt8>(width: 3, height: 0, filledWith: 0)) == nil)
    }

    @Test func histogramCountsEverySample() {
        for image in smallPictures(of: UInt8.self) {
            var counts = [Int](repeating: 0, count: 256)
            for sample in image.samples { counts[Int(sample)] += 1 }
            #expect(histogram(of: image) == counts)
        }
    }
}
