public import ClearcoatInspection
import ClearcoatReports

extension Rejudgement {
    /// One line of JSON, with its newline.
    public var line: [UInt8] {
        get throws {
            try JSONWriter.line([
                "capture": .string(id), "before": .string(before.rawValue),
                "after": after.map { .string($0.rawValue) } ?? .null,
                "reasons": .array(reasons.map { .string($0) }),
                "reasonsBefore": .array(reasonsBefore.map { .string($0) }),
                "notes": .array(notes.map { .string($0.rawValue) }),
            ])
        }
    }
}

extension RejudgeTally {
    /// One line of JSON, with its newline: `{"summary":…}`.
    public var line: [UInt8] {
        get throws {
            let changes = changes.map { change, count -> (String, JSONValue) in
                ("\(change.before.rawValue)->\(change.after?.rawValue ?? "open")", .integer(count))
            }
            let notes = notes.map { ($0.key.rawValue, JSONValue.integer($0.value)) }
            return try JSONWriter.line([
                "summary": [
                    "captures": .integer(captures), "findings": .integer(findings), "flips": .integer(flips),
                    "open": .integer(open), "renamed": .integer(renamed), "leftOut": .integer(leftOut),
                    "broken": .integer(brokenCount),
                    "changes": .object(Dictionary(changes) { one, _ in one }),
                    "notes": .object(Dictionary(notes) { one, _ in one }),
                ]
            ])
        }
    }
}
