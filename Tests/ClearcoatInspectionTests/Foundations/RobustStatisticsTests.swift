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

    /// Of many values a sample is looked at first, also where it says the least: many of one value, all in order, falling
    /// and rising or the other way round, and a few far away.
    @Test(arguments: [5000, 20_001]) func quantileOfManyValuesIsTheValueOfThatRank(count: Int) {
        var generator = SplitMix64(seed: UInt64(count))
        let random = (0..<count).map { _ in Float(generator.nextUnit()) }
        let few = (0..<count).map { _ in Float(generator.next() % 3) }
        let ordered = (0..<count).map(Float.init)
        let periodic = (0..<count).map { $0 % 32 == 0 ? Float(1000) : random[$0] }
        let valley = (0..<count).map { Float(abs($0 - count / 2)) }
        for values in [random, few, ordered, periodic, valley, valley.map { -$0 }] {
            let sorted = values.sorted()
            for level in [0, 0.05, 0.5, 0.8, 1] {
                #expect(quantile(level, of: values) == sorted[Int(level * Double(count - 1))])
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

    /// A row as long as sixteen steps: always the same places of it would leave a whole strip unseen.
    @Test func samplesAreSpreadOverAllColumns() {
        let (columns, rows) = (640, 640)
        let all = samplePlaces(where: Array(repeating: true, count: columns * rows))
        #expect((10_000...20_000).contains(all.count))
        #expect(Set(all.map { $0 % columns }).count == columns)
        #expect(Set(all.map { $0 / columns }).count == rows)
        let strip = (0..<columns * rows).map { (41..<79).contains($0 % columns) }
        let some = samplePlaces(where: strip)
        #expect((10_000...20_000).contains(some.count))
        #expect(some.allSatisfy { strip[$0] })
        #expect(Set(some.map { $0 % columns }) == Set(41..<79))
    }

    @Test(arguments: [0, 1, 9_999, 19_999]) func ofFewPlacesAllAreTaken(count: Int) {
        #expect(samplePlaces(where: Array(repeating: true, count: count)) == Array(0..<count))
    }
}
