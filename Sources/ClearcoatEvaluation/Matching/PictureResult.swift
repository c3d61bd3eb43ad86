import ClearcoatImage
package import ClearcoatInspection
import ClearcoatRegions

/// How one picture's record compares with what is really there.
package struct PictureResult: Sendable {
    package var id: String
    /// What is wrong with it; `good` when nothing is.
    package var label: String
    /// The paint, when known.
    package var paint: String?
    package var isDefective: Bool
    package var verdict: Verdict
    /// The strongest mark's score: 1 is the threshold; 0 without any mark.
    package var score: Double
    package var width: Int
    package var height: Int
    package var mmPerPixel: Double?
    /// Where defects are is known; without, there are no ``defects`` and no ``falseMarks``.
    package var isLocated: Bool
    package var defects: [DefectResult] = []
    /// The scores of marks that hit no defect, the highest first: false alarms from 1 on.
    package var falseMarks: [Double] = []
    /// The classes of the findings that hit no defect.
    package var falseClasses: [String] = []
    /// Pixels that are in both a finding and a defect, and in either.
    package var overlap = (intersection: 0, union: 0)

    /// A defect and what was made of it.
    package struct DefectResult: Sendable {
        package var className: String?
        package var sizePx: Double
        package var isElongated: Bool
        package var snr: Double?
        /// The highest score of the marks that hit it: found from 1 on; 0 without any.
        package var score: Double
        /// The finding that shares most pixels with it among those for which it is the defect that they share
        /// most with; nil when there is none. So a pair is one to one.
        package var finding: Finding?

        package var isFound: Bool { score >= 1 }
    }

    /// The surface in square metres; nil without a scale.
    package var squareMetres: Double? { mmPerPixel.map { Double(width * height) * $0 * $0 * 1e-6 } }
    /// False alarms.
    package var falseAlarms: Int { falseMarks.count { $0 >= 1 } }
}

extension PictureResult {
    /// Compares a record with the truth.
    package init(_ record: InspectionRecord, _ truth: PictureTruth, label: String?, rule: MatchingRule) {
        let marks = Mark.all(of: record)
        self.init(
            id: record.capture.id,
            label: truth.isDefective ? label ?? "defective" : "good",
            paint: truth.paint,
            isDefective: truth.isDefective,
            verdict: record.verdict,
            score: marks.map(\.score).max() ?? 0,
            width: record.capture.width,
            height: record.capture.height,
            mmPerPixel: truth.mmPerPixel ?? record.capture.mmPerPixel,
            isLocated: truth.defects != nil
        )
        if let defects = truth.defects { match(marks, defects, rule) }
    }

    private mutating func match(_ marks: [Mark], _ truth: [PictureTruth.Defect], _ rule: MatchingRule) {
        let widened = truth.map { $0.region.dilated(by: rule.tolerancePx) }
        let hits = marks.map { mark in
            truth.indices.filter { rule.hits(mark, truth[$0].region, widened: widened[$0]) }
        }
        var pairs: [Int: (finding: Finding, shared: Int)] = [:]
        for (mark, hits) in zip(marks, hits) {
            guard let finding = mark.finding else { continue }
            let shared = hits.map { ($0, mark.region.sharedPixelCount(with: widened[$0])) }
            guard let (defect, count) = shared.max(by: { ($0.1, -$0.0) < ($1.1, -$1.0) }) else { continue }
            if count > pairs[defect]?.shared ?? 0 { pairs[defect] = (finding, count) }
        }
        defects = truth.enumerated().map { index, defect in
            let scores = zip(marks, hits).filter { $0.1.contains(index) }.map { $0.0.score }
            return DefectResult(
                className: defect.className,
                sizePx: defect.sizePx,
                isElongated: defect.isElongated,
                snr: defect.snr,
                score: scores.max() ?? 0,
                finding: pairs[index]?.finding
            )
        }
        let missed = zip(marks, hits).filter { $0.1.isEmpty }.map(\.0)
        falseMarks = missed.map(\.score).sorted(by: >)
        falseClasses = missed.compactMap { $0.finding?.class.rawValue }
        let found = marks.filter { $0.finding != nil }.flatMap(\.region.runs)
        let there = truth.flatMap(\.region.runs)
        if found.isEmpty || there.isEmpty {
            overlap = (0, (found.isEmpty ? there : found).pixelCount)
        } else {
            let (left, right) = (Region(runs: found), Region(runs: there))
            let shared = left.sharedPixelCount(with: right)
            overlap = (shared, left.pixelCount + right.pixelCount - shared)
        }
    }
}

extension [Run] {
    fileprivate var pixelCount: Int { isEmpty ? 0 : Region(runs: self).pixelCount }
}
