import ClearcoatImage
import ClearcoatInspection
import ClearcoatTraining
import Testing

@Suite struct SplitSearchTests {
    /// What the search means, in the plainest form: every input, every threshold between two values, the
    /// definition of Gini impurity.
    private func referenceGains(_ table: TrainingTable, _ weights: [Int], minimumLeaf: Int) -> [Split] {
        func impurity(_ rows: [Int]) -> Double {
            let total = Double(rows.reduce(0) { $0 + weights[$1] })
            let shares = table.classes.indices.map { label in
                Double(rows.filter { table.rows[$0].label == label }.reduce(0) { $0 + weights[$1] }) / total
            }
            return total * (1 - shares.reduce(0) { $0 + $1 * $1 })
        }
        let all = Array(table.rows.indices)
        var splits: [Split] = []
        for input in table.inputs.indices {
            let values = Set(table.rows.map { $0.values[input] }).sorted()
            for (low, high) in zip(values, values.dropFirst()) {
                let threshold = (low + high) / 2
                let below = all.filter { table.rows[$0].values[input] <= threshold }
                let above = all.filter { table.rows[$0].values[input] > threshold }
                let least = [below, above].map { $0.reduce(0) { $0 + weights[$1] } }.min() ?? 0
                guard least >= minimumLeaf else { continue }
                let gain = impurity(all) - impurity(below) - impurity(above)
                splits.append(Split(input: input, threshold: threshold, gain: gain))
            }
        }
        return splits
    }

    @Test(arguments: 0..<60)
    func isTheBestOfAll(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let count = 2 + Int(generator.next() % 24), inputs = 1 + Int(generator.next() % 4)
        let classes = 2 + Int(generator.next() % 3)
        // Few different values, so that many rows share one.
        let values = (0..<count).map { _ in (0..<inputs).map { _ in Double(generator.next() % 7) / 4 } }
        let labels = (0..<count).map { _ in Int(generator.next() % UInt64(classes)) }
        let weights = (0..<count).map { _ in 1 + Int(generator.next() % 3) }
        let leaf = 1 + Int(generator.next() % 3)
        let table = TrainingTable(values, labels, classes: classes)
        let search = SplitSearch(table: table, weights: weights, minimumLeaf: leaf)
        let found = search.best(of: Array(0..<inputs), rows: Array(0..<count))
        let all = referenceGains(table, weights, minimumLeaf: leaf)
        let most = all.map(\.gain).max() ?? 0
        guard let found else {
            #expect(most < 1e-6)
            return
        }
        #expect(abs(found.gain - most) < 1e-9)
        // Of equal ones the first.
        let first = try #require(all.first { $0.gain > most - 1e-9 })
        #expect(found.input == first.input)
        #expect(found.threshold == first.threshold)
    }

    @Test func worksOutByHand() throws {
        // Two of the first class below 1.5, three of the second above: 5 rows lose all their impurity,
        // 5 * (1 - 0.16 - 0.36) = 2.4.
        let table = TrainingTable([[1], [1], [2], [3], [4]], [0, 0, 1, 1, 1], classes: 2)
        let search = SplitSearch(table: table, weights: [1, 1, 1, 1, 1], minimumLeaf: 1)
        let split = try #require(search.best(of: [0], rows: [0, 1, 2, 3, 4]))
        #expect(split.threshold == 1.5)
        #expect(abs(split.gain - 2.4) < 1e-12)
        let large = SplitSearch(table: table, weights: [1, 1, 1, 1, 1], minimumLeaf: 3)
        #expect(large.best(of: [0], rows: [0, 1, 2, 3, 4]) == nil)
    }

    @Test func aThresholdIsNeverTheUpperValue() {
        let lower = 1.0, upper = lower.nextUp
        #expect(SplitSearch.between(lower, upper) == lower)
        #expect(SplitSearch.between(2, 3) == 2.5)
        #expect(SplitSearch.between(24.3902, 24.3933) == 24.39175)
        #expect(SplitSearch.between(-1e308, 1e308).isFinite)
    }
}
