import ClearcoatFilters
import ClearcoatImage
import ClearcoatTestSupport
import Testing

@Suite struct CombinationsTests {
    @Test func differenceHasNoSign() {
        for (width, height) in smallSizes {
            let images = pictures(width: width, height: height, of: UInt8.self)
            for (left, right) in zip(images, images.dropFirst()) {
                let expected = zip(left.samples, right.samples).map { UInt8(abs(Int($0) - Int($1))) }
                #expect(absoluteDifference(left, right).samples == expected)
                #expect(absoluteDifference(right, left).samples == expected)
            }
        }
        let low = Image<UInt16>(width: 1, height: 1, filledWith: 0)
        let high = Image<UInt16>(width: 1, height: 1, filledWith: 65535)
        #expect(absoluteDifference(low, high) == high)
    }

    @Test func unionTakesAnythingButZeroForForeground() {
        let left = Mask(width: 4, height: 1, samples: [0, 1, 0, 255])
        let right = Mask(width: 4, height: 1, samples: [0, 0, 7, 255])
        #expect(maskUnion(left, right).samples == [0, 255, 255, 255])
    }
}
