#if canImport(Glibc)
    import Glibc
#endif

/// How the false alarms that a recipe accepts are shared out among the levels that are looked at.
///
/// A level's part is in proportion to how dense its samples lie in a row: half of that of the level before, though it
/// looks a quarter as often. Parts like the looks themselves would leave coarse levels with nothing, and would ask as
/// much of a large faint stain, which has few places to be mistaken at, as of a speck.
///
/// - Reference: A. Desolneux, L. Moisan, J.-M. Morel, "From Gestalt Theory to Image Analysis", Springer 2008: what is
///   kept has a number of false alarms (NFA) of at most the budget; tests may have unequal parts of it.
package struct FalseAlarmBudget: Sendable {
    /// What is looked at on one level.
    package struct Level: Sendable {
        /// How often, independently of each other.
        package let looks: Double
        /// Pixels on a side that a sample covers.
        package let sampleSide: Double

        package init(looks: Double, sampleSide: Double) {
            self.looks = looks
            self.sampleSide = sampleSide
        }
    }

    /// For each level, the least response to normal noise, in sigmas, that is kept.
    package let thresholds: [Float]
    /// For each level, the looks at all levels that one look there stands for.
    private let weights: [Double]

    /// - Parameters:
    ///   - budget: false alarms a picture.
    ///   - levels: at least one.
    package init(_ budget: Double, levels: [Level]) {
        let total = levels.reduce(0) { $0 + 1 / $1.sampleSide }
        let weights = levels.map { $0.looks * $0.sampleSide * total }
        self.weights = weights
        thresholds = weights.map { Float(normalThreshold(budget: budget, tests: $0)) }
    }

    /// How many responses that stand out as much, on any level, normal noise is expected to give in one picture.
    ///
    /// Below 1e-20, which no count of parts will ever tell from 0, it is 1e-20.
    ///
    /// - Parameter excess: the response in units of the threshold of level `index`.
    package func falseAlarms(excess: Double, level index: Int) -> Double {
        max(weights[index] * erfc(excess * Double(thresholds[index]) / 2.0.squareRoot()), 1e-20)
    }
}

/// The threshold in sigmas at which normal noise gives `budget` false alarms in `tests` independent
/// looks on both sides.
package func normalThreshold(budget: Double, tests: Double) -> Double {
    // Solved by halving: the tail erfc(t/√2) falls monotonically.
    let share = min(max(budget / max(tests, 1), 1e-15), 0.5)
    var low = 0.0
    var high = 9.0
    for _ in 0..<60 {
        let middle = (low + high) / 2
        if erfc(middle / 2.0.squareRoot()) > share { low = middle } else { high = middle }
    }
    return (low + high) / 2
}
