import ClearcoatImage
public import ClearcoatInspection
import FoundationEssentials

/// Records to JSON and back.
///
/// Keys are sorted, slashes are not escaped, numbers have the shortest form that reads back the same,
/// and every key that the contract calls "or null" is there. The form is described by
/// ``RecordSchema``.
public enum RecordCoder {
    /// A record as its own file: indented, with a newline at the end.
    ///
    /// - Throws: ``RecordCodingError/notFinite(path:)`` when a number is infinite or undefined. JSON
    ///   cannot say so, and a record that lied about it would be worse than none.
    public static func file(_ record: InspectionRecord) throws(RecordCodingError) -> [UInt8] {
        try JSONWriter.pretty(tree(of: record))
    }

    /// A record as one line of `records.ndjson`, with its newline.
    ///
    /// - Throws: ``RecordCodingError/notFinite(path:)``.
    public static func line(_ record: InspectionRecord) throws(RecordCodingError) -> [UInt8] {
        try JSONWriter.line(tree(of: record))
    }

    /// Reads a record, in either form. Keys that this version does not know are ignored.
    ///
    /// - Throws: ``RecordCodingError``: bytes that are no JSON, a record of another version, a missing
    ///   key, a value of the wrong type or a box that cannot be.
    public static func record(from bytes: [UInt8]) throws(RecordCodingError) -> InspectionRecord {
        let record: InspectionRecord
        do {
            let decoder = JSONDecoder()
            let version = try decoder.decode(Versioned.self, from: Data(bytes)).schemaVersion
            guard version == InspectionRecord.currentSchemaVersion else {
                throw RecordCodingError.unsupportedVersion(version)
            }
            record = try decoder.decode(InspectionRecord.self, from: Data(bytes))
        } catch let error as RecordCodingError {
            throw error
        } catch let error as DecodingError {
            throw .malformed(error.summary)
        } catch {
            throw .malformed("\(error)")
        }
        try checkBoxes(of: record)
        return record
    }

    /// The JSON value of a record.
    package static func tree(of record: InspectionRecord) throws(RecordCodingError) -> JSONValue {
        do {
            return try JSONTreeEncoder.tree(of: record)
        } catch {
            throw .malformed("\(error)")
        }
    }

    private struct Versioned: Decodable { var schemaVersion: Int }

    /// Boxes reach code that would trap on a negative size or an overflowing edge.
    private static func checkBoxes(of record: InspectionRecord) throws(RecordCodingError) {
        let reach = -1_000_000_000...1_000_000_000
        let boxes =
            record.findings.map(\.boundingBox) + record.candidatesDropped.map(\.boundingBox)
            + record.excluded.map(\.boundingBox)
        for box in boxes
        where box.width < 0 || box.height < 0
            || ![box.x, box.y, box.width, box.height].allSatisfy(reach.contains)
        {
            throw .malformed("impossible boundingBox \(box.x), \(box.y), \(box.width) x \(box.height)")
        }
        guard reach.contains(record.capture.width), reach.contains(record.capture.height),
            record.capture.width >= 0, record.capture.height >= 0
        else { throw .malformed("impossible size \(record.capture.width) x \(record.capture.height)") }
    }
}

/// Why a record could not be written or read.
public enum RecordCodingError: Error, Sendable, Hashable {
    /// A number is infinite or undefined, at this place: `findings[3].contrast`.
    case notFinite(path: String)
    /// Not a record, and why.
    case malformed(String)
    /// A record of a version that this program does not read.
    case unsupportedVersion(Int)
}

extension RecordCodingError: CustomStringConvertible {
    /// One sentence for the operator, to follow a path and a colon.
    public var description: String {
        switch self {
        case .notFinite(let path): "the record's \(path) is not a finite number; please report this as a bug"
        case .malformed(let why): "not a record: \(why)"
        case .unsupportedVersion(let version):
            "a record of version \(version); this program reads version \(InspectionRecord.currentSchemaVersion)"
        }
    }
}

extension DecodingError {
    /// Where and what, without the type names of Swift.
    fileprivate var summary: String {
        func place(_ context: Context, _ last: (any CodingKey)? = nil) -> String {
            let keys = context.codingPath + (last.map { [$0] } ?? [])
            return keys.reduce("") { path, key in
                if let index = key.intValue { return path + "[\(index)]" }
                return path.isEmpty ? key.stringValue : path + "." + key.stringValue
            }
        }
        switch self {
        case .keyNotFound(let key, let context): return "no \(place(context, key))"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "\(place(context)) has the wrong type"
        case .dataCorrupted(let context):
            let place = place(context)
            return place.isEmpty ? "broken JSON" : "\(place) has an impossible value"
        @unknown default: return "broken JSON"
        }
    }
}
