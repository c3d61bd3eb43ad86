/// How far several verdicts on the same part agree beyond chance.
package enum Agreement {
    /// Fleiss' kappa (Psychological Bulletin 76, 1971): 1 is perfect, 0 is chance. Nil when there is nothing to
    /// compare or only one category is ever used, where chance alone agrees always.
    ///
    /// Parts may have been seen differently often: each part's agreement is the share of agreeing pairs, as in
    /// Fleiss; with equal numbers it is his figure exactly. Parts seen once are left out.
    ///
    /// - Parameter ratings: for each part the category of each capture.
    package static func fleissKappa(_ ratings: [[Int]]) -> Double? {
        let parts = ratings.filter { $0.count >= 2 }
        let total = parts.reduce(0) { $0 + $1.count }
        guard total > 0, let highest = parts.flatMap(\.self).max() else { return nil }
        var pooled = [Int](repeating: 0, count: highest + 1)
        var observed = 0.0
        for part in parts {
            var counts = [Int](repeating: 0, count: highest + 1)
            for rating in part { counts[rating] += 1 }
            for (category, count) in counts.enumerated() { pooled[category] += count }
            let pairs = counts.reduce(0) { $0 + $1 * ($1 - 1) }
            observed += Double(pairs) / Double(part.count * (part.count - 1))
        }
        observed /= Double(parts.count)
        let expected = pooled.reduce(0.0) { $0 + (Double($1) / Double(total)) * (Double($1) / Double(total)) }
        return expected < 1 ? (observed - expected) / (1 - expected) : nil
    }

    /// Cohen's kappa (Educational and Psychological Measurement 20, 1960) of two captures of each part. Nil as
    /// above.
    package static func cohenKappa(_ pairs: [(first: Int, second: Int)]) -> Double? {
        guard !pairs.isEmpty else { return nil }
        let total = Double(pairs.count)
        let observed = Double(pairs.count { $0.first == $0.second }) / total
        var expected = 0.0
        for category in Set(pairs.map(\.first)).sorted() {
            let first = Double(pairs.count { $0.first == category })
            let second = Double(pairs.count { $0.second == category })
            expected += first * second / (total * total)
        }
        return expected < 1 ? (observed - expected) / (1 - expected) : nil
    }
}
