import ClearcoatImage

/// One limit asked about all findings of a capture.
struct LimitEvaluation {
    /// Whether the limit's verdict follows.
    let isExceeded: Bool
    /// What each finding that takes part has to do with it, by the finding's index; empty unless
    /// ``isExceeded``.
    let explained: [(finding: Int, outcome: Explanation.LimitOutcome)]

    let limit: Limit
    private let number: Int

    /// Takes the findings of the limit's zone, class and size, drops those without a near neighbour
    /// among them if it asks for spacing, and counts the rest.
    init(_ limit: Limit, number: Int, findings: [Finding], scale: PhysicalScale?) {
        self.limit = limit
        self.number = number
        var taking: [(index: Int, conditions: [Explanation.Condition])] = []
        for (index, finding) in findings.enumerated() {
            guard limit.zone == nil || limit.zone == finding.zone,
                limit.class == nil || limit.class == finding.class,
                let conditions = limit.sizeConditions(finding)
            else { continue }
            taking.append((index, conditions))
        }
        if let spacing = limit.spacing {
            let distances = nearestDistances(taking.map { findings[$0.index] }, below: spacing, scale: scale)
            let bounds = Bounds.below(spacing.value, spacing.unit)
            taking = zip(taking, distances).compactMap { taken, distance in
                distance.map {
                    (taken.index, taken.conditions + [Explanation.Condition("spacing", $0, bounds, .length)])
                }
            }
        }
        let count = Double(taking.count)
        isExceeded = !taking.isEmpty && (limit.count?.contains(count) ?? true)
        guard isExceeded else {
            explained = []
            return
        }
        let countCondition = limit.count.map { [Explanation.Condition("count", count, $0, .none)] } ?? []
        explained = taking.map { index, conditions in
            let outcome = Explanation.LimitOutcome(
                limit: number,
                text: limit.text,
                verdict: limit.verdict,
                conditions: conditions + countCondition
            )
            return (index, outcome)
        }
    }

    /// The most findings of a limit that get a sentence of their own.
    private static let mostSentences = 3

    /// What the limit says of the findings that it decides about: a sentence for each of the farthest over it,
    /// then one for the rest. One sentence for all findings of a limit on their number or spacing. None when
    /// other limits decide about all of them.
    func reasons(_ findings: [Finding]) -> [String] {
        let verdict = limit.verdict.rawValue
        let taking = explained.map { (finding: findings[$0.finding], outcome: $0.outcome) }
        let decided = taking.filter { $0.finding.explanation.limits.first?.limit == number }
        if decided.isEmpty { return [] }
        if limit.count != nil || limit.spacing != nil {
            let noun = taking.count == 1 ? "finding" : "findings"
            return [
                "\(taking.count) \(noun) (\(enumeration(taking.map(\.finding.id), most: 12))) together "
                    + "exceed\(taking.count == 1 ? "s" : "") the limit '\(limit.text)' → \(verdict)"
            ]
        }
        let ordered = decided.sorted { one, two in
            let first = one.outcome.conditions.first?.margin ?? one.finding.sizePx
            let second = two.outcome.conditions.first?.margin ?? two.finding.sizePx
            return first == second ? one.finding.id < two.finding.id : first > second
        }
        // A last one alone takes no more room by itself than as "the rest".
        let shown = ordered.count == Self.mostSentences + 1 ? ordered.count : Self.mostSentences
        let sentences = ordered.prefix(shown).map { "\(sentence($0.finding, $0.outcome)) → \(verdict)" }
        let rest = ordered.dropFirst(shown).map(\.finding).sorted { $0.id < $1.id }
        if rest.isEmpty { return sentences }
        return sentences + [
            "\(rest.count) more findings (\(Self.classes(of: rest)); numbers "
                + "\(enumeration(rest.map(\.id), most: 12))) exceed the limit '\(limit.text)' → \(verdict)"
        ]
    }

    /// How many of each class, the most frequent first: `5 × inclusion, 2 × scratch`.
    private static func classes(of findings: [Finding]) -> String {
        let counts = Dictionary(grouping: findings, by: \.class.rawValue).map { ($0.key, $0.value.count) }
        return counts.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map { "\($0.1) × \($0.0)" }.joined(
            separator: ", "
        )
    }

    private func sentence(_ finding: Finding, _ outcome: Explanation.LimitOutcome) -> String {
        let place = finding.zone.map { ", in zone \($0)" } ?? ""
        let start =
            "finding \(finding.id): \(finding.class.rawValue), \(finding.sizeText(alsoIn: limit.size?.unit))\(place)"
        guard let size = limit.size else { return start + ", where none is allowed ('\(limit.text)')" }
        let isUncertain = finding.straddles(size) ? " (uncertain: within the uncertainty of its size)" : ""
        guard size.upper == nil, let margin = outcome.conditions.first?.margin else {
            return start + ", lies within the limit's range '\(limit.text)'" + isUncertain
        }
        let distance = margin < 1 ? "\(percent(margin)) over" : "\(readable(margin + 1)) times"
        return start + ", is \(distance) the limit '\(limit.text)'" + isUncertain
    }
}

extension Limit {
    /// The size condition with what was measured; empty when the limit asks for no size, nil when the
    /// finding is of another size or the size is unknown in that unit.
    fileprivate func sizeConditions(_ finding: Finding) -> [Explanation.Condition]? {
        guard let size else { return [] }
        guard let value = finding.size(in: size.unit), size.contains(value) else { return nil }
        return [Explanation.Condition("size", value, size, .length)]
    }
}

extension Explanation.Condition {
    fileprivate init(_ feature: String, _ value: Double, _ bounds: Bounds, _ dimension: Feature.Dimension) {
        self.init(
            feature: feature,
            value: value,
            bound: bounds.text(dimension),
            margin: bounds.margin(of: value)
        )
    }
}

extension Finding {
    /// The size in a unit; nil when it is not known in it.
    func size(in unit: Length.Unit?) -> Double? { unit == .millimetres ? sizeMm : sizePx }

    /// The size with its uncertainty as a person reads it: in millimetres where they are known.
    package var sizeText: String { sizeText(alsoIn: nil) }

    /// The same, followed by pixels when a limit asks about them.
    func sizeText(alsoIn unit: Length.Unit?) -> String {
        let pixels = "\(readable(sizePx, plusMinus: sizeUncertaintyPx)) px"
        guard let sizeMm else { return pixels }
        let millimetres = "\(readable(sizeMm, plusMinus: sizeUncertaintyMm ?? 0)) mm"
        return unit == .pixels ? "\(millimetres) (\(pixels))" : millimetres
    }

    /// Whether one end of the size's 95 % interval is inside and the other outside of some bounds.
    func straddles(_ bounds: Bounds) -> Bool {
        let uncertainty = bounds.unit == .millimetres ? sizeUncertaintyMm : sizeUncertaintyPx
        guard let size = size(in: bounds.unit), let uncertainty else { return false }
        return !bounds.contains(size - uncertainty) || !bounds.contains(size + uncertainty)
    }
}
