/// Looks at a results directory without changing anything in it.
///
/// Files are reached from the directory, one component at a time and never through a symbolic link.
package struct ResultsReader: Sendable {
    private let root: Directory

    /// Opens the directory at `path`.
    ///
    /// - Throws: ``ResultsError``.
    package init(at path: String) throws(ResultsError) {
        do throws(ResultsError) {
            root = try Directory(openingPath: path)
        } catch {
            throw error.isMissing ? .noResults(path: path) : error
        }
    }

    /// Whether the directory holds results of the program `name`.
    package func isWritten(by name: String) -> Bool { root.isStamped(by: name) }

    /// Whether there is anything of the names that a run writes.
    package var holdsResults: Bool {
        get throws(ResultsError) {
            let names = try root.entries().map { String(decoding: $0.name, as: UTF8.self) }
            return ResultsLayout.all.contains(where: names.contains)
        }
    }

    /// All bytes of the file at a path below the directory; nil when there is none.
    ///
    /// - Throws: ``ResultsError``: there is something else, or it cannot be read.
    package func file(_ path: [UInt8]) throws(ResultsError) -> [UInt8]? {
        let components = path.split(separator: UInt8(ascii: "/")).map(Array.init)
        do throws(ResultsError) {
            return try root.opening(components.dropLast()).read(components.last ?? [])
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    /// The names of the files beside the folders of results.
    package func names() throws(ResultsError) -> [[UInt8]] { try paths(in: [[]]) }

    /// The paths of all files in one of the folders of results, from the results directory on.
    package func paths(in folder: String) throws(ResultsError) -> [[UInt8]] {
        try paths(in: root.tree(Array(folder.utf8)))
    }

    private func paths(in folders: [[[UInt8]]]) throws(ResultsError) -> [[UInt8]] {
        var found: [[UInt8]] = []
        try root.forEachFile(in: folders) { _, folder, name in
            found.append(Array((folder + [name]).joined(separator: [UInt8(ascii: "/")])))
        }
        return found
    }
}
