import ClearcoatCodecs
import ClearcoatInspection
import FoundationEssentials

/// The names that runs write in a results directory. Whatever else is there belongs to somebody else.
package enum ResultsLayout {
    /// The folder of the records.
    package static let records = "records"
    /// The folder of the annotated pictures.
    package static let annotated = "annotated"
    /// What says how the run went; written first and last.
    package static let summary = "summary.json"
    /// The run's other files.
    package static let runFiles = ["records.ndjson", "findings.csv", "failures.ndjson", "report.html"]
    /// All of them.
    static let all = [summary, records, annotated] + runFiles
}

/// Whose results are in a directory. Only what Clearcoat wrote is ever removed or replaced.
extension Directory {
    /// Whether a run of the program `name` has written here; nothing of these names may be somebody else's.
    ///
    /// - Throws: ``ResultsError/foreign(path:name:)``.
    func refuseForeignResults(of name: String) throws(ResultsError) {
        let names = try entries().map { String(decoding: $0.name, as: UTF8.self) }
        guard let first = ResultsLayout.all.first(where: names.contains) else { return }
        guard isStamped(by: name) else { throw .foreign(path: path, name: first) }
    }

    /// Whether there is a summary that the program `name` wrote.
    func isStamped(by name: String) -> Bool {
        guard let summary = try? read(Array(ResultsLayout.summary.utf8)),
            let stamp = try? JSONDecoder().decode(Stamp.self, from: Data(summary))
        else { return false }
        return stamp.generator.name == name
    }

    /// Says that a run has begun, before anything else is changed: until its end, nobody can take what is
    /// here for the results of one run.
    ///
    /// - Parameter continuing: whether the run's own files stay until they are replaced.
    func beginRun(_ summary: RunSummary, continuing: Bool) throws(ResultsError) {
        var summary = summary
        let name = Array(ResultsLayout.summary.utf8)
        if continuing, let bytes = try? read(name),
            let earlier = try? JSONDecoder().decode(RunSummary.self, from: Data(bytes))
        {
            summary = earlier
            summary.state = .running
            summary.timings = nil
        }
        try write(name, summary.file)
        if !continuing {
            for name in ResultsLayout.runFiles { try remove(Array(name.utf8)) }
        }
        try synchronize()
    }

    /// Every directory of records and annotated pictures, and this one.
    func resultFolders() throws(ResultsError) -> [[[UInt8]]] {
        try [[]] + tree(Array(ResultsLayout.records.utf8)) + tree(Array(ResultsLayout.annotated.utf8))
    }

    /// Removes what killed runs left half-written.
    func removeTemporaries() throws(ResultsError) {
        try forEachFile(in: resultFolders()) { directory, _, name throws(ResultsError) in
            if AtomicFile.isTemporary(name) { try directory.remove(name) }
        }
    }

    /// Makes all names of results survive a power cut.
    func synchronizeResults() throws(ResultsError) {
        for folder in try resultFolders() { try opening(folder).synchronize() }
    }

    /// Removes records and annotated pictures that an earlier run of the program `name` wrote, with the
    /// folders that this leaves empty.
    ///
    /// - Parameter isKept: whether the file at a path from here is to stay.
    /// - Returns: how many files were removed.
    func removeEarlierResults(
        of name: String,
        unless isKept: (_ path: [UInt8]) -> Bool
    ) throws(ResultsError) -> Int {
        var removed = 0
        for (top, isOwn) in [
            (ResultsLayout.records, isRecord), (ResultsLayout.annotated, isAnnotatedPicture),
        ] {
            // Those further down first, so that a folder is empty when its turn comes.
            for folder in try tree(Array(top.utf8)).reversed() {
                let directory = try opening(folder)
                let before = removed
                for entry in try directory.entries() where !entry.isDirectory {
                    let path = Array((folder + [entry.name]).joined(separator: [UInt8(ascii: "/")]))
                    guard !isKept(path), let bytes = try? directory.read(entry.name), isOwn(bytes, path, name)
                    else { continue }
                    try directory.remove(entry.name)
                    removed += 1
                }
                // A folder that lost its last file, or the last of its folders.
                if removed > before || folder.count > 1, let last = folder.last,
                    try directory.entries().isEmpty
                {
                    try opening(folder.dropLast()).removeIfEmpty(last)
                }
            }
        }
        return removed
    }

    /// Whether a file is a record that the program `name` wrote, of whatever capture.
    func isRecord(_ bytes: [UInt8], of name: String) -> Bool {
        (try? JSONDecoder().decode(RecordStamp.self, from: Data(bytes)))?.generator.name == name
    }

    /// Whether a file is a record that the program `name` wrote at this path.
    private func isRecord(_ bytes: [UInt8], at path: [UInt8], of name: String) -> Bool {
        guard let stamp = try? JSONDecoder().decode(RecordStamp.self, from: Data(bytes)) else { return false }
        return stamp.generator.name == name
            && (try? CapturePath(id: stamp.capture.id))?.file(in: ResultsLayout.records, suffix: ".json")
                == path
    }

    /// Whether a file is a picture that the program `name` drew.
    private func isAnnotatedPicture(_ bytes: [UInt8], at path: [UInt8], of name: String) -> Bool {
        isPicture(bytes, by: name)
    }

    /// Whether a file is a picture that says it was written by `software`.
    func isPicture(_ bytes: [UInt8], by software: String) -> Bool {
        let text = (try? ImageDecoder().metadata(of: bytes))?.text ?? []
        return text.contains { $0.key == Self.softwareKey && $0.value == software }
    }

    /// PNG's own keyword for what wrote a file.
    static let softwareKey = "Software"

    /// What tells whose a summary is.
    private struct Stamp: Decodable { var generator: InspectionRecord.Generator }

    /// What tells whose a record is.
    private struct RecordStamp: Decodable {
        struct Capture: Decodable { var id: String }
        var generator: InspectionRecord.Generator
        var capture: Capture
    }
}
