/// How well a score tells positives from negatives, whatever the threshold: exact, with ties counted as ties.
package struct Ranking: Sendable, Hashable {
    /// The distinct scores from the highest, with how many of either kind have them.
    private let steps: [(score: Double, positives: Int, negatives: Int)]
    package let positives: Int
    package let negatives: Int

    package static func == (left: Ranking, right: Ranking) -> Bool {
        left.steps.elementsEqual(right.steps, by: ==)
    }

    package func hash(into hasher: inout Hasher) {
        for step in steps { hasher.combine(step.score) }
    }

    /// - Complexity: O(n log n).
    package init(_ scored: some Sequence<(score: Double, isPositive: Bool)>) {
        var steps: [(score: Double, positives: Int, negatives: Int)] = []
        for (score, isPositive) in scored.sorted(by: { $0.score > $1.score }) {
            if steps.last?.score != score { steps.append((score, 0, 0)) }
            if isPositive {
                steps[steps.count - 1].positives += 1
            } else {
                steps[steps.count - 1].negatives += 1
            }
        }
        self.steps = steps
        positives = steps.reduce(0) { $0 + $1.positives }
        negatives = steps.reduce(0) { $0 + $1.negatives }
    }

    /// The probability that a positive scores higher than a negative, ties half: the area under the receiver
    /// operating characteristic. Nil unless there are both.
    package var auroc: Double? {
        guard positives > 0, negatives > 0 else { return nil }
        var above = 0
        var sum = 0.0
        for step in steps {
            sum += Double(step.negatives) * (Double(above) + 0.5 * Double(step.positives))
            above += step.positives
        }
        return sum / (Double(positives) * Double(negatives))
    }

    /// The mean over recall of the precision, as a step function: Σ (Rₙ − Rₙ₋₁) Pₙ. Nil without a positive.
    package var averagePrecision: Double? {
        guard positives > 0 else { return nil }
        var (hits, taken, sum) = (0, 0, 0.0)
        for step in steps {
            hits += step.positives
            taken += step.positives + step.negatives
            sum += Double(step.positives) / Double(positives) * Double(hits) / Double(taken)
        }
        return sum
    }

    /// The highest harmonic mean of precision and recall, at the highest threshold that reaches it; a score
    /// at the threshold counts as positive. Nil without a positive.
    package var f1Max: F1Max? {
        guard positives > 0 else { return nil }
        var best: F1Max?
        var (hits, taken) = (0, 0)
        for step in steps {
            hits += step.positives
            taken += step.positives + step.negatives
            let value = 2 * Double(hits) / Double(taken + positives)
            if value > best?.value ?? -1 {
                best = F1Max(
                    value: value,
                    threshold: step.score,
                    precision: Double(hits) / Double(taken),
                    recall: Double(hits) / Double(positives)
                )
            }
        }
        return best
    }
}

/// The best balance of precision and recall, and where it is.
package struct F1Max: Sendable, Hashable, Codable {
    package var value: Double
    package var threshold: Double
    package var precision: Double
    package var recall: Double
}
