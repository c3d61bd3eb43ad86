import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct TextureTailTests {
    private let columns = 64

    /// The largest of 160 nearly normal numbers in each of 64 × 64 blocks; one number in `every` is a glint,
    /// `factor` times as strong.
    private func extremes(glintEvery every: UInt64? = nil, factor: Double = 2) -> [Float] {
        var generator = SplitMix64(seed: 3)
        return (0..<columns * columns).map { _ in
            var highest = -Double.infinity
            for _ in 0..<160 {
                let normal = (0..<12).reduce(-6.0) { sum, _ in sum + generator.nextUnit() }
                let isGlint = every.map { generator.next() % $0 == 0 } ?? false
                highest = max(highest, isGlint ? factor * normal : normal)
            }
            return Float(highest)
        }
    }

    private func threshold(_ extremes: [Float]) -> Float {
        TextureTail(extremes: extremes, columns: columns).threshold(5.14)
    }

    @Test func normalNoiseKeepsItsThreshold() {
        let threshold = threshold(extremes())
        #expect(threshold >= 5.14 && threshold < 5.3, "\(threshold)")
    }

    /// One in 400 numbers: the bulk of the blocks holds none, and is spread as before.
    @Test func glintsRaiseTheThresholdAndRareOnesToo() {
        #expect(threshold(extremes(glintEvery: 400, factor: 3)) > 5.4)
        #expect(threshold(extremes(glintEvery: 200, factor: 3)) > 7)
    }

    @Test func defectsDoNot() {
        var defective = extremes()
        // Twenty spots, each with a strong block and two weaker ones beside it.
        for spot in 0..<20 {
            let block = (3 * spot + 1) * columns + 7 + spot
            defective[block] = 20
            defective[block + 1] = 4.9
            defective[block + columns] = 4.5
        }
        #expect(abs(threshold(defective) - threshold(extremes())) < 0.15)
    }

    @Test func withFewBlocksNormalNoiseIsTakenForGranted() {
        #expect(TextureTail(extremes: Array(repeating: 40, count: 100), columns: 10).threshold(5) == 5)
        #expect(TextureTail(extremes: [], columns: 0).threshold(5) == 5)
        let unjudged = [Float](repeating: .nan, count: columns * columns)
        #expect(threshold(unjudged) == 5.14)
    }
}
