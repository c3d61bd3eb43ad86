/// A limit that is exceeded or not depending on where in their 95 % intervals the sizes of some findings are.
struct OpenLimit {
    let limit: Limit
    let number: Int
    /// The findings whose part in it is open, by index.
    let findings: [Int]
    /// The findings that take part as the recipe has it, by index.
    private let taking: Set<Int>
    /// Whether it is exceeded as the recipe has it.
    private let isExceeded: Bool
    /// The least and the most findings that may take part, and how many do as measured.
    private let counts: (least: Int, most: Int, measured: Int)
    private let rule: Recipe.UncertainSizes

    /// Nil when the limit comes to the same wherever in their intervals the sizes are.
    ///
    /// - Parameter findings: with their zones.
    init?(_ limit: Limit, number: Int, findings: [Finding], _ overlay: RecipeOverlay) {
        guard limit.size != nil else { return nil }
        func evaluation(_ rule: Recipe.UncertainSizes) -> LimitEvaluation {
            LimitEvaluation(limit, number: number, findings: findings, overlay, rule)
        }
        let limits = overlay.recipe.limits
        let open = findings.indices.filter { index in
            limit.takes(findings[index], by: .stricter, among: limits)
                && !limit.takes(findings[index], by: .milder, among: limits)
        }
        if open.isEmpty { return nil }
        rule = overlay.recipe.uncertainSizes
        let judged = evaluation(rule), least = evaluation(.milder), most = evaluation(.stricter)
        if !limit.isAboutSingles, least.isExceeded == most.isExceeded, judged.isExceeded == most.isExceeded {
            return nil
        }
        self.limit = limit
        self.number = number
        self.findings = open
        taking = Set(judged.takingIndices)
        isExceeded = judged.isExceeded
        counts = (
            least.takingIndices.count, most.takingIndices.count, evaluation(.asMeasured).takingIndices.count
        )
    }

    /// What it has to do with each finding whose part in it is open, by the finding's index.
    func explained(_ findings: [Finding]) -> [(finding: Int, outcome: Explanation.UncertainLimit)] {
        let unit = limit.size?.unit ?? .pixels
        return self.findings.compactMap { index in
            guard let interval = findings[index].sizeInterval(in: unit) else { return nil }
            let outcome = Explanation.UncertainLimit(
                limit: number,
                text: limit.text,
                verdict: limit.verdict,
                lower: rounded(interval.lowerBound),
                upper: rounded(interval.upperBound),
                unit: unit.rawValue,
                exceeded: isExceeded && taking.contains(index),
                judged: rule
            )
            return (index, outcome)
        }
    }

    /// The most findings of a limit that get a sentence of their own.
    private static let mostSentences = 3

    /// What is said of a limit that does not decide though it might: a sentence for each finding that it might
    /// decide about, the nearest first, or one for all of them together. None where a limit at least as strict
    /// decides, or a stricter one might.
    ///
    /// - Parameter findings: judged, with what is uncertain in their explanations.
    func reasons(_ findings: [Finding]) -> [String] {
        // Where it is exceeded, its own sentence says what is uncertain.
        if isExceeded, !limit.isAboutSingles { return [] }
        let undecided = self.findings.map { findings[$0] }.filter { finding in
            let decided = finding.explanation.limits.first?.verdict ?? .accept
            let strictest = finding.explanation.uncertain?.filter { !$0.exceeded }.max { one, two in
                (one.verdict, -one.limit) < (two.verdict, -two.limit)
            }
            return decided < limit.verdict && strictest?.limit == number
        }
        if undecided.isEmpty { return [] }
        if !limit.isAboutSingles {
            return [
                "uncertain: the limit '\(limit.text)' (→ \(limit.verdict.rawValue)) lies within the uncertainty of "
                    + "sizes: \(countText), \(counts.measured) as measured (in doubt: "
                    + "\(enumeration(undecided.map(\.id), most: 12))); \(rule.words), it is not exceeded"
            ]
        }
        let ordered = undecided.sorted { one, two in
            let first = limit.margin(of: one), second = limit.margin(of: two)
            return first == second ? one.id < two.id : first > second
        }
        let shown = ordered.count == Self.mostSentences + 1 ? ordered.count : Self.mostSentences
        let rest = ordered.dropFirst(shown).map(\.id).sorted()
        let end = "the limit '\(limit.text)' (→ \(limit.verdict.rawValue)); \(rule.words), it is not exceeded"
        let sentences = ordered.prefix(shown).map { finding in
            let place = finding.zone.map { ", in zone \($0)" } ?? ""
            let size = finding.sizeText(alsoIn: limit.size?.unit)
            let interval = finding.explanation.uncertain?.first { $0.limit == number }?.intervalText ?? ""
            return
                "uncertain: finding \(finding.id): \(finding.class.rawValue), \(size)\(place): its 95 % interval "
                + "\(interval) straddles \(end)"
        }
        if rest.isEmpty { return sentences }
        return sentences + [
            "uncertain: the 95 % intervals of \(rest.count) more findings (numbers "
                + "\(enumeration(rest, most: 12))) straddle \(end)"
        ]
    }

    /// How many may take part, for a sentence of a limit on several findings.
    var countText: String { "\(counts.least) to \(counts.most) findings fit it" }
}

extension Limit {
    /// How far a finding's size is from the limit's bounds; see ``Bounds/margin(of:)``.
    fileprivate func margin(of finding: Finding) -> Double {
        guard let size, let value = finding.size(in: size.unit) else { return 0 }
        return size.margin(of: value)
    }
}

extension Explanation.UncertainLimit {
    /// The interval as a person reads it: `0.43 .. 0.53 mm`.
    package var intervalText: String { "\(readable(from: lower, to: upper, beside: text)) \(unit)" }
}

extension Recipe.UncertainSizes {
    /// What the recipe says, for a sentence.
    package var words: String {
        switch self {
        case .asMeasured: "judged as measured"
        case .stricter: "by the recipe's stricter side"
        case .milder: "by the recipe's milder side"
        }
    }
}
