import ClearcoatFilters
import ClearcoatImage
import ClearcoatTestSupport
import Testing

@Suite struct ThresholdTests {
    @Test func strictlyAboveIsForeground() {
        let ramp = Image<UInt8>(width: 256, height: 1, samples: Array(0...255))
        for level in [UInt8(0), 1, 127, 254, 255] {
            let mask = threshold(ramp, above: level)
            #expect(mask.samples == (0...255).map { $0 > level ? 255 : 0 })
        }
    }

    @Test func everyKindOfSample() {
        #expect(
            threshold(Image<UInt16>(width: 2, height: 1, samples: [300, 301]), above: 300).samples == [
                0, 255,
            ]
        )
        #expect(
            threshold(Image<Int16>(width: 2, height: 1, samples: [-3, -2]), above: -3).samples == [0, 255]
        )
        #expect(
            threshold(Image<Int32>(width: 2, height: 1, samples: [-3, -2]), above: -3).samples == [0, 255]
        )
        let floats = Image<Float>(width: 4, height: 1, samples: [0.5, Float(0.5).nextUp, .nan, .infinity])
        #expect(threshold(floats, above: 0.5).samples == [0, 255, 0, 255])
    }

    @Test func bandsAndEmptyImages() {
        let image = pictures(width: 17, height: 5, of: UInt8.self)[0]
        let whole = threshold(image, above: 100).samples
        #expect(joinedBands(height: 5, cuts: [2, 3]) { threshold(image, above: 100, rows: $0) } == whole)
        for (width, height) in smallSizes {
            let empty = Image<UInt8>(width: width, height: height, filledWith: 9)
            #expect(threshold(empty, above: 9).samples.allSatisfy { $0 == 0 })
        }
    }
}
