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
    private let workers: Int

    /// An audit of the results at `path`.
    ///
    /// - Parameter inputs: what the run was given, to be compared with what it wrote; nothing is compared
    ///   when empty. Name them as the run did: the names in the results follow from them.
    /// - Throws: `ResultsError` when there is no such folder.
    public init(
        of path: String,
        inputs: [FilePath] = [],
        workers: Int = Cores.available
    ) throws(ResultsError) {
        reader = try ResultsReader(at: path)
        listing = inputs.isEmpty ? nil : InputListing(of: inputs, excluding: FilePath(path))
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
                listing?.captures.map { ($0.id, $0) } ?? [],
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
        checkPage(&ledger)
        try ledger.compareFiles(of: reader, hasPictures: summary?.pictures ?? true)
        ledger.compareInputs()
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

    private func checkPage(_ ledger: inout AuditLedger) {
        let page = (try? reader.file(Array("report.html".utf8))) ?? nil
        let end = Array("</html>".utf8)
        if page?.suffix(end.count + 2).firstRange(of: end) == nil {
            ledger.add(.pageBroken, "report.html", "it is missing or cut off")
        }
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
