package import ClearcoatImage

/// Decides about a capture: puts every finding into its zone, asks every limit of the recipe, and
/// takes the highest verdict.
///
/// A picture that fails the station check, or of which nothing could be looked at, is `cannotJudge`
/// whatever was found on it, even what looks like a clear reject: sizes measured on a blurred or
/// blinded picture are as wrong as the absence of findings. The findings stay, and so do the reasons
/// they give, after those of the station.
///
/// Sets ``Finding/zone`` and ``Explanation/limits`` of every finding; judging again, with another
/// recipe, replaces them.
///
/// - Parameters:
///   - findings: in the order of their numbers.
///   - scale: of the picture; needed when limits are in millimetres (see
///     ``Recipe/placesInMillimetres``). A limit that needs it and has none never fires.
/// - Returns: the verdict and its reasons, the deciding ones first; no reason for `accept`.
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
    var exceeded: [(verdict: Verdict, sentences: [String])] = []
    for (index, limit) in recipe.limits.enumerated() {
        let outcome = LimitEvaluation(limit, number: index + 1, findings: findings, scale: scale)
        guard outcome.isExceeded else { continue }
        for (index, explained) in outcome.explained {
            findings[index].explanation.limits.append(explained)
        }
        exceeded.append((limit.verdict, outcome.reasons(findings)))
    }
    for index in findings.indices {
        // Stable, so that limits with the same verdict stay in the recipe's order.
        findings[index].explanation.limits.sort { $0.verdict > $1.verdict }
    }
    exceeded.sort { $0.verdict > $1.verdict }
    let problems = stationProblems(quality, recipe.station)
    let verdict = problems.isEmpty ? exceeded.first?.verdict ?? .accept : .cannotJudge
    return (verdict, problems + exceeded.flatMap(\.sentences))
}
