import ClearcoatImage
import ClearcoatInspection

/// The table of candidates that were looked at and not kept: sortable, filtered by reason, zone and polarity, each
/// row
/// with the threshold or the rule that it missed.
struct DroppedView {
    private let rows: [PageContent.DroppedRow]
    /// Whether the rows are of several captures, so that each must name its own.
    private let namesCaptures: Bool

    init(_ rows: [PageContent.DroppedRow], namesCaptures: Bool) {
        self.rows = rows
        self.namesCaptures = namesCaptures
    }

    /// The controls and the table.
    var table: HTML {
        var columns: [FilteredTable.Column] = [
            .init(title: "reason"), .init(title: "zone", isWide: true), .init(title: "size", isNumber: true),
            .init(title: "response", isNumber: true), .init(title: "threshold", isNumber: true, isWide: true),
            .init(title: "scale", isNumber: true, isWide: true), .init(title: "margin", isNumber: true),
            .init(title: "NFA", isNumber: true, isWide: true), .init(title: "why"),
            .init(title: "at x, y", isNumber: true, isWide: true),
        ]
        if namesCaptures { columns.append(.init(title: "file")) }
        return FilteredTable(
            choices: [
                .init(
                    name: "reason",
                    title: "Reason",
                    values: Set(rows.map(\.candidate.reason.words)).sorted()
                ),
                .init(
                    name: "zone",
                    title: "Zone",
                    values: Set(rows.map { Self.zone(of: $0.candidate) }).sorted()
                ),
                .init(
                    name: "polarity",
                    title: "Polarity",
                    values: Set(rows.map(\.candidate.polarity.rawValue)).sorted()
                ),
            ],
            columns: columns,
            rows: rows.map(row)
        ).view
    }

    private static func zone(of candidate: DroppedCandidate) -> String { candidate.zone ?? RunSummary.noZone }

    private func row(of row: PageContent.DroppedRow) -> FilteredTable.Row {
        let candidate = row.candidate
        let detection = candidate.detection
        let margin = candidate.missedMargin
        let box = candidate.boundingBox
        var cells: [FilteredTable.Cell] = [
            .init("\(candidate.reason.words)"),
            .init(PageFrame.name(Self.zone(of: candidate))),
            .init("\(candidate.sizePx.short) px", number: candidate.sizePx),
            .init("\(detection.response.short) σ", number: detection.response),
            .init("\(detection.threshold.short) σ", number: detection.threshold),
            .init("\(detection.scalePx.short) px", number: detection.scalePx),
            .init("\(PageFrame.percent(margin))", number: margin),
            detection.nfa.map { .init("\(JSONWriter.text(of: $0) ?? "")", number: $0) } ?? .init("·"),
            .init("\(candidate.text)", kind: "words"),
            .init("\(box.x), \(box.y)", number: Double(box.x)),
        ]
        if namesCaptures { cells.append(.init(PageFrame.name(row.capture), kind: "file")) }
        return FilteredTable.Row(
            values: [candidate.reason.words, Self.zone(of: candidate), candidate.polarity.rawValue],
            cells: cells,
            explanation: """
                <div class="reasons"><div><h4>Detection</h4>\(ExplanationView.detection(detection))</div>
                <div><h4>Why it was dropped: \(candidate.reason.words)</h4>\
                \(ExplanationView.conditions(candidate.conditions))</div></div>
                """,
            name: "candidate \(row.index + 1) of \(row.capture)"
        )
    }
}

extension DroppedCandidate {
    /// The margin by which it missed to be a finding, or passed what makes it none.
    var missedMargin: Double { conditions.map(\.margin).min() ?? detection.margin }
}

extension DroppedCandidate.Reason {
    /// The reason in a word or two.
    var words: String {
        switch self {
        case .belowThreshold: "below threshold"
        case .tooSmall: "too small"
        case .tooLarge: "too large"
        case .longEdge: "long edge"
        case .sideLobe: "echo of a neighbour"
        case .polarity: "other polarity"
        case .glare: "in glare"
        }
    }
}
