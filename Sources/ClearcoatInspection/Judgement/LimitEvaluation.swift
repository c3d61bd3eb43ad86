import ClearcoatImage

/// One limit asked about all findings of a capture.
struct LimitEvaluation {
    /// Whether the limit's verdict follows.
    let isExceeded: Bool
    /// What each finding that takes part has to do with it, by the finding's index; empty unless
    /// ``isExceeded``.
    let explained: [(finding: Int, outcome: Explanation.LimitOutcome)]

    private let limit: Limit

    /// Takes the findings of the limit's zone, class and size, drops those without a near neighbour
    /// among them if it asks for spacing, and counts the rest.
    init(_ limit: Limit, number: Int, findings: [Finding], scale: PhysicalScale?) {
        self.limit = limit
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

    /// One sentence for each finding of a limit on single findings, the farthest over it first, at
    /// most five and then how many more; one sentence for all of a limit on their number or spacing.
    func reasons(_ findings: [Finding]) -> [String] {
        let verdict = limit.verdict.rawValue
        let taking = explained.map { (finding: findings[$0.finding], outcome: $0.outcome) }
        if limit.count != nil || limit.spacing != nil {
            let noun = taking.count == 1 ? "finding" : "findings"
            return [
                "\(taking.count) \(noun) (\(enumeration(taking.map(\.finding.id)))) "
                    + "exceed\(taking.count == 1 ? "s" : "") the limit '\(limit.text)' → \(verdict)"
            ]
        }
        let ordered = taking.sorted { one, two in
            let first = one.outcome.conditions.first?.margin ?? one.finding.sizePx
            let second = two.outcome.conditions.first?.margin ?? two.finding.sizePx
            return first == second ? one.finding.id < two.finding.id : first > second
        }
        var sentences = ordered.prefix(5).map { "\(sentence($0.finding, $0.outcome)) → \(verdict)" }
        let rest = ordered.dropFirst(5).map(\.finding.id).sorted()
        if !rest.isEmpty {
            sentences.append(
                "\(rest.count) more over the limit '\(limit.text)': "
                    + "findings \(enumeration(rest, most: 20)) → \(verdict)"
            )
        }
        return sentences
    }

    private func sentence(_ finding: Finding, _ outcome: Explanation.LimitOutcome) -> String {
        let place = finding.zone.map { "in zone \($0) " } ?? ""
        var text =
            "finding \(finding.id): \(finding.class.rawValue), \(finding.sizeText(in: limit.size?.unit)), \(place)"
        if let size = limit.size, size.upper == nil, let margin = outcome.conditions.first?.margin {
            text += "is over the limit '\(limit.text)' by \(percent(margin))"
        } else {
            text += "falls under the limit '\(limit.text)'"
        }
        if let size = limit.size, finding.straddles(size) {
            text += " (within the uncertainty of its size)"
        }
        return text
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

    /// The size with its uncertainty, in millimetres where they are known and pixels are not asked for.
    func sizeText(in unit: Length.Unit?) -> String {
        if unit != .pixels, let sizeMm {
            let uncertainty = sizeUncertaintyMm.map { " ± \(readable($0))" } ?? ""
            return "\(readable(sizeMm))\(uncertainty) mm"
        }
        return "\(readable(sizePx)) ± \(readable(sizeUncertaintyPx)) px"
    }

    /// Whether one end of the size's 95 % interval is inside and the other outside of some bounds.
    func straddles(_ bounds: Bounds) -> Bool {
        let uncertainty = bounds.unit == .millimetres ? sizeUncertaintyMm : sizeUncertaintyPx
        guard let size = size(in: bounds.unit), let uncertainty else { return false }
        return !bounds.contains(size - uncertainty) || !bounds.contains(size + uncertainty)
    }
}
