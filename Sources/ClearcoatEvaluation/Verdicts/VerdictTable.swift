package import ClearcoatInspection

/// What the verdicts come to.
package struct VerdictTable: Sendable, Hashable, Codable {
    /// How many pictures of each kind (`good`, `defective`) got each verdict.
    package var counts: [String: [String: Int]]
    /// Defective ones that were accepted.
    package var escape: Proportion
    /// Good ones that were sent to rework or rejected.
    package var overkill: Proportion
    /// Those of either kind that could not be judged: neither escape nor overkill, but somebody's work.
    package var goodNotJudged: Proportion
    package var defectiveNotJudged: Proportion
    /// Escapes of each class.
    package var escapeByLabel: [String: Proportion]

    package init(_ pictures: [(label: String, isDefective: Bool, verdict: Verdict)]) {
        let good = pictures.filter { !$0.isDefective }.map(\.verdict)
        let defective = pictures.filter(\.isDefective).map(\.verdict)
        func table(_ verdicts: [Verdict]) -> [String: Int] {
            Dictionary(
                uniqueKeysWithValues: Verdict.allCases.map { verdict in
                    (verdict.rawValue, verdicts.count { $0 == verdict })
                }
            )
        }
        counts = ["good": table(good), "defective": table(defective)]
        escape = Proportion(defective.map { $0 == .accept })
        overkill = Proportion(good.map { $0 == .rework || $0 == .reject })
        goodNotJudged = Proportion(good.map { $0 == .cannotJudge })
        defectiveNotJudged = Proportion(defective.map { $0 == .cannotJudge })
        escapeByLabel = Dictionary(grouping: pictures.filter(\.isDefective), by: \.label).mapValues {
            pictures in
            Proportion(pictures.map { $0.verdict == .accept })
        }
    }
}
