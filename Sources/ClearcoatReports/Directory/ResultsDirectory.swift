import ClearcoatCodecs
public import ClearcoatImage
public import ClearcoatInspection

/// The results of a run on disk, as DESIGN §5 has it.
///
/// ```
/// records/<relative path of the input>.json       one record a capture, written as it arrives
/// annotated/<relative path of the input>.png      the picture with findings drawn on it
/// records.ndjson   findings.csv   failures.ndjson   report.html   summary.json     by finish
/// ```
///
/// Every file stands under its final name whole or not at all: written to a hidden file beside it,
/// forced to the medium, renamed. Directories themselves are forced to the medium once, by ``finish(_:timings:)``:
/// a power cut before may lose the newest records' names, never leave half a record.
///
/// The results are those of one run. Its `summary.json` says `running` before anything else is changed and
/// `complete` after everything else is written; what an earlier run left and this one has not written again
/// is removed just before. Only files that this program wrote are ever removed or replaced.
///
/// Records may arrive from any number of tasks in any order; the files made by ``finish(_:timings:)`` are
/// in the order of the inputs. Memory does not grow with the records but for a few numbers a capture
/// and what the page shows, which is bounded.
///
/// One process at a time may write to a directory; the lock goes when the process does.
public actor ResultsDirectory {
    let root: Directory
    let run: RunDescription
    private let isContinuing: Bool
    private var tally: RunTally
    private var records: OrderedSpool
    private var findings: OrderedSpool
    private var failures: OrderedSpool
    private var page = PageContent()
    /// Hashes of the paths of all records and pictures that belong to this run. Should two be the same, a
    /// file of an earlier run stays that could go.
    private var present: Set<UInt64> = []
    /// Places whose first outcome was replaced, so that the run has to be counted anew.
    private var replaced: Set<Int> = []
    /// How many files of earlier runs ``finish(_:timings:)`` removed.
    public private(set) var removedCount = 0

    /// Makes the directory where it is missing, takes its lock, removes what a killed run left half
    /// written and says in `summary.json` that a run has begun. Finished results of earlier runs stay until
    /// they are replaced, or removed by ``finish(_:timings:)``.
    ///
    /// - Parameter continuing: whether this run goes on with the results of earlier ones; see
    ///   ``takeUpEarlierResults()``.
    /// - Throws: ``ResultsError``: `path` is a file, not writable, in use or holds something of these names
    ///   that this program did not write.
    public init(at path: String, for run: RunDescription, continuing: Bool = false) throws(ResultsError) {
        let root = try Directory(makingPath: path)
        try root.lock()
        try root.refuseForeignResults(of: run.generator.name)
        try root.removeTemporaries()
        self.root = root
        self.run = run
        isContinuing = continuing
        tally = RunTally(of: run)
        records = try OrderedSpool(in: root)
        findings = try OrderedSpool(in: root)
        failures = try OrderedSpool(in: root)
        try root.beginRun(tally.summary(), continuing: continuing)
    }

    /// Writes a record's own file and its annotated picture, and takes it up in the run's.
    ///
    /// The record's path follows from `record.capture.id` (see ``CapturePath/id``). Reproducible results leave
    /// its timings out. Drawing and encoding happen in the calling task, so several at the same time.
    ///
    /// - Parameters:
    ///   - picture: what was inspected, as displayed; nil draws nothing, nor does a run without pictures.
    ///   - order: where the capture comes among the inputs; each input has its own. What was written at
    ///     the same place before is replaced.
    /// - Throws: ``ResultsError``; nothing then stands under the record's name that was not there before,
    ///   and the run does not count it. The picture is written first, so a record that stands has one.
    public nonisolated func write(
        _ record: InspectionRecord,
        picture: GrayImage? = nil,
        at order: Int
    ) async throws(ResultsError) {
        let record = prepared(record)
        let path = try CapturePath(id: record.capture.id)
        let forms = try RecordForms(of: record)
        var thumbnail: [UInt8]?
        if run.drawsPictures, let picture {
            let drawn = AnnotatedPicture(of: record, on: picture, areas: run.areas)
            var options = PNGOptions()
            options.text = [
                .init(key: Directory.softwareKey, value: run.generator.name),
                .init(key: AnnotatedPicture.inputKey, value: record.capture.sha256),
            ]
            options.scale = record.capture.mmPerPixel.flatMap(PhysicalScale.init(mmPerPixel:))
            let isShown = await wantsThumbnail(record.verdict, at: order)
            var pieces = try encoded(path) { () throws(ImageEncodingError) in
                try drawn.png(options: options, withThumbnail: isShown)
            }
            try folder(ResultsLayout.annotated, of: path).write(
                path.fileName(suffix: ".png")
            ) { file throws(ResultsError) in
                while let piece = pieces.next() { try file.append(piece) }
            }
            thumbnail = try pieces.thumbnail.map { small throws(ResultsError) in
                try self.encoded(small, path)
            }
        }
        try folder(ResultsLayout.records, of: path).write(path.fileName(suffix: ".json"), forms.file)
        let hasPicture = run.drawsPictures && picture != nil
        try await take(record, at: path, forms, thumbnail, hasPicture: hasPicture, order)
    }

    /// Takes up an input that could not be inspected.
    ///
    /// - Parameter path: where the record of an earlier inspection of the same input may be; it is removed,
    ///   with its picture, since it no longer says what is there.
    /// - Throws: ``ResultsError``.
    public func write(
        _ failure: InspectionFailure,
        at order: Int,
        replacingRecordAt path: CapturePath? = nil
    ) throws(ResultsError) {
        if let path { try removeResults(of: path) }
        forget(order)
        do {
            try failures.append(JSONWriter.line(JSONTreeEncoder.tree(of: failure)), at: order)
        } catch let error as ResultsError {
            throw error
        } catch {
            throw .record(path: failure.path, .malformed("\(error)"))
        }
        tally.add(failure)
        page.add(failure, at: order)
    }

    /// Writes the run's own files from what has arrived so far. May be called again after more has.
    ///
    /// - Parameters:
    ///   - state: `running` writes what is new; `complete` also removes what an earlier run left, unless
    ///     this one goes on with it.
    ///   - timings: when the run was; left out of reproducible results.
    /// - Returns: what `summary.json` says.
    /// - Throws: ``ResultsError``.
    @discardableResult
    public func finish(
        _ state: RunState = .complete,
        timings: RunTimings? = nil
    ) throws(ResultsError) -> RunSummary {
        if !replaced.isEmpty { try countAnew() }
        let summary = tally.summary(state, timings: run.isReproducible ? nil : timings)
        let writesAll = state != .running
        if writesAll || records.hasNews { try root.write(&records, as: "records.ndjson") }
        if writesAll || failures.hasNews { try root.write(&failures, as: "failures.ndjson") }
        if writesAll || findings.hasNews {
            try root.write(&findings, as: "findings.csv", header: FindingsTable.header)
        }
        try root.write(Array("report.html".utf8), ReportPage(run, summary, page).bytes)
        if state == .complete && !isContinuing {
            removedCount += try root.removeEarlierResults(of: run.generator.name) { path in
                present.contains(CapturePath.hash(path))
            }
        }
        if writesAll { try root.synchronizeResults() }
        try root.write(Array(ResultsLayout.summary.utf8), summary.file)
        try root.synchronize()
        return summary
    }

    /// Counts a record whose own files are there.
    func take(
        _ record: InspectionRecord,
        at path: CapturePath,
        _ forms: RecordForms,
        _ thumbnail: [UInt8]?,
        hasPicture: Bool,
        _ order: Int
    ) throws(ResultsError) {
        forget(order)
        try records.append(forms.line, at: order)
        try findings.append(forms.rows, at: order)
        present.insert(CapturePath.hash(path.file(in: ResultsLayout.records, suffix: ".json")))
        if hasPicture {
            present.insert(CapturePath.hash(path.file(in: ResultsLayout.annotated, suffix: ".png")))
        }
        count(record, thumbnail, order)
    }

    private func count(_ record: InspectionRecord, _ thumbnail: [UInt8]?, _ order: Int) {
        tally.add(record)
        page.add(record, thumbnail: thumbnail, at: order)
    }

    /// Forgets what was written at a place before.
    private func forget(_ order: Int) {
        guard records.contains(order) || failures.contains(order) else { return }
        replaced.insert(order)
        records.remove(order)
        findings.remove(order)
        failures.remove(order)
    }

    /// Counts from what is there now; sums, extremes and the first of many cannot be taken back one by one.
    private func countAnew() throws(ResultsError) {
        var thumbnails = Dictionary(page.galleryRows.map { ($0.order, $0.thumbnail) }) { first, _ in first }
        for order in replaced { thumbnails[order] = nil }
        tally = RunTally(of: run)
        page = PageContent()
        for order in records.places {
            let record = try decoded(records.bytes(at: order), from: "records.ndjson", RecordCoder.record)
            if let thumbnail = thumbnails[order] {
                count(record, thumbnail, order)
            } else {
                count(record, try wantedThumbnail(of: record, order), order)
            }
        }
        for order in failures.places {
            let failure = try decoded(
                failures.bytes(at: order),
                from: "failures.ndjson",
                InspectionFailure.init(line:)
            )
            tally.add(failure)
            page.add(failure, at: order)
        }
        try records.compact(in: root)
        try findings.compact(in: root)
        try failures.compact(in: root)
        replaced = []
    }

    /// What a line says that this run wrote itself.
    private func decoded<Value>(
        _ line: [UInt8],
        from file: String,
        _ decode: ([UInt8]) throws(RecordCodingError) -> Value
    ) throws(ResultsError) -> Value {
        do throws(RecordCodingError) {
            return try decode(line)
        } catch {
            throw .record(path: file, error)
        }
    }

    /// Whether the page has room for a capture, so that its thumbnail is worth making.
    func wantsThumbnail(_ verdict: Verdict, at order: Int) -> Bool {
        run.drawsPictures && page.wouldShow(verdict, at: order)
    }

    /// The thumbnail of a capture whose picture is there, if the page has room for it.
    func wantedThumbnail(of record: InspectionRecord, _ order: Int) throws(ResultsError) -> [UInt8]? {
        wantsThumbnail(record.verdict, at: order) ? try existingThumbnail(of: record) : nil
    }

    nonisolated func encoded(
        _ small: RGBImage<UInt8>,
        _ path: CapturePath
    ) throws(ResultsError) -> [UInt8] {
        var options = JPEGOptions()
        options.chromaSubsampling = .none
        return try encoded(path) { () throws(ImageEncodingError) in
            try ImageEncoder.jpeg(small, quality: 78, options: options)
        }
    }

    private nonisolated func encoded<Encoded>(
        _ path: CapturePath,
        _ encode: () throws(ImageEncodingError) -> Encoded
    ) throws(ResultsError) -> Encoded {
        do throws(ImageEncodingError) {
            return try encode()
        } catch {
            throw .picture(path: path.id, error.description)
        }
    }

    /// The folder that a capture's file goes into.
    nonisolated func folder(_ top: String, of path: CapturePath) throws(ResultsError) -> Directory {
        try root.making([Array(top.utf8)] + path.folders)
    }

    /// The record as this run writes it.
    nonisolated func prepared(_ record: InspectionRecord) -> InspectionRecord {
        guard run.isReproducible else { return record }
        var record = record
        record.timings = nil
        return record
    }
}

/// A record in every form that is written.
struct RecordForms {
    let file: [UInt8]
    let line: [UInt8]
    let rows: [UInt8]

    init(of record: InspectionRecord) throws(ResultsError) {
        do throws(RecordCodingError) {
            let tree = try RecordCoder.tree(of: record)
            file = try JSONWriter.pretty(tree)
            line = try JSONWriter.line(tree)
        } catch {
            throw .record(path: record.capture.id, error)
        }
        rows = FindingsTable.rows(of: record)
    }
}

extension Directory {
    /// Writes the blocks of a spool into a file.
    fileprivate func write(
        _ spool: inout OrderedSpool,
        as name: String,
        header: [UInt8] = []
    ) throws(ResultsError) {
        try write(Array(name.utf8)) { file throws(ResultsError) in
            try file.append(header)
            try spool.write(to: file)
        }
    }
}
