import Clearcoat
import ClearcoatInspection
import ClearcoatReports

/// Keeps the books of an audit: which captures have a record, which a failure, which files belong to them.
struct AuditLedger {
    private var report = AuditReport()
    private let inputs: InputListing?
    private var records: Set<String> = []
    private var failures: Set<String> = []
    /// The file names of what failed.
    private var failedNames: Set<String> = []
    /// The hashes of the bytes that the records are about, and those that were found among moved inputs.
    private var digests: Set<String> = []
    private var found: Set<String> = []
    /// The files that the listed records have, from the results directory on.
    private var expected: Set<[UInt8]> = []

    init(inputs: InputListing?) {
        self.inputs = inputs
        report.inputs = inputs.map { $0.captures.count }
    }

    /// What came out, by path.
    var sortedReport: AuditReport {
        var sorted = report
        sorted.findings.sort {
            ($0.path, $0.code.rawValue, $0.message) < ($1.path, $1.code.rawValue, $1.message)
        }
        return sorted
    }

    mutating func add(_ code: AuditFinding.Code, _ path: String, _ message: String) {
        report.findings.append(AuditFinding(code, path, message))
    }

    private mutating func add(_ code: AuditFinding.Code, _ path: [UInt8], _ message: String) {
        report.findings.append(AuditFinding(code, path, message))
    }

    /// Takes a line of `records.ndjson`.
    mutating func take(_ result: RecordCheck.Result) {
        report.findings += result.findings
        guard let record = result.record, let path = result.path else { return }
        report.records += 1
        if inputs != nil { digests.insert(record.capture.sha256) }
        expected.insert(path.file(in: ResultsLayout.records, suffix: ".json"))
        expected.insert(path.file(in: ResultsLayout.annotated, suffix: ".png"))
        if !records.insert(record.capture.id).inserted {
            add(.lineRepeated, "records.ndjson", "\(record.capture.id) is there twice")
        }
    }

    /// Takes a line of `failures.ndjson`; nil when it cannot be read.
    mutating func takeFailure(_ line: NumberedLine) -> InspectionFailure? {
        let failure: InspectionFailure
        do {
            failure = try InspectionFailure(line: Array(line.bytes))
        } catch {
            add(.lineBroken, "failures.ndjson:\(line.number)", "\(error)")
            return nil
        }
        report.failures += 1
        failedNames.insert(Self.fileName(of: failure.id))
        if !failures.insert(failure.id).inserted {
            add(.lineRepeated, "failures.ndjson", "\(failure.id) is there twice")
        }
        if records.contains(failure.id) {
            add(.recordAndFailure, failure.id, "it has a record and is listed as a failure")
        }
        return failure
    }

    /// Compares the files that are there with those that the records have.
    mutating func compareFiles(of reader: ResultsReader, hasPictures: Bool) throws {
        for name in try reader.names() where AtomicFile.isTemporary(name) { addTemporary(name) }
        for (folder, suffix) in [(ResultsLayout.records, ".json"), (ResultsLayout.annotated, ".png")] {
            let isRecord = folder == ResultsLayout.records
            for path in try reader.paths(in: folder) {
                let name = path.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
                if AtomicFile.isTemporary(name) {
                    addTemporary(path)
                } else if !expected.contains(path) || !isRecord && !hasPictures {
                    if !name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) {
                        add(.unexpectedFile, path, "nothing that clearcoat writes is called so")
                    } else if isRecord {
                        add(.recordNotListed, path, "it is not in records.ndjson")
                    } else {
                        add(.pictureNotListed, path, "it belongs to no record of this run")
                    }
                }
            }
        }
    }

    private mutating func addTemporary(_ path: [UInt8]) {
        add(.temporaryFile, path, "a killed run left it; the next run removes it")
    }

    /// Compares the inputs with what has a record or a failure.
    mutating func compareInputs() {
        guard let inputs else { return }
        let named = Set(inputs.captures.map(\.id))
        for capture in inputs.captures where !records.contains(capture.id) && !failures.contains(capture.id) {
            add(.inputLost, capture.sourceDescription, "it has neither a record nor a failure")
        }
        let unlistable = Set(inputs.failures.map(\.captureID))
        for id in records.union(failures).subtracting(named).subtracting(unlistable).sorted() {
            add(.inputUnknown, id, "the results speak of it, but it is no input")
        }
        for failure in inputs.failures where !failures.contains(failure.captureID) {
            add(.inputLost, failure.source, "\(failure.message), and it is no listed failure")
        }
    }

    /// Takes an input that may lie elsewhere than when it was inspected.
    ///
    /// - Parameter digest: of its bytes; nil when they cannot be read.
    mutating func takeMovedInput(_ capture: Capture, digest: String?) {
        if let digest, digests.contains(digest) {
            found.insert(digest)
        } else if failures.contains(capture.id) || failedNames.contains(Self.fileName(of: capture.id)) {
            return
        } else if records.contains(capture.id) {
            add(.inputChanged, capture.sourceDescription, "its record, and any other, is about other bytes")
        } else {
            add(
                .inputLost,
                capture.sourceDescription,
                "no record is about its bytes, and no failure about a file of its name"
            )
        }
    }

    /// Counts what was not among the inputs, and takes those that cannot be listed.
    mutating func finishMovedInputs() {
        report.gone = digests.subtracting(found).count
        for failure in inputs?.failures ?? [] where failure.code != .noImages {
            if failures.contains(failure.captureID) { continue }
            add(.inputLost, failure.source, "\(failure.message), and it is no listed failure")
        }
    }

    private static func fileName(of id: String) -> String {
        id.split(separator: "/").last.map(String.init) ?? id
    }
}
