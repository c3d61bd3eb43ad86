import ClearcoatImage
public import ClearcoatInspection

/// Findings as a table for spreadsheets: `findings.csv`, RFC 4180 in UTF-8, one finding a row.
///
/// It begins with a byte order mark, without which a spreadsheet takes the text for its country's old character
/// set and shows `Ã¼` for `ü`. Text that a spreadsheet would take for a formula (it starts with `=`, `+`, `-`,
/// `@`, tab, carriage return or line feed) gets an apostrophe in front: a file name must not be able to run anything. Unknown values
/// are empty. Lengths carry their unit in the column's name.
public enum FindingsTable {
    /// The byte order mark and the first row.
    public static let header: [UInt8] = [0xEF, 0xBB, 0xBF] + row(columns.map { .text($0) })

    /// The rows of a record's findings; empty when there are none.
    public static func rows(of record: InspectionRecord) -> [UInt8] {
        record.findings.flatMap { row(cells(of: $0, in: record)) }
    }

    private static let columns = [
        "capture", "partId", "captureVerdict", "finding", "class", "vda16", "severity", "zone", "polarity",
        "findingVerdict", "decidingLimit", "confidence", "x", "y", "boxX", "boxY", "boxWidth", "boxHeight",
        "sizePx", "sizeUncertaintyPx", "lengthPx", "widthPx", "areaPx",
        "sizeMm", "sizeUncertaintyMm", "lengthMm", "widthMm", "areaMm2",
        "contrast", "snr", "threshold", "margin", "explanation",
    ]

    private enum Cell {
        case text(String?)
        case number(Double?)
        case integer(Int)
    }

    private static func cells(of finding: Finding, in record: InspectionRecord) -> [Cell] {
        let box = finding.boundingBox
        let detection = finding.explanation.detection
        return [
            .text(record.capture.id), .text(record.capture.partId), .text(record.verdict.rawValue),
            .integer(finding.id), .text(finding.class.rawValue), .text(finding.vda16),
            .text(finding.severity.rawValue), .text(finding.zone), .text(finding.polarity.rawValue),
            .text(finding.verdict.rawValue), .text(finding.explanation.limits.first?.text),
            .number(finding.confidence), .number(finding.centroid.x), .number(finding.centroid.y),
            .integer(box.x), .integer(box.y), .integer(box.width), .integer(box.height),
            .number(finding.sizePx), .number(finding.sizeUncertaintyPx), .number(finding.lengthPx),
            .number(finding.widthPx), .number(finding.areaPx),
            .number(finding.sizeMm), .number(finding.sizeUncertaintyMm), .number(finding.lengthMm),
            .number(finding.widthMm), .number(finding.areaMm2),
            .number(finding.contrast), .number(finding.snr), .number(detection.threshold),
            .number(detection.margin), .text(finding.explanation.text),
        ]
    }

    private static func row(_ cells: [Cell]) -> [UInt8] {
        Array((cells.map(field).joined(separator: ",") + "\r\n").utf8)
    }

    private static func field(_ cell: Cell) -> String {
        switch cell {
        case .text(let text): quoted(text ?? "")
        case .number(let number): number.flatMap(JSONWriter.text) ?? ""
        case .integer(let number): String(number)
        }
    }

    private static func quoted(_ text: String) -> String {
        var text = text
        if let first = text.utf8.first, "=+-@\t\r\n".utf8.contains(first) { text = "'" + text }
        guard text.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

extension Finding {
    /// What follows from this finding: the highest verdict among the limits that it exceeds.
    package var verdict: Verdict { explanation.limits.map(\.verdict).max() ?? .accept }
}
