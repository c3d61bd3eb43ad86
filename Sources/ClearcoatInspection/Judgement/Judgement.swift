import ClearcoatImage

/// Decides about a capture: puts every finding into its zone, asks every limit of the recipe, and
/// takes the highest verdict.
///
/// The limits are asked in the recipe's order, each by itself: it takes the findings of its zone, its class and its
/// size; of those, with `spacing`, only the ones that are nearer than it to another of them; then their number over
/// the zone's area must lie in `density`, and their number in `count`, where it has them. All limits are asked, so
/// their order matters only among equal verdicts: the first of the highest decides.
///
/// A size is known to within its 95 % interval. Where that straddles a limit, the recipe says which way it falls
/// (see ``Recipe/UncertainSizes``), and the reasons say that it is uncertain.
///
/// A picture that fails the station check, or of which nothing could be looked at, is `cannotJudge`
/// whatever was found on it, even what looks like a clear reject: sizes measured on a blurred or
/// blinded picture are as wrong as the absence of findings. The findings stay, and so do the reasons
/// they give, after those of the station.
///
/// The limits on appearance are asked of what was measured zone by zone; one whose zone could not be measured makes
/// the picture `cannotJudge`.
///
/// Sets ``Appearance/limits``, and ``Finding/zone``, ``Explanation/limits`` and ``Explanation/uncertain`` of every
/// finding, and ends ``Explanation/text`` with what the limits say of it; judging again, with another recipe,
/// replaces them all.
///
/// - Parameters:
///   - findings: in the order of their numbers.
///   - appearance: of all of the picture and of each zone.
///   - overlay: the recipe on pictures of this size and scale. A limit in millimetres never fires without a
///     scale (see ``Recipe/placesInMillimetres``).
/// - Returns: the verdict and its reasons, the deciding ones first. Each finding is spoken of once, under the
///   limit that decides about it: of those with the highest verdict, the first. Then follow, beginning with
///   `uncertain:`, the limits that would decide at another size within the interval; they alone may be there for
///   `accept`.
package func judge(
    findings: inout [Finding],
    appearance: inout [Appearance],
    quality: Quality,
    by overlay: RecipeOverlay
) -> (verdict: Verdict, reasons: [String]) {
    let exceeded = exceededLimits(&findings, by: overlay)
    for outcome in exceeded {
        for (index, explained) in outcome.explained(findings) {
            findings[index].explanation.limits.append(explained)
        }
    }
    let open = overlay.recipe.limits.enumerated().compactMap { index, limit in
        OpenLimit(limit, number: index + 1, findings: findings, overlay)
    }
    for limit in open {
        for (index, explained) in limit.explained(findings) {
            findings[index].explanation.uncertain =
                (findings[index].explanation.uncertain ?? []) + [explained]
        }
    }
    for index in findings.indices {
        // Stable, so that limits with the same verdict stay in the recipe's order.
        findings[index].explanation.limits.sort { $0.verdict > $1.verdict }
        findings[index].describeJudgement()
    }
    // Those on findings before those on appearance.
    let reasons =
        exceeded.map { outcome in
            let doubt = open.first { $0.number == outcome.number }
            return (verdict: outcome.limit.verdict, sentences: outcome.reasons(findings, open: doubt))
        }
        + exceededAppearance(&appearance, by: overlay.recipe).map {
            (verdict: $0.verdict ?? .accept, sentences: [$0.reason])
        }
    let ranked = reasons.sorted { $0.verdict > $1.verdict }
    let problems = stationProblems(quality, overlay.recipe.station)
    let verdict = problems.isEmpty ? ranked.first?.verdict ?? .accept : .cannotJudge
    let doubts = open.sorted { $0.limit.verdict > $1.limit.verdict }.flatMap { $0.reasons(findings) }
    return (verdict, problems + ranked.flatMap(\.sentences) + doubts)
}

/// The verdict that ``judge(findings:appearance:quality:by:)`` gives, without a word of explanation.
package func verdict(
    of findings: inout [Finding],
    appearance: inout [Appearance],
    quality: Quality,
    by overlay: RecipeOverlay
) -> Verdict {
    let exceeded = exceededLimits(&findings, by: overlay).map(\.limit.verdict)
    let uneven = exceededAppearance(&appearance, by: overlay.recipe).compactMap(\.verdict)
    guard stationProblems(quality, overlay.recipe.station).isEmpty else { return .cannotJudge }
    return (exceeded + uneven).max() ?? .accept
}

/// Puts every finding into its zone, forgets earlier judgements, and asks every limit.
private func exceededLimits(_ findings: inout [Finding], by overlay: RecipeOverlay) -> [LimitEvaluation] {
    for index in findings.indices {
        findings[index].zone = overlay.zone(at: findings[index].centroid)
        if !findings[index].explanation.limits.isEmpty { findings[index].explanation.limits = [] }
        if findings[index].explanation.uncertain != nil { findings[index].explanation.uncertain = nil }
    }
    return overlay.recipe.limits.enumerated().compactMap { index, limit in
        let outcome = LimitEvaluation(
            limit,
            number: index + 1,
            findings: findings,
            overlay,
            overlay.recipe.uncertainSizes
        )
        return outcome.isExceeded ? outcome : nil
    }
}

extension Finding {
    /// Ends the explanation's text with the limit that decides about the finding, the others that it takes part
    /// in exceeding, and those that its size's interval straddles.
    fileprivate mutating func describeJudgement() {
        let start = "; judged: "
        let own = explanation.text.firstRange(of: start).map { explanation.text[..<$0.lowerBound] }
        let deciding = explanation.limits.prefix(1).map {
            "limit \($0.limit) '\($0.text)' decides → \($0.verdict.rawValue)"
        }
        let others = explanation.limits.dropFirst().map { "limit \($0.limit) is exceeded too" }
        let doubts = (explanation.uncertain ?? []).map {
            "uncertain: its size's 95 % interval \($0.intervalText) straddles limit \($0.limit) '\($0.text)', "
                + "\($0.exceeded ? "exceeded" : "not exceeded"), \($0.judged.words)"
        }
        let within = deciding.isEmpty ? ["within all limits"] : deciding
        explanation.text =
            String(own ?? explanation.text[...]) + start + (within + others + doubts).joined(separator: ", ")
    }
}
