package import ClearcoatImage

/// Decides about a capture: puts every finding into its zone, asks every limit of the recipe, and
/// takes the highest verdict.
///
/// A picture that fails the station check, or of which nothing could be looked at, is `cannotJudge`
/// whatever was found on it, even what looks like a clear reject: sizes measured on a blurred or
/// blinded picture are as wrong as the absence of findings. The findings stay, and so do the reasons
/// they give, after those of the station.
///
/// Sets ``Finding/zone`` and ``Explanation/limits`` of every finding and ends ``Explanation/text`` with
/// what the limits say of it; judging again, with another recipe, replaces all three.
///
/// - Parameters:
///   - findings: in the order of their numbers.
///   - scale: of the picture; needed when limits are in millimetres (see
///     ``Recipe/placesInMillimetres``). A limit that needs it and has none never fires.
/// - Returns: the verdict and its reasons, the deciding ones first; no reason for `accept`. Each finding is
///   spoken of once, under the limit that decides about it: of those with the highest verdict, the first.
package func judge(
    findings: inout [Finding],
    quality: Quality,
    recipe: Recipe,
    scale: PhysicalScale?
) -> (verdict: Verdict, reasons: [String]) {
    for index in findings.indices {
        findings[index].zone = zone(at: findings[index].centroid, in: recipe.zones)
        findings[index].explanation.limits = []
    }
    var exceeded: [LimitEvaluation] = []
    for (index, limit) in recipe.limits.enumerated() {
        let outcome = LimitEvaluation(limit, number: index + 1, findings: findings, scale: scale)
        guard outcome.isExceeded else { continue }
        for (index, explained) in outcome.explained {
            findings[index].explanation.limits.append(explained)
        }
        exceeded.append(outcome)
    }
    for index in findings.indices {
        // Stable, so that limits with the same verdict stay in the recipe's order.
        findings[index].explanation.limits.sort { $0.verdict > $1.verdict }
        findings[index].describeJudgement(by: recipe.limits)
    }
    exceeded.sort { $0.limit.verdict > $1.limit.verdict }
    let problems = stationProblems(quality, recipe.station)
    let verdict = problems.isEmpty ? exceeded.first?.limit.verdict ?? .accept : .cannotJudge
    return (verdict, problems + exceeded.flatMap { $0.reasons(findings) })
}

extension Finding {
    /// Ends the explanation's text with the limit that decides about the finding, the others that it takes part
    /// in exceeding, and those that its size may exceed within its uncertainty.
    fileprivate mutating func describeJudgement(by limits: [Limit]) {
        let start = "; judged: "
        let own = explanation.text.firstRange(of: start).map { explanation.text[..<$0.lowerBound] }
        let deciding = explanation.limits.prefix(1).map {
            "limit \($0.limit) '\($0.text)' decides → \($0.verdict.rawValue)"
        }
        let others = explanation.limits.dropFirst().map { "limit \($0.limit) is exceeded too" }
        let near = limits.enumerated().filter { mayExceed($0.element) }
            .map { "limit \($0.offset + 1) '\($0.element.text)' lies within the uncertainty of its size" }
        let words = deciding + others + near
        explanation.text =
            String(own ?? explanation.text[...]) + start
            + (words.isEmpty ? "within all limits" : words.joined(separator: ", "))
    }

    /// Whether a limit on single findings is not exceeded, but would be at one end of the size's interval.
    private func mayExceed(_ limit: Limit) -> Bool {
        guard limit.count == nil, limit.spacing == nil, let size = limit.size,
            limit.zone == nil || limit.zone == zone, limit.class == nil || limit.class == `class`,
            let value = self.size(in: size.unit), !size.contains(value)
        else { return false }
        let uncertainty = (size.unit == .millimetres ? sizeUncertaintyMm : sizeUncertaintyPx) ?? 0
        return size.contains(value - uncertainty) || size.contains(value + uncertainty)
    }
}
