package import ClearcoatInspection

/// How much of the spread of measured sizes is the measurement's own: a gauge study with one appraiser, by
/// one-way analysis of variance with random defects (AIAG, Measurement Systems Analysis).
package struct GaugeStudy: Sendable, Hashable, Codable {
    /// `mm` or `px`.
    package var unit: String
    /// Defects that were measured at least twice, and how often together.
    package var defects: Int
    package var measurements: Int
    /// The standard deviation of one size measured again and again.
    package var repeatability: Double
    /// The standard deviation from defect to defect; zero where the analysis gives a negative variance.
    package var defectVariation: Double
    /// 100 · repeatability / total: below 10 is good, above 30 too much, says the AIAG.
    package var percentGRR: Double
    /// √2 · defect variation / repeatability, rounded down: how many sizes can be told apart; null when
    /// repeatability is zero.
    @Nullable package var distinctCategories: Int?

    /// Nil with fewer than two defects that were measured twice.
    ///
    /// - Parameter sizes: for each defect its measured sizes.
    package init?(_ sizes: [[Double]], unit: String) {
        let groups = sizes.filter { $0.count >= 2 }
        let n = groups.reduce(0) { $0 + $1.count }
        guard groups.count >= 2 else { return nil }
        let means = groups.map { $0.reduce(0, +) / Double($0.count) }
        let grand = groups.reduce(0) { $0 + $1.reduce(0, +) } / Double(n)
        let within = zip(groups, means).reduce(0.0) { sum, group in
            sum + group.0.reduce(0) { $0 + ($1 - group.1) * ($1 - group.1) }
        }
        let between = zip(groups, means).reduce(0.0) { sum, group in
            sum + Double(group.0.count) * (group.1 - grand) * (group.1 - grand)
        }
        let meanSquareWithin = within / Double(n - groups.count)
        let meanSquareBetween = between / Double(groups.count - 1)
        // The typical number of measurements a defect when they are not equal.
        let squares = groups.reduce(0) { $0 + $1.count * $1.count }
        let typical = (Double(n) - Double(squares) / Double(n)) / Double(groups.count - 1)
        let variance = max(0, (meanSquareBetween - meanSquareWithin) / typical)
        self.unit = unit
        defects = groups.count
        measurements = n
        repeatability = meanSquareWithin.squareRoot()
        defectVariation = variance.squareRoot()
        let total = (meanSquareWithin + variance).squareRoot()
        percentGRR = total > 0 ? 100 * repeatability / total : 0
        distinctCategories =
            repeatability > 0
            ? Int(min(1e6, (2.0.squareRoot() * defectVariation / repeatability).rounded(.down))) : nil
    }
}
