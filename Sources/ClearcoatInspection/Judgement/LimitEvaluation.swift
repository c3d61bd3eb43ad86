import ClearcoatImage

/// One limit asked about all findings of a capture.
struct LimitEvaluation {
    /// Whether the limit's verdict follows.
    let isExceeded: Bool
    let limit: Limit
    /// Its number in the recipe, from 1.
    let number: Int
    /// The findings that take part, by index, with the distance to the nearest other one if that was asked.
    private let taking: [(index: Int, distance: Double?)]
    private let density: Double?
    private let rule: Recipe.UncertainSizes

    /// Takes the findings of the limit's zone, class and size, drops those without a near neighbour
    /// among them if it asks for spacing, and counts the rest, over the zone's area if it asks for a density.
    ///
    /// - Parameter rule: which way sizes fall whose interval straddles the limit.
    init(
        _ limit: Limit,
        number: Int,
        findings: [Finding],
        _ overlay: RecipeOverlay,
        _ rule: Recipe.UncertainSizes
    ) {
        self.limit = limit
        self.number = number
        self.rule = rule
        let limits = overlay.recipe.limits
        var taking = findings.indices.filter { limit.takes(findings[$0], by: rule, among: limits) }.map {
            (index: $0, distance: Double?.none)
        }
        if let spacing = limit.spacing {
            let near = nearestDistances(
                taking.map { findings[$0.index] },
                below: spacing,
                overlay.calibration
            )
            taking = zip(taking, near).compactMap { taken, distance in distance.map { (taken.index, $0) } }
        }
        let count = Double(taking.count)
        let density = limit.density.flatMap {
            overlay.area(of: limit.zone)?.density(of: count, per: $0.unit)
        }
        let isDense = limit.density.map { $0.bounds.contains(density ?? .nan) } ?? true
        isExceeded = !taking.isEmpty && isDense && (limit.count?.contains(count) ?? true)
        self.taking = taking
        self.density = density
    }

    /// The findings that take part, by index.
    var takingIndices: [Int] { taking.map(\.index) }

    /// What each finding that takes part has to do with it, by the finding's index.
    func explained(_ findings: [Finding]) -> [(finding: Int, outcome: Explanation.LimitOutcome)] {
        var together: [Explanation.Condition] = []
        if let wanted = limit.density, let density {
            var condition = Explanation.Condition("density", rounded(density), wanted.bounds, .none)
            condition.bound = wanted.text
            together.append(condition)
        }
        if let bounds = limit.count { together.append(.init("count", Double(taking.count), bounds, .none)) }
        return taking.map { index, distance in
            var own: [Explanation.Condition] = []
            if let size = limit.size, let value = findings[index].size(in: size.unit) {
                own.append(.init("size", value, size, .length))
            }
            if let spacing = limit.spacing, let distance {
                own.append(.init("spacing", distance, .below(spacing.value, spacing.unit), .length))
            }
            let outcome = Explanation.LimitOutcome(
                limit: number,
                text: limit.text,
                verdict: limit.verdict,
                conditions: own + together
            )
            return (index, outcome)
        }
    }

    /// The most findings of a limit that get a sentence of their own.
    private static let mostSentences = 3

    /// What the limit says of the findings that it decides about: a sentence for each of the farthest over it,
    /// then one for the rest. One sentence for all findings of a limit on their number or spacing. None when
    /// other limits decide about all of them.
    ///
    /// - Parameter open: the same limit, when sizes leave it open.
    func reasons(_ findings: [Finding], open: OpenLimit?) -> [String] {
        let verdict = limit.verdict.rawValue
        let taking = explained(findings).map { (finding: findings[$0.finding], outcome: $0.outcome) }
        let decided = taking.filter { $0.finding.explanation.limits.first?.limit == number }
        if decided.isEmpty { return [] }
        if !limit.isAboutSingles {
            let noun = taking.count == 1 ? "finding" : "findings"
            let doubt =
                open.map {
                    " (uncertain: \($0.countText) within the uncertainty of their sizes; \(rule.words))"
                } ?? ""
            return [
                "\(taking.count) \(noun) (\(enumeration(taking.map(\.finding.id), most: 12))) together "
                    + "exceed\(taking.count == 1 ? "s" : "") the limit '\(limit.text)'\(densityText(taking))\(doubt) → \(verdict)"
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

    /// The density that was found, for a sentence.
    private func densityText(_ taking: [(finding: Finding, outcome: Explanation.LimitOutcome)]) -> String {
        guard let density = limit.density,
            let found = taking.first?.outcome.conditions.first(where: { $0.feature == "density" })
        else { return "" }
        return ": \(readable(found.value)) per \(density.unit.rawValue)"
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
        let uncertain = finding.explanation.uncertain?.first { $0.limit == number }
        let doubt = uncertain.map {
            " (uncertain: its 95 % interval \($0.intervalText) straddles it; \(rule.words))"
        }
        let isInside = finding.size(in: size.unit).map { size.contains($0) } ?? false
        guard size.upper == nil, let margin = outcome.conditions.first?.margin else {
            return start + ", \(isInside ? "lies" : "may lie") within the limit's range '\(limit.text)'"
                + (doubt ?? "")
        }
        let distance = margin < 1 ? "\(percent(margin)) over" : "\(readable(margin + 1)) times"
        return start + ", \(isInside ? "is \(distance)" : "may exceed") the limit '\(limit.text)'"
            + (doubt ?? "")
    }
}

extension RecipeOverlay.ZoneArea {
    /// How many there are for each unit of area; nil when the area is unknown or none.
    fileprivate func density(of count: Double, per unit: Limit.Density.Unit) -> Double? {
        let size = unit == .megapixel ? pixels : squareMillimetres
        guard let size, size > 0 else { return nil }
        return count / size * unit.size
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
}
