import Clearcoat
import ClearcoatCodecs
import ClearcoatInspection
import ClearcoatReports
import FoundationEssentials
import SystemPackage

/// Looks at one record in all its forms: its line, its own file, its picture, its input.
struct RecordCheck: Sendable {
    let reader: ResultsReader
    let hasPictures: Bool
    /// What was inspected, by name; empty when nobody said.
    let inputs: [String: Capture]

    /// What came out of one line of `records.ndjson`.
    struct Result: Sendable {
        /// What the line says; nil when it says nothing.
        var record: InspectionRecord?
        /// Where its files are.
        var path: CapturePath?
        var findings: [AuditFinding] = []
    }

    /// Everything that is wrong with the record in a line.
    func findings(ofLine line: ArraySlice<UInt8>, number: Int) -> Result {
        var result = Result()
        do {
            let record = try RecordCoder.record(from: Array(line))
            let path = try CapturePath(id: record.capture.id)
            result.record = record
            result.path = path
            result.findings += fileFindings(path, line)
            if hasPictures { result.findings += pictureFindings(path, record) }
            result.findings += inputFindings(record)
        } catch {
            result.findings = [AuditFinding(.lineBroken, "records.ndjson:\(number)", "\(error)")]
        }
        return result
    }

    private func fileFindings(_ path: CapturePath, _ line: ArraySlice<UInt8>) -> [AuditFinding] {
        let file = path.file(in: ResultsLayout.records, suffix: ".json")
        do {
            guard let bytes = try reader.file(file) else {
                return [
                    AuditFinding(
                        .recordMissing,
                        file,
                        "the record is in records.ndjson, but there is no such file"
                    )
                ]
            }
            guard let tree = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else {
                return [AuditFinding(.recordBroken, file, "it is no JSON")]
            }
            let violations = RecordSchema.validator?.violations(in: tree) ?? []
            if !violations.isEmpty {
                let more = violations.count > 3 ? " and \(violations.count - 3) more" : ""
                return [
                    AuditFinding(.recordSchema, file, violations.prefix(3).joined(separator: ", ") + more)
                ]
            }
            _ = try RecordCoder.record(from: bytes)
            if try JSONWriter.line(tree) == line + [UInt8(ascii: "\n")] { return [] }
            // Written by another program, maybe, with the same meaning.
            let listed = try JSONDecoder().decode(JSONValue.self, from: Data(line))
            return listed == tree
                ? [] : [AuditFinding(.recordDiffers, file, "records.ndjson says something else")]
        } catch {
            return [AuditFinding(.recordBroken, file, "\(error)")]
        }
    }

    private func pictureFindings(_ path: CapturePath, _ record: InspectionRecord) -> [AuditFinding] {
        let file = path.file(in: ResultsLayout.annotated, suffix: ".png")
        do {
            guard let bytes = try reader.file(file) else {
                return [AuditFinding(.pictureMissing, file, "there is no such picture")]
            }
            let picture = try ImageDecoder(limits: AnnotatedPicture.decodingLimits).decodeColor(bytes)
            let mismatch = AnnotatedPicture.mismatch(picture.metadata, with: record)
            return mismatch.map { [AuditFinding(.pictureDiffers, file, $0)] } ?? []
        } catch {
            return [AuditFinding(.pictureBroken, file, "\(error)")]
        }
    }

    /// The hash of an input's bytes in hexadecimal; nil when they cannot be read.
    static func digest(of capture: Capture) -> String? {
        guard case .file(let path) = capture.source else { return nil }
        let bytes = try? FileContents.read(path, limit: InspectorOptions().maximumFileBytes)
        return bytes.map { SHA256Digest(of: $0).hexadecimal }
    }

    private func inputFindings(_ record: InspectionRecord) -> [AuditFinding] {
        guard case .file(let path)? = inputs[record.capture.id]?.source else { return [] }
        do {
            let bytes = try FileContents.read(path, limit: InspectorOptions().maximumFileBytes)
            if SHA256Digest(of: bytes).hexadecimal == record.capture.sha256 { return [] }
            return [
                AuditFinding(.inputChanged, path.string, "it is not what was inspected: its hash is another")
            ]
        } catch {
            return [AuditFinding(.inputChanged, path.string, "\(error)")]
        }
    }
}
