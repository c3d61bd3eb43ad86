import ClearcoatCodecs
public import ClearcoatImage
public import ClearcoatInspection

/// The results of a run on disk, as DESIGN §5 has it.
///
/// ```
/// records/<relative path of the input>.json       one record a capture, written as it arrives
/// annotated/<relative path of the input>.png      the picture with findings drawn on it
/// records.ndjson   findings.csv   failures.ndjson   summary.json   report.html     by finish
/// ```
///
/// Every file stands under its final name whole or not at all: written to a hidden file beside it,
/// forced to the medium, renamed. Directories themselves are forced to the medium once, by ``finish(timings:)``:
/// a power cut before may lose the newest records' names, never leave half a record.
///
/// Records may arrive from any number of tasks in any order; the files made by ``finish(timings:)`` are
/// in the order of the inputs. Memory does not grow with the records but for a few numbers a capture
/// and what the page shows, which is bounded.
///
/// One process at a time may write to a directory; the lock goes when the process does.
public actor ResultsDirectory {
    private let root: Directory
    private let run: RunDescription
    private var tally: RunTally
    private var records: OrderedSpool
    private var findings: OrderedSpool
    private var failures: OrderedSpool
    private var page = PageContent()

    /// Makes the directory where it is missing, takes its lock and removes what a killed run left half
    /// written. Finished results of earlier runs stay until they are replaced.
    ///
    /// - Throws: ``ResultsError``: `path` is a file, not writable or in use.
    public init(at path: String, for run: RunDescription) throws(ResultsError) {
        let root = try Directory(makingPath: path)
        try root.lock()
        try root.removeHiddenFiles()
        self.root = root
        self.run = run
        tally = RunTally(of: run)
        records = try OrderedSpool(in: root)
        findings = try OrderedSpool(in: root)
        failures = try OrderedSpool(in: root)
    }

    /// Writes a record's own file and its annotated picture, and takes it up in the run's.
    ///
    /// The record's path follows from `record.capture.id` (see ``CapturePath/id``). Reproducible results leave
    /// its timings out. Drawing and encoding happen in the calling task, so several at the same time.
    ///
    /// - Parameters:
    ///   - picture: what was inspected, as displayed; nil draws nothing, nor does a run without pictures.
    ///   - order: where the capture comes among the inputs; each input has its own.
    /// - Throws: ``ResultsError``; nothing then stands under the record's name that was not there before,
    ///   and the run does not count it. The picture is written first, so a record that stands has one.
    public nonisolated func write(
        _ record: InspectionRecord,
        picture: GrayImage? = nil,
        at order: Int
    ) async throws(ResultsError) {
        let record = prepared(record)
        let path = try CapturePath(id: record.capture.id)
        let forms = try Forms(of: record)
        var thumbnail: [UInt8]?
        if run.drawsPictures, let picture {
            let drawn = AnnotatedPicture(of: record, on: picture, areas: run.areas)
            var options = PNGOptions()
            options.scale = record.capture.mmPerPixel.flatMap(PhysicalScale.init(mmPerPixel:))
            let isShown = await page.wouldShow(record.verdict, at: order)
            var pieces = try encoded(path) { () throws(ImageEncodingError) in
                try drawn.png(options: options, withThumbnail: isShown)
            }
            try root.making([Array("annotated".utf8)] + path.folders).write(
                path.fileName(suffix: ".png")
            ) { file throws(ResultsError) in
                while let piece = pieces.next() { try file.append(piece) }
            }
            thumbnail = try pieces.thumbnail.map { small throws(ResultsError) in
                try self.encoded(small, path)
            }
        }
        try root.making([Array("records".utf8)] + path.folders).write(
            path.fileName(suffix: ".json"),
            forms.file
        )
        try await take(record, forms, thumbnail, at: order)
    }

    /// Takes up a record whose own files are there already, from an earlier run; its thumbnail is made from
    /// the annotated picture, so the page comes out the same.
    ///
    /// - Throws: ``ResultsError``.
    public nonisolated func include(_ record: InspectionRecord, at order: Int) async throws(ResultsError) {
        let record = prepared(record)
        let path = try CapturePath(id: record.capture.id)
        let forms = try Forms(of: record)
        var thumbnail: [UInt8]?
        if run.drawsPictures, await page.wouldShow(record.verdict, at: order),
            let drawn = try existingPicture(of: path)
        {
            thumbnail = try self.encoded(AnnotatedPicture.thumbnail(of: drawn, with: record), path)
        }
        try await take(record, forms, thumbnail, at: order)
    }

    /// Takes up an input that could not be inspected.
    ///
    /// - Throws: ``ResultsError``.
    public func write(_ failure: InspectionFailure, at order: Int) throws(ResultsError) {
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

    /// The record of an earlier run; nil when there is none.
    ///
    /// - Throws: ``ResultsError``: the file is there and cannot be read or is no record.
    public nonisolated func existingRecord(of path: CapturePath) throws(ResultsError) -> InspectionRecord? {
        guard let bytes = try existingFile(of: path, in: "records", suffix: ".json") else { return nil }
        do {
            return try RecordCoder.record(from: bytes)
        } catch {
            throw .record(path: path.id, error)
        }
    }

    /// Writes the run's own files from what has arrived so far. May be called again after more has.
    ///
    /// - Parameter timings: when the run was; left out of reproducible results.
    /// - Returns: what `summary.json` says.
    /// - Throws: ``ResultsError``.
    @discardableResult
    public func finish(timings: RunTimings? = nil) throws(ResultsError) -> RunSummary {
        let summary = tally.summary(timings: run.isReproducible ? nil : timings)
        try root.write(Array("records.ndjson".utf8)) { file throws(ResultsError) in
            try records.write(to: file)
        }
        try root.write(Array("failures.ndjson".utf8)) { file throws(ResultsError) in
            try failures.write(to: file)
        }
        try root.write(Array("findings.csv".utf8)) { file throws(ResultsError) in
            try file.append(FindingsTable.header)
            try findings.write(to: file)
        }
        try root.write(Array("summary.json".utf8), Self.json(summary))
        try root.write(Array("report.html".utf8), ReportPage(run, summary, page).bytes)
        try root.synchronizeTree()
        return summary
    }

    private nonisolated func prepared(_ record: InspectionRecord) -> InspectionRecord {
        guard run.isReproducible else { return record }
        var record = record
        record.timings = nil
        return record
    }

    private func take(
        _ record: InspectionRecord,
        _ forms: Forms,
        _ thumbnail: [UInt8]?,
        at order: Int
    ) throws(ResultsError) {
        try records.append(forms.line, at: order)
        try findings.append(forms.rows, at: order)
        tally.add(record)
        page.add(record, thumbnail: thumbnail, at: order)
    }

    private nonisolated func existingFile(
        of path: CapturePath,
        in folder: String,
        suffix: String
    ) throws(ResultsError) -> [UInt8]? {
        var directory = root
        for name in [Array(folder.utf8)] + path.folders {
            do throws(ResultsError) {
                directory = try directory.opening(name)
            } catch {
                if error.isMissing { return nil }
                throw error
            }
        }
        return try directory.read(path.fileName(suffix: suffix))
    }

    /// An annotated picture of an earlier run; nil when there is none that can be read.
    private nonisolated func existingPicture(of path: CapturePath) throws(ResultsError) -> RGBImage<UInt8>? {
        guard let bytes = try existingFile(of: path, in: "annotated", suffix: ".png") else { return nil }
        guard case .uint8(let picture)? = try? ImageDecoder().decodeColor(bytes).pixels else { return nil }
        return picture
    }

    private nonisolated func encoded(
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

    /// A record in every form that is written, made outside of the actor.
    private struct Forms {
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

    private static func json(_ summary: RunSummary) throws(ResultsError) -> [UInt8] {
        do {
            return try JSONWriter.pretty(JSONTreeEncoder.tree(of: summary))
        } catch {
            throw .record(path: "summary.json", .malformed("\(error)"))
        }
    }
}
