/// A question that divides rows: those whose input is at most the threshold, and the others.
package struct Split: Hashable, Sendable {
    /// The input that is asked for.
    package var input: Int
    /// What it may be at most.
    package var threshold: Double
    /// By how much it lowers the impurity: Gini impurity of the rows minus that of the two parts, each weighed
    /// with its number of rows. Times the number of rows.
    package var gain: Double

    package init(input: Int, threshold: Double, gain: Double) {
        self.input = input
        self.threshold = threshold
        self.gain = gain
    }
}

/// The search for the question that divides rows best, after L. Breiman et al., "Classification and regression
/// trees", 1984.
package struct SplitSearch {
    let table: TrainingTable
    /// How often each row counts; 0 leaves it out.
    let weights: [Int]
    /// The least weight of each part.
    let minimumLeaf: Int

    package init(table: TrainingTable, weights: [Int], minimumLeaf: Int) {
        self.table = table
        self.weights = weights
        self.minimumLeaf = minimumLeaf
    }

    /// The sum of the weights of each class.
    func counts(_ rows: [Int]) -> [Int] {
        var counts = [Int](repeating: 0, count: table.classes.count)
        for row in rows { counts[table.rows[row].label] += weights[row] }
        return counts
    }

    /// The question with the greatest gain; of equal ones that of the first input asked, with the lowest
    /// threshold. Nil when no question divides the rows into large enough parts with a gain.
    ///
    /// Thresholds lie halfway between neighbouring values, as scikit-learn's do.
    ///
    /// - Complexity: O(inputs · n log n) for n rows.
    package func best(of inputs: [Int], rows: [Int]) -> Split? {
        let total = counts(rows)
        let weight = total.reduce(0, +)
        let whole = Self.purity(total, weight)
        var best: Split?
        for input in inputs {
            var values = rows.map { (value: table.rows[$0].values[input], row: $0) }
            values.sort { ($0.value, $0.row) < ($1.value, $1.row) }
            var below = [Int](repeating: 0, count: total.count), above = total
            var weightBelow = 0
            for index in values.indices.dropLast() {
                let row = values[index].row
                let label = table.rows[row].label
                below[label] += weights[row]
                above[label] -= weights[row]
                weightBelow += weights[row]
                let value = values[index].value, next = values[index + 1].value
                guard value < next, weightBelow >= minimumLeaf, weight - weightBelow >= minimumLeaf else {
                    continue
                }
                let gain = Self.purity(below, weightBelow) + Self.purity(above, weight - weightBelow) - whole
                guard gain > max(best?.gain ?? 0, Self.leastGain) else { continue }
                best = Split(input: input, threshold: Self.between(value, next), gain: gain)
            }
        }
        return best
    }

    /// Less than this is no gain but rounding.
    private static let leastGain = 1e-9

    /// The rows' number minus their number times their Gini impurity.
    private static func purity(_ counts: [Int], _ weight: Int) -> Double {
        weight == 0 ? 0 : Double(counts.reduce(0) { $0 + $1 * $1 }) / Double(weight)
    }

    /// Halfway, without the last digits that nobody wants to read; never the upper value itself, which would be
    /// on the wrong side.
    package static func between(_ lower: Double, _ upper: Double) -> Double {
        let middle = lower + (upper - lower) / 2
        let readable = (middle * 1e9).rounded() / 1e9
        return [readable, middle].first { lower <= $0 && $0 < upper } ?? lower
    }
}
