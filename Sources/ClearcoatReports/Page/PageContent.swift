import ClearcoatInspection

/// What the page of a run shows besides the summary, gathered while records arrive and bounded, however
/// many there are: the page says how many it leaves out and where they are.
struct PageContent: Sendable {
    /// The most captures in the gallery for each verdict, findings, near misses, captures and failures.
    private static let limits = (gallery: 48, findings: 1500, dropped: 200, captures: 1000, failures: 1000)

    /// A finding with its capture.
    struct FindingRow: Sendable {
        var order: Int
        var capture: String
        var finding: Finding
    }

    /// A dropped candidate with its capture.
    struct DroppedRow: Sendable {
        var order: Int
        var index: Int
        var capture: String
        var candidate: DroppedCandidate
    }

    /// A capture.
    struct CaptureRow: Sendable {
        var order: Int
        var id: String
        var verdict: Verdict
        var width: Int
        var height: Int
        var findings: Int
        /// The first few.
        var reasons: [String]
        var reasonCount: Int
        /// How even the surface is, a line for all of the picture and for each of the first few zones.
        var surface: [String]
        /// A JPEG.
        var thumbnail: [UInt8]
    }

    /// An input that could not be inspected.
    struct FailureRow: Sendable {
        var order: Int
        var failure: InspectionFailure
    }

    private(set) var findings = Ranked<FindingRow>(limit: limits.findings) { first, second in
        let left = (second.finding.verdict, second.finding.severity, first.order, first.finding.id)
        let right = (first.finding.verdict, first.finding.severity, second.order, second.finding.id)
        return left < right
    }
    private(set) var dropped = Ranked<DroppedRow>(limit: limits.dropped) { first, second in
        (second.candidate.closeness, first.order, first.index) < (
            first.candidate.closeness, second.order, second.index
        )
    }
    private(set) var captures = Ranked<CaptureRow>(limit: limits.captures) { first, second in
        (second.verdict, first.order) < (first.verdict, second.order)
    }
    private(set) var failures = Ranked<FailureRow>(limit: limits.failures) { $0.order < $1.order }
    private var gallery = Verdict.allCases.map { _ in
        Ranked<CaptureRow>(limit: limits.gallery) { $0.order < $1.order }
    }

    /// The captures of the gallery, the worst first.
    var galleryRows: [CaptureRow] { gallery.reversed().flatMap(\.elements) }

    /// Whether the gallery has room for a capture, so that its thumbnail is worth making.
    func wouldShow(_ verdict: Verdict, at order: Int) -> Bool {
        guard let index = Verdict.allCases.firstIndex(of: verdict) else { return false }
        let row = CaptureRow(
            order: order,
            id: "",
            verdict: verdict,
            width: 0,
            height: 0,
            findings: 0,
            reasons: [],
            reasonCount: 0,
            surface: [],
            thumbnail: []
        )
        return gallery[index].wouldKeep(row)
    }

    /// Takes a record and, where the gallery shows it, its thumbnail.
    mutating func add(_ record: InspectionRecord, thumbnail: [UInt8]?, at order: Int) {
        let id = record.capture.id
        for var finding in record.findings {
            finding.contour = []
            findings.add(FindingRow(order: order, capture: id, finding: finding))
        }
        for (index, candidate) in record.candidatesDropped.enumerated() {
            dropped.add(DroppedRow(order: order, index: index, capture: id, candidate: candidate))
        }
        var row = CaptureRow(
            order: order,
            id: id,
            verdict: record.verdict,
            width: record.capture.width,
            height: record.capture.height,
            findings: record.findings.count,
            reasons: Array(record.reasons.prefix(5)),
            reasonCount: record.reasons.count,
            surface: (record.appearance ?? []).prefix(5).map(\.line).filter { !$0.isEmpty },
            thumbnail: []
        )
        captures.add(row)
        if let thumbnail, let index = Verdict.allCases.firstIndex(of: record.verdict) {
            row.thumbnail = thumbnail
            gallery[index].add(row)
        }
    }

    /// Takes an input that could not be inspected.
    mutating func add(_ failure: InspectionFailure, at order: Int) {
        failures.add(FailureRow(order: order, failure: failure))
    }
}

extension DroppedCandidate {
    /// How near it was to being a finding, for showing the nearest first: the margin that it missed by, 0 at
    /// the bound. Without one, last.
    fileprivate var closeness: Double {
        conditions.map(\.margin).filter { $0 < 0 }.min() ?? (detection.margin < 0 ? detection.margin : -1e9)
    }
}
