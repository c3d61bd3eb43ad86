package import ClearcoatInspection

/// How far measured sizes are from the true ones.
package struct SizeErrors: Sendable, Hashable, Codable {
    /// `mm` or `px`.
    package var unit: String
    package var count: Int
    /// The mean of measured minus true.
    package var bias: Double
    /// The standard deviation of that (n − 1).
    package var spread: Double
    /// The median and the 95 % quantile of its magnitude, as numpy's `percentile`.
    package var medianMagnitude: Double
    package var magnitude95: Double
    /// Sizes within 20 % of the true ones.
    package var within20Percent: Proportion
    /// How often the true size lies in the interval that the record states with 95 %; null when none is stated.
    @Nullable package var coverage: Proportion?

    /// A defect that was found, in one unit.
    package struct Pair: Sendable {
        package var trueSize: Double
        package var measured: Double
        /// The half-width of the stated interval.
        package var uncertainty: Double?

        package init(trueSize: Double, measured: Double, uncertainty: Double?) {
            self.trueSize = trueSize
            self.measured = measured
            self.uncertainty = uncertainty
        }
    }

    /// Nil without pairs.
    package init?(_ pairs: [Pair], unit: String) {
        guard !pairs.isEmpty else { return nil }
        let errors = pairs.map { $0.measured - $0.trueSize }
        let mean = errors.reduce(0, +) / Double(errors.count)
        let squares = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let magnitudes = errors.map(abs).sorted()
        self.unit = unit
        count = pairs.count
        bias = mean
        spread = (squares / Double(max(errors.count - 1, 1))).squareRoot()
        medianMagnitude = quantile(0.5, ofSorted: magnitudes)
        magnitude95 = quantile(0.95, ofSorted: magnitudes)
        within20Percent = Proportion(pairs.map { abs($0.measured - $0.trueSize) <= 0.2 * $0.trueSize })
        let stated = pairs.compactMap { pair in
            pair.uncertainty.map { abs(pair.measured - pair.trueSize) <= $0 }
        }
        coverage = stated.isEmpty ? nil : Proportion(stated)
    }
}

/// The quantile of sorted values, linear between them.
func quantile(_ share: Double, ofSorted values: [Double]) -> Double {
    let place = share * Double(values.count - 1)
    let lower = Int(place)
    let upper = min(lower + 1, values.count - 1)
    return values[lower] + (place - Double(lower)) * (values[upper] - values[lower])
}
