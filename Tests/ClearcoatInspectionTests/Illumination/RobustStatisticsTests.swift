import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct RobustStatisticsTests {
    @Test func quantileIsTheValueOfThatRankInSortedOrder() {
        var generator = SplitMix64(seed: 1)
        for count in 1...60 {
            // Few different values, so that ties are many.
            let values = (0..<count).map { _ in Int(generator.next() % 7) }
            for level in [0, 0.2, 0.5, 0.8, 1] {
                let expected = values.sorted()[Int(level * Double(count - 1))]
                #expect(quantile(level, of: values) == expected)
                #expect(quantile(level, of: values.map { Int16($0 - 3) }) == Int16(expected - 3))
            }
        }
    }

    @Test func nothingHasNoMedian() {
        #expect(median(of: [Float]()) == nil)
        #expect(quantile(0.5, of: [Int16]()) == nil)
    }

    @Test func outermostNumbersHaveARank() {
        #expect(quantile(0, of: [Int16.max, .min, 0]) == .min)
        #expect(quantile(1, of: [Int16.max, .min, 0]) == .max)
    }

    @Test func spreadIsOneSigmaOfNormalNoiseAndIgnoresOutliers() {
        var generator = SplitMix64(seed: 2)
        // The sum of twelve uniform numbers is nearly normal, with sigma 1.
        var values = (0..<20_000).map { _ in
            Float((0..<12).reduce(-6.0) { sum, _ in sum + generator.nextUnit() })
        }
        #expect(abs(robustSpread(of: values) - 1) < 0.03)
        for index in 0..<1000 { values[index] = 1000 }
        #expect(abs(robustSpread(of: values) - 1) < 0.1)
    }
}
