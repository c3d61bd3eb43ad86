package import Clearcoat
import ClearcoatInspection
package import SystemPackage

/// Inspects several captures of the same parts.
package struct RepeatRun: Sendable {
    private let inspector: Inspector
    private let rule: RepeatStudy.PartRule
    private let captures: [(part: String, capture: Capture)]

    /// Lists the captures: each folder is a part, or, where all pictures lie in one folder, the name up to its
    /// last `_` or `-`.
    package init(inspector: Inspector, folder: FilePath) throws(DatasetError) {
        var options = inspector.options
        options.keepsPictures = false
        options.isReproducible = true
        self.inspector = Inspector(recipe: inspector.recipe, options: options)
        let tree = try FolderTree(folder)
        guard tree.isFolder else { throw .unknownLayout(folder.string) }
        let files = tree.pictures.filter { !$0.components.dropLast().contains("ground_truth") }
        if files.isEmpty { throw .noPictures(folder.string) }
        let hasFolders = files.contains { $0.components.count > 1 }
        rule = hasFolders ? .folder : .prefix
        captures = files.map { file in
            let part = hasFolders ? file.removingLastComponent().string : Self.prefix(of: file.stem ?? "")
            return (part, Capture(file: tree.path(file), id: file.string))
        }
    }

    /// How many captures there are.
    package var count: Int { captures.count }

    private static func prefix(of stem: String) -> String {
        stem.lastIndex { $0 == "_" || $0 == "-" }.map { String(stem[..<$0]) } ?? stem
    }

    /// Inspects everything.
    ///
    /// - Throws: `CancellationError`.
    package func run(name: String, report: (Int) -> Void = { _ in }) async throws -> RepeatStudy {
        var records: [(part: String, captures: [InspectionRecord])] = []
        var failures: [DatasetProblem] = []
        var done = 0
        for await outcome in inspector.outcomes(of: captures.map(\.capture)) {
            let part = captures[done].part
            switch outcome {
            case .inspected(let record, _):
                if let index = records.firstIndex(where: { $0.part == part }) {
                    records[index].captures.append(record)
                } else {
                    records.append((part, [record]))
                }
            case .failed(let failure):
                failures.append(DatasetProblem(name: failure.captureID, message: failure.message))
            }
            done += 1
            report(done)
        }
        try Task.checkCancellation()
        return RepeatStudy(
            records,
            name: name,
            partRule: rule,
            failures: failures,
            generator: Inspector.generator
        )
    }
}
