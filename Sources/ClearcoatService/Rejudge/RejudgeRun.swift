public import Clearcoat
public import ClearcoatInspection
import ClearcoatReports
import SystemPackage

/// Judges the records of some results again, by another recipe and without the pictures.
///
/// `records.ndjson` is read a few blocks at a time, records without it one file after the other, so memory does not
/// grow with them. Nothing in the results is changed.
public struct RejudgeRun: Sendable {
    private let results: FilePath
    private let recipe: Recipe
    private let workers: Int

    /// Judges the results at `path` by `recipe`: a folder that `inspect` or `watch` wrote, or a file of records, one a
    /// line.
    public init(of path: String, by recipe: Recipe, workers: Int = Cores.available) {
        results = FilePath(path)
        self.recipe = recipe
        self.workers = workers
    }

    /// Judges all records, in their order.
    ///
    /// - Parameter report: takes each capture whose verdict flips or is left open.
    /// - Returns: what all captures came to.
    /// - Throws: ``ResultsError`` when there are no results, `Errno` when a file cannot be read, ``InspectionError`` when
    ///   the recipe's classifier was not read, what `report` throws.
    public func run(_ report: (Rejudgement) throws -> Void) async throws -> RejudgeTally {
        let lines = try records()
        var tally = RejudgeTally()
        let rejudger = try Rejudger(recipe)
        if let lines {
            let blocks = OrderedMap(LineBlocks(of: lines), workers: workers, inFlight: 2 * workers) {
                Self.judged($0, lines.lastComponent?.string ?? "", rejudger)
            }
            for try await block in blocks { try tally.add(block, report) }
        } else {
            let reader = try ResultsReader(at: results.string)
            var rejudger = rejudger
            for path in try reader.paths(in: ResultsLayout.records).sorted(by: {
                $0.lexicographicallyPrecedes($1)
            })
            where path.suffix(5).elementsEqual(".json".utf8) && !AtomicFile.isTemporary(path) {
                try Task.checkCancellation()
                guard let bytes = try reader.file(path) else { continue }
                var block = RejudgedBlock()
                block.add(bytes[...], at: String(decoding: path, as: UTF8.self), &rejudger)
                try tally.add(block, report)
            }
        }
        return tally
    }

    /// The file with a record a line; nil when the results have one file a record only.
    private func records() throws -> FilePath? {
        let isFolder: Bool
        do {
            isFolder = try results.isFolder
        } catch Errno.noSuchFileOrDirectory {
            throw ResultsError.noResults(path: results.string)
        }
        if !isFolder { return results }
        let lines = results.appending("records.ndjson")
        if (try? lines.isFolder) == false { return lines }
        let records = results.appending(ResultsLayout.records)
        guard (try? records.isFolder) == true else { throw ResultsError.noResults(path: results.string) }
        return nil
    }

    private static func judged(_ block: LineBlocks.Block, _ name: String, _ rejudger: Rejudger)
        -> RejudgedBlock
    {
        var rejudger = rejudger
        var result = RejudgedBlock()
        var line = block.firstLine
        var start = 0
        while start < block.bytes.count {
            let end = block.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? block.bytes.count
            if end > start { result.add(block.bytes[start..<end], at: "\(name):\(line)", &rejudger) }
            line += 1
            start = end + 1
        }
        return result
    }
}

/// What some records came to.
struct RejudgedBlock: Sendable {
    /// Those to be spoken of.
    fileprivate var spoken: [Rejudgement] = []
    fileprivate var tally = RejudgeTally()

    fileprivate mutating func add(_ bytes: ArraySlice<UInt8>, at place: String, _ rejudger: inout Rejudger) {
        do throws(RecordCodingError) {
            let capture = try RecordedCapture(json: bytes, withContours: rejudger.needsContours)
            let result = rejudger.rejudge(capture)
            tally.count(result)
            if result.isFlip || result.after == nil { spoken.append(result) }
        } catch {
            tally.broken.append("\(place): \(error)")
        }
    }
}

/// What all records came to.
public struct RejudgeTally: Sendable, Hashable {
    /// Records that were judged again or left open.
    public internal(set) var captures = 0
    /// Findings that were judged again.
    public internal(set) var findings = 0
    /// Of those, how many have another class.
    public internal(set) var renamed = 0
    /// Findings that the recipe does not look at.
    public internal(set) var leftOut = 0
    /// Captures by their verdict before and after; after is nil where the record leaves it open.
    public internal(set) var changes: [Change: Int] = [:]
    /// Captures by what their records leave open.
    public internal(set) var notes: [Rejudgement.Note: Int] = [:]
    /// What could not be read, with its place: the first of them.
    public internal(set) var broken: [String] = []
    /// How many could not be read.
    public internal(set) var brokenCount = 0

    /// From one verdict to another.
    public struct Change: Sendable, Hashable {
        /// The record's.
        public var before: Verdict
        /// The recipe's; nil when the record leaves it open.
        public var after: Verdict?
    }

    /// How many verdicts are others.
    public var flips: Int { changes.reduce(0) { $0 + ($1.key.isFlip ? $1.value : 0) } }
    /// How many the records leave open.
    public var open: Int { changes.reduce(0) { $0 + ($1.key.after == nil ? $1.value : 0) } }

    /// More broken records than this are counted and not named.
    private static let mostNamed = 20

    mutating func count(_ result: Rejudgement) {
        captures += 1
        findings += result.findings
        renamed += result.renamed
        leftOut += result.leftOut
        changes[Change(before: result.before, after: result.after), default: 0] += 1
        for note in result.notes { notes[note, default: 0] += 1 }
    }

    mutating func add(_ block: RejudgedBlock, _ report: (Rejudgement) throws -> Void) throws {
        let other = block.tally
        captures += other.captures
        findings += other.findings
        renamed += other.renamed
        leftOut += other.leftOut
        changes.merge(other.changes, uniquingKeysWith: +)
        notes.merge(other.notes, uniquingKeysWith: +)
        broken = Array((broken + other.broken).prefix(Self.mostNamed))
        brokenCount += other.broken.count
        for result in block.spoken { try report(result) }
    }
}

extension RejudgeTally.Change {
    /// Whether the verdict is another one.
    public var isFlip: Bool { after.map { $0 != before } ?? false }
}

extension FilePath {
    /// Whether it is a folder; throws when there is nothing.
    fileprivate var isFolder: Bool {
        get throws { try stat().type == .directory }
    }
}
