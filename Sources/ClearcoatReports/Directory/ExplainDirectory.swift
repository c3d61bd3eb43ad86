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
    /// Writes the files, each whole or not at all. An earlier explanation is replaced, all of its stages
    /// included; what this program did not write here is never touched.
    ///
    /// - Parameters:
    ///   - record: what was decided.
    ///   - picture: what was inspected.
    ///   - stages: the stages of the same inspection (``InspectionTrace/stages``).
    ///   - input: the picture's file, as the system takes its path; it is never written over.
    ///   - path: the directory, made where it is missing.
    /// - Returns: the names of the files, in the order above.
    /// - Throws: ``ResultsError``: ``ResultsError/isInput(path:)`` and
    ///   ``ResultsError/foreignFile(path:command:)`` before anything is changed.
    @discardableResult
    public static func write(
        _ record: InspectionRecord,
        of picture: GrayImage,
        stages: [InspectionTrace.Stage],
        areas: RunDescription.Areas = .init(),
        from input: [UInt8]? = nil,
        to path: String
    ) throws(ResultsError) -> [String] {
        let directory = try Directory(makingPath: path)
        let stageFiles = stages.enumerated().map { fileName(of: $1, number: $0 + 1) }
        let program = record.generator.name
        let earlier = try directory.earlierStages(of: program)
        try directory.refuse(input, among: [annotated, recordName, pageName] + stageFiles + earlier)
        try directory.refuseForeignExplanation(of: program, pictures: [annotated] + stageFiles)
        for name in earlier where !stageFiles.contains(name) { try directory.remove(Array(name.utf8)) }

        var options = PNGOptions()
        options.text = [.init(key: Directory.softwareKey, value: software(of: program))]
        var names: [String] = []
        func put(_ name: String, _ bytes: [UInt8]) throws(ResultsError) {
            try directory.write(Array(name.utf8), bytes)
            names.append(name)
        }
        var pieces = try encoded(annotated) { () throws(ImageEncodingError) in
            try AnnotatedPicture(of: record, on: picture, areas: areas).png(options: options)
        }
        try directory.write(Array(annotated.utf8)) { file throws(ResultsError) in
            while let piece = pieces.next() { try file.append(piece) }
        }
        names.append(annotated)
        var shown: [ExplainPage.Stage] = []
        for (stage, name) in zip(stages, stageFiles) {
            try put(
                name,
                encoded(name) { () throws(ImageEncodingError) in
                    try ImageEncoder.png(stage.image, options: options)
                }
            )
            shown.append(ExplainPage.Stage(name: stage.name, explanation: stage.explanation, file: name))
        }
        try put(recordName, file(of: record))
        try put(pageName, ExplainPage(record: record, stages: shown, language: areas.language).bytes)
        try directory.synchronize()
        return names
    }

    fileprivate static let annotated = "annotated.png"
    fileprivate static let recordName = "record.json"
    fileprivate static let pageName = "explain.html"

    /// What the pictures of an explanation say that they were written by.
    fileprivate static func software(of program: String) -> String { program + " explain" }

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

/// Whose files are in a directory that is to hold an explanation.
extension Directory {
    /// Refuses to lose the picture at `input`, should one of the `names` be it.
    fileprivate func refuse(_ input: [UInt8]?, among names: [String]) throws(ResultsError) {
        guard let input, let name = names.first(where: { isFile(Array($0.utf8), at: input) }) else { return }
        throw .isInput(path: path + "/" + name)
    }

    /// Refuses to replace what an explanation of the program `program` has not written.
    ///
    /// A page is taken for its own where the record beside it is.
    fileprivate func refuseForeignExplanation(of program: String, pictures: [String]) throws(ResultsError) {
        let present = Set(try entries().map { String(decoding: $0.name, as: UTF8.self) })
        let software = ExplainDirectory.software(of: program)
        let record = (try? read(Array(ExplainDirectory.recordName.utf8))) ?? nil
        let isOwnRecord = record.map { isRecord($0, of: program) } ?? false
        let foreign =
            pictures.first { present.contains($0) && !holdsPicture($0, by: software) }
            ?? [ExplainDirectory.recordName, ExplainDirectory.pageName].first {
                present.contains($0) && !isOwnRecord
            }
        if let foreign { throw .foreignFile(path: path + "/" + foreign, command: "explain") }
    }

    /// The stages that an explanation of the program `program` has left here: `03-response-2px.png`.
    fileprivate func earlierStages(of program: String) throws(ResultsError) -> [String] {
        try entries().map { String(decoding: $0.name, as: UTF8.self) }.filter { name in
            let number = name.prefix { $0.isASCII && $0.isNumber }
            return number.count >= 2 && name.dropFirst(number.count).first == "-" && name.hasSuffix(".png")
                && holdsPicture(name, by: ExplainDirectory.software(of: program))
        }
    }

    private func holdsPicture(_ name: String, by software: String) -> Bool {
        guard let bytes = try? read(Array(name.utf8)) else { return false }
        return isPicture(bytes, by: software)
    }
}
