package import ClearcoatRegions

/// The pixels of a data set by their score, good pictures and each kind of defective ones apart.
package struct PixelCounts: Sendable {
    private let source: Evaluation.PixelSection.ScoreSource
    private var good = PixelHistogram()
    private var byLabel: [String: PixelHistogram] = [:]

    package init(_ source: Evaluation.PixelSection.ScoreSource) { self.source = source }

    /// Adds a picture whose defects are known by place.
    package mutating func add(_ scoring: PixelScoring, defects: [Region], label: String?) {
        if let label {
            byLabel[label, default: PixelHistogram()].add(
                steps: scoring.steps,
                width: scoring.width,
                defects: defects
            )
        } else {
            good.add(steps: scoring.steps, width: scoring.width, defects: [])
        }
    }

    /// The measures; nil when no defect is known by place.
    func section(overlap: [(intersection: Int, union: Int)]) -> Evaluation.PixelSection? {
        if byLabel.isEmpty { return nil }
        // In a fixed order: sums of numbers with fractions depend on it.
        let all = byLabel.sorted { $0.key < $1.key }.reduce(good) { $0 + $1.value }
        let union = overlap.reduce(0) { $0 + $1.union }
        return Evaluation.PixelSection(
            score: source,
            all: all.scores(),
            byLabel: byLabel.compactMapValues { (good + $0).scores() },
            iouOfFindings: union == 0
                ? nil : Double(overlap.reduce(0) { $0 + $1.intersection }) / Double(union)
        )
    }
}
