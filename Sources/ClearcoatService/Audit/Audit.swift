public import Clearcoat
import ClearcoatInspection
public import ClearcoatReports
import FoundationEssentials
public import SystemPackage

/// Proves that some results are whole: that every input is exactly once a record or a listed failure, that
/// every record is sound and says what the run's own files say, that every picture is there and decodes, and
/// that the inputs are still what was inspected.
///
/// Nothing is changed. `records.ndjson` and `findings.csv` are held in memory; records' own files, pictures and
/// inputs are looked at a few at a time.
public struct Audit: Sendable {
    private let reader: ResultsReader
    private let listing: InputListing?
    private let inputsMayHaveMoved: Bool
    private let workers: Int

    /// An audit of the results at `path`.
    ///
    /// - Parameters:
    ///   - inputs: what the run was given, to be compared with what it wrote; nothing is compared
    ///   when empty. Name them as the run did: the names in the results follow from them.
    ///   - inputsMayHaveMoved: whether pictures were moved, renamed or removed since, as out of a watched folder.
    ///   Then an input is known by its bytes, or by its file name where it failed, and one that is
    ///   nowhere any more is only counted.
    /// - Throws: `ResultsError` when there is no such folder, or when it holds nothing that a run writes.
    public init(
        of path: String,
        inputs: [FilePath] = [],
        inputsMayHaveMoved: Bool = false,
        workers: Int = Cores.available
    ) throws(ResultsError) {
        reader = try ResultsReader(at: path)
        guard try reader.holdsResults else { throw .noResults(path: path) }
        listing = inputs.isEmpty ? nil : InputListing(of: inputs, excluding: FilePath(path))
        self.inputsMayHaveMoved = inputsMayHaveMoved
        self.workers = workers
    }

    /// Looks at everything.
    ///
    /// - Throws: `ResultsError` when folders of the results cannot be listed.
    public func run() async throws -> AuditReport {
        var ledger = AuditLedger(inputs: listing)
        let summary = readSummary(&ledger)
        let check = RecordCheck(
            reader: reader,
            hasPictures: summary?.pictures ?? false,
            inputs: Dictionary(
                inputsMayHaveMoved ? [] : listing?.captures.map { ($0.id, $0) } ?? [],
                uniquingKeysWith: { first, _ in first }
            )
        )
        var tally = RunTally(
            of: RunDescription(
                generator: summary?.generator ?? Inspector.generator,
                recipe: summary?.recipe ?? .init(name: "", sha256: ""),
                drawsPictures: check.hasPictures
            )
        )
        var table = TableComparison(with: try? reader.file(Array("findings.csv".utf8)))

        let lines = try lines(of: "records.ndjson", &ledger)
        let checked = OrderedMap(AsyncCaptures(lines), workers: workers, inFlight: 2 * workers) {
            check.findings(ofLine: $0.bytes, number: $0.number)
        }
        for await result in checked {
            ledger.take(result)
            guard let record = result.record else { continue }
            tally.add(record)
            table.expect(record)
        }
        for line in try self.lines(of: "failures.ndjson", &ledger) {
            guard let failure = ledger.takeFailure(line) else { continue }
            tally.add(failure)
        }
        if !table.isSame {
            ledger.add(.tableDiffers, "findings.csv", "the table is not what records.ndjson comes to")
        }
        if let summary { compare(summary, with: tally, &ledger) }
        checkPage(summary.map { tally.summary($0.state, timings: $0.timings) }, &ledger)
        try ledger.compareFiles(of: reader, hasPictures: summary?.pictures ?? true)
        if inputsMayHaveMoved { await compareMovedInputs(&ledger) } else { ledger.compareInputs() }
        return ledger.sortedReport
    }

    private func readSummary(_ ledger: inout AuditLedger) -> RunSummary? {
        let name = ResultsLayout.summary
        do {
            guard let bytes = try reader.file(Array(name.utf8)) else {
                ledger.add(.summaryBroken, name, "there is none, so no run was finished here")
                return nil
            }
            let summary = try JSONDecoder().decode(RunSummary.self, from: Data(bytes))
            switch summary.state {
            case .running:
                ledger.add(
                    .unfinished,
                    name,
                    "the run goes on, or it failed or was killed; wait, or run it again with --resume"
                )
            case .stopped:
                ledger.add(.unfinished, name, "the run was stopped; run it again with --resume")
            case .complete: break
            }
            return summary
        } catch {
            ledger.add(.summaryBroken, name, "it is no summary: \(error)")
            return nil
        }
    }

    private func compare(_ summary: RunSummary, with tally: RunTally, _ ledger: inout AuditLedger) {
        let expected = tally.summary(summary.state, timings: summary.timings)
        guard summary != expected, let said = try? summary.members, let counted = try? expected.members else {
            return
        }
        for (key, value) in counted.sorted(by: { $0.key < $1.key }) where said[key] != value {
            ledger.add(
                .summaryDiffers,
                ResultsLayout.summary,
                "\(key) is not what the records and failures come to"
            )
        }
    }

    private func checkPage(_ expected: RunSummary?, _ ledger: inout AuditLedger) {
        let end = Array("</html>".utf8)
        guard let page = (try? reader.file(Array("report.html".utf8))) ?? nil,
            page.suffix(end.count + 2).firstRange(of: end) != nil
        else {
            ledger.add(.pageBroken, "report.html", "it is missing or cut off")
            return
        }
        if let expected, !expected.isShown(on: page) {
            ledger.add(
                .pageDiffers,
                "report.html",
                "its numbers are not what the records and failures come to"
            )
        }
    }

    private func compareMovedInputs(_ ledger: inout AuditLedger) async {
        let captures = listing?.captures ?? []
        let digests = OrderedMap(AsyncCaptures(captures), workers: workers, inFlight: 2 * workers) {
            ($0, RecordCheck.digest(of: $0))
        }
        for await (capture, digest) in digests { ledger.takeMovedInput(capture, digest: digest) }
        ledger.finishMovedInputs()
    }

    private func lines(of name: String, _ ledger: inout AuditLedger) throws -> [NumberedLine] {
        guard let bytes = try reader.file(Array(name.utf8)) else {
            ledger.add(.lineBroken, name, "it is missing")
            return []
        }
        if let last = bytes.last, last != UInt8(ascii: "\n") {
            ledger.add(.lineBroken, name, "the last line is cut off")
        }
        return bytes.split(separator: UInt8(ascii: "\n")).enumerated().map {
            NumberedLine(number: $0.offset + 1, bytes: $0.element)
        }
    }
}

/// A line of a file, counted from 1.
struct NumberedLine: Sendable {
    var number: Int
    var bytes: ArraySlice<UInt8>
}

/// Compares `findings.csv`, piece by piece, with what the records come to.
private struct TableComparison {
    private var rest: ArraySlice<UInt8>
    private var isSameSoFar: Bool

    init(with bytes: [UInt8]??) {
        rest = (bytes ?? nil)?[...] ?? []
        isSameSoFar = true
        expect(FindingsTable.header)
    }

    mutating func expect(_ record: InspectionRecord) { expect(FindingsTable.rows(of: record)) }

    private mutating func expect(_ bytes: [UInt8]) {
        isSameSoFar = isSameSoFar && rest.starts(with: bytes)
        rest = rest.dropFirst(bytes.count)
    }

    var isSame: Bool { isSameSoFar && rest.isEmpty }
}
