import ClearcoatCodecs
public import ClearcoatImage
public import ClearcoatInspection

/// How one result came about, as files: `clearcoat explain`.
///
/// ```
/// annotated.png                     the picture with findings drawn on it
/// 01-judged.png 02-… 03-…           every stage in the order they run
/// record.json                       what an inspection writes
/// explain.html                      all of it on one page, beside the pictures
/// ```
public enum ExplainDirectory {
    /// Writes the files, each whole or not at all. Files of an earlier explanation are replaced.
    ///
    /// - Parameters:
    ///   - record: what was decided.
    ///   - picture: what was inspected.
    ///   - stages: the stages of the same inspection (``InspectionTrace/stages``).
    ///   - path: the directory, made where it is missing.
    /// - Returns: the names of the files, in the order above.
    /// - Throws: ``ResultsError``.
    @discardableResult
    public static func write(
        _ record: InspectionRecord,
        of picture: GrayImage,
        stages: [InspectionTrace.Stage],
        areas: RunDescription.Areas = .init(),
        to path: String
    ) throws(ResultsError) -> [String] {
        let directory = try Directory(makingPath: path)
        var names: [String] = []
        func put(_ name: String, _ bytes: [UInt8]) throws(ResultsError) {
            try directory.write(Array(name.utf8), bytes)
            names.append(name)
        }
        var pieces = try encoded("annotated.png") { () throws(ImageEncodingError) in
            try AnnotatedPicture(of: record, on: picture, areas: areas).png()
        }
        try directory.write(Array("annotated.png".utf8)) { file throws(ResultsError) in
            while let piece = pieces.next() { try file.append(piece) }
        }
        names.append("annotated.png")
        var shown: [ExplainPage.Stage] = []
        for (index, stage) in stages.enumerated() {
            let name = fileName(of: stage, number: index + 1)
            try put(
                name,
                encoded(name) { () throws(ImageEncodingError) in try ImageEncoder.png(stage.image) }
            )
            shown.append(ExplainPage.Stage(name: stage.name, explanation: stage.explanation, file: name))
        }
        try put("record.json", file(of: record))
        try put("explain.html", ExplainPage(record: record, stages: shown).bytes)
        try directory.synchronize()
        return names
    }

    private static func file(of record: InspectionRecord) throws(ResultsError) -> [UInt8] {
        do throws(RecordCodingError) {
            return try RecordCoder.file(record)
        } catch {
            throw .record(path: record.capture.id, error)
        }
    }

    /// `03-response-2px.png`; whatever a stage is called, the name stays in the directory.
    private static func fileName(of stage: InspectionTrace.Stage, number: Int) -> String {
        let name = stage.name.unicodeScalars.map { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains(scalar))
                ? String(scalar) : "-"
        }
        return (number < 10 ? "0" : "") + "\(number)-\(name.joined().prefix(60)).png"
    }

    private static func encoded<Encoded>(
        _ name: String,
        _ encode: () throws(ImageEncodingError) -> Encoded
    ) throws(ResultsError) -> Encoded {
        do throws(ImageEncodingError) {
            return try encode()
        } catch {
            throw .picture(path: name, error.description)
        }
    }
}
