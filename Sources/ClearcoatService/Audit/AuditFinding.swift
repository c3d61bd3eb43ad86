import ClearcoatReports

/// One thing that is wrong with some results.
public struct AuditFinding: Sendable, Hashable, Codable {
    /// Stable words for what can be wrong; the raw value is what `--json` and scripts see.
    public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        /// The run goes on, or it failed, was stopped or was killed before everything was done.
        case unfinished = "run.unfinished"
        /// There is no summary, or it cannot be read.
        case summaryBroken = "summary.broken"
        /// The summary's numbers are not what the records and failures come to.
        case summaryDiffers = "summary.differs"
        /// `findings.csv` is not what the records come to.
        case tableDiffers = "table.differs"
        /// `report.html` is missing or cut off.
        case pageBroken = "page.broken"
        /// The numbers on `report.html` are not what the records and failures come to.
        case pageDiffers = "page.differs"
        /// A line of `records.ndjson` or `failures.ndjson` cannot be read, or the file itself.
        case lineBroken = "line.broken"
        /// Two lines are about the same capture.
        case lineRepeated = "line.repeated"
        /// A line has no record in a file of its own.
        case recordMissing = "record.missing"
        /// A record is no JSON, or no record.
        case recordBroken = "record.broken"
        /// A record is not as its schema wants it.
        case recordSchema = "record.schema"
        /// A record's own file and its line say different things.
        case recordDiffers = "record.differs"
        /// A record has no line in `records.ndjson`.
        case recordNotListed = "record.not-listed"
        /// A capture has a record and is listed as a failure.
        case recordAndFailure = "record.and-failure"
        /// A record has no annotated picture.
        case pictureMissing = "picture.missing"
        /// An annotated picture cannot be decoded.
        case pictureBroken = "picture.broken"
        /// An annotated picture was not drawn of its record's input.
        case pictureDiffers = "picture.differs"
        /// An annotated picture belongs to no record.
        case pictureNotListed = "picture.not-listed"
        /// What a killed run left half-written.
        case temporaryFile = "file.temporary"
        /// Something among the records or pictures that is neither.
        case unexpectedFile = "file.unexpected"
        /// An input is neither a record nor a failure.
        case inputLost = "input.lost"
        /// A record or a failure is about something that is no input.
        case inputUnknown = "input.unknown"
        /// An input's bytes are not those that were inspected.
        case inputChanged = "input.changed"
    }

    /// What is wrong, as a word.
    public var code: Code
    /// What is wrong, as a sentence for the operator that follows the path and a colon.
    public var message: String
    /// The file that it is about, from the results directory on, or the input.
    public var path: String

    init(_ code: Code, _ path: String, _ message: String) {
        self.code = code
        self.path = path
        self.message = message
    }

    init(_ code: Code, _ path: [UInt8], _ message: String) {
        self.init(code, String(decoding: path, as: UTF8.self), message)
    }
}

extension AuditFinding {
    /// One line of JSON, with its newline.
    package var line: [UInt8] {
        get throws {
            try JSONWriter.line([
                "code": .string(code.rawValue), "message": .string(message), "path": .string(path),
            ])
        }
    }
}

extension AuditFinding: CustomStringConvertible {
    /// One line for the operator.
    public var description: String { "\(path): \(message) [\(code.rawValue)]" }
}

/// What an audit came to.
public struct AuditReport: Sendable, Hashable {
    /// Everything that is wrong, by path; empty when the results are whole.
    public internal(set) var findings: [AuditFinding] = []
    /// Captures with a record in `records.ndjson`.
    public internal(set) var records = 0
    /// Inputs in `failures.ndjson`.
    public internal(set) var failures = 0
    /// Inputs that were compared; nil when none were named.
    public internal(set) var inputs: Int?
    /// Contents with a record that no input has any more; nil unless inputs may have moved.
    public internal(set) var gone: Int?
}
