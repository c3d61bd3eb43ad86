import ClearcoatCodecs
import ClearcoatImage
public import ClearcoatInspection

/// What earlier runs left, and how a run goes on with it.
extension ResultsDirectory {
    /// The record of an earlier run; nil when there is none.
    ///
    /// - Throws: ``ResultsError``: the file is there and cannot be read or is no record.
    public nonisolated func existingRecord(of path: CapturePath) throws(ResultsError) -> InspectionRecord? {
        guard let bytes = try existingFile(of: path, in: ResultsLayout.records, suffix: ".json") else {
            return nil
        }
        do {
            return try RecordCoder.record(from: bytes)
        } catch {
            throw .record(path: path.id, error)
        }
    }

    /// Whether the picture that this run would draw is there from an earlier one, up to its end; always when it
    /// draws none.
    public nonisolated func hasPicture(of path: CapturePath) -> Bool {
        guard run.drawsPictures else { return true }
        let bytes = (try? existingFile(of: path, in: ResultsLayout.annotated, suffix: ".png")) ?? nil
        return bytes?.suffix(Self.endOfPNG.count).elementsEqual(Self.endOfPNG) ?? false
    }

    /// The last chunk of every PNG: no data, `IEND`, its checksum.
    private static let endOfPNG: [UInt8] = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]

    /// Takes up a record whose own files are there already, from an earlier run; its thumbnail is made from
    /// the annotated picture, so the page comes out the same.
    ///
    /// - Throws: ``ResultsError``.
    public nonisolated func include(_ earlier: InspectionRecord, at order: Int) async throws(ResultsError) {
        let (record, path, forms) = try madeOurs(earlier)
        let isShown = await wantsThumbnail(record.verdict, at: order)
        let thumbnail = isShown ? try existingThumbnail(of: record) : nil
        try await take(record, at: path, forms, thumbnail, hasPicture: run.drawsPictures, order)
    }

    /// Goes on with everything that earlier runs recorded here and that is still there: every record, and
    /// every failure of `failures.ndjson` that has none.
    ///
    /// - Returns: the places of the captures by their names, 0 and up; others' places come after these.
    /// - Throws: ``ResultsError``.
    public func takeUpEarlierResults() throws(ResultsError) -> [String: Int] {
        var places: [String: Int] = [:]
        let folders = try root.tree(Array(ResultsLayout.records.utf8))
        try root.forEachFile(in: folders) { directory, folder, name throws(ResultsError) in
            guard let record = ownRecord(in: directory, folder, name) else { return }
            let (ours, path, forms) = try madeOurs(record)
            let order = places.count
            let thumbnail = try wantedThumbnail(of: ours, order)
            try take(ours, at: path, forms, thumbnail, hasPicture: run.drawsPictures, order)
            places[path.id] = order
        }
        let lines = (try? root.read(Array("failures.ndjson".utf8))) ?? nil
        for line in (lines ?? []).split(separator: UInt8(ascii: "\n")) {
            guard let failure = try? InspectionFailure(line: Array(line)), places[failure.id] == nil else {
                continue
            }
            try write(failure, at: places.count)
            places[failure.id] = places.count
        }
        return places
    }

    /// Removes the record of a capture and its picture.
    nonisolated func removeResults(of path: CapturePath) throws(ResultsError) {
        for (folder, suffix) in [(ResultsLayout.records, ".json"), (ResultsLayout.annotated, ".png")] {
            try existingFolder(of: path, in: folder)?.remove(path.fileName(suffix: suffix))
        }
    }

    /// The thumbnail of a capture whose annotated picture is there.
    nonisolated func existingThumbnail(of record: InspectionRecord) throws(ResultsError) -> [UInt8]? {
        let path = try CapturePath(id: record.capture.id)
        guard let bytes = try existingFile(of: path, in: ResultsLayout.annotated, suffix: ".png"),
            case .uint8(let picture)? = try? ImageDecoder(limits: AnnotatedPicture.decodingLimits)
                .decodeColor(bytes).pixels
        else { return nil }
        return try encoded(AnnotatedPicture.thumbnail(of: picture, with: record, areas: run.areas), path)
    }

    /// The record as this run writes it; its own file is written again if it was another.
    private nonisolated func madeOurs(
        _ earlier: InspectionRecord
    ) throws(ResultsError) -> (InspectionRecord, CapturePath, RecordForms) {
        let record = prepared(earlier)
        let path = try CapturePath(id: record.capture.id)
        let forms = try RecordForms(of: record)
        if record != earlier {
            try folder(ResultsLayout.records, of: path).write(path.fileName(suffix: ".json"), forms.file)
        }
        return (record, path, forms)
    }

    /// The record in a file, if this program wrote it and it stands where it belongs.
    private nonisolated func ownRecord(
        in directory: Directory,
        _ folder: [[UInt8]],
        _ name: [UInt8]
    ) -> InspectionRecord? {
        guard let bytes = try? directory.read(name), let record = try? RecordCoder.record(from: bytes),
            record.generator.name == run.generator.name, let path = try? CapturePath(id: record.capture.id),
            path.folders.elementsEqual(folder.dropFirst()) && path.fileName(suffix: ".json") == name
        else { return nil }
        return record
    }

    private nonisolated func existingFile(
        of path: CapturePath,
        in folder: String,
        suffix: String
    ) throws(ResultsError) -> [UInt8]? {
        try existingFolder(of: path, in: folder)?.read(path.fileName(suffix: suffix))
    }

    private nonisolated func existingFolder(
        of path: CapturePath,
        in folder: String
    ) throws(ResultsError) -> Directory? {
        do throws(ResultsError) {
            return try root.opening([Array(folder.utf8)] + path.folders)
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }
}
