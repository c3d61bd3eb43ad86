/// Whole trees below a directory, walked without holding more than two of its directories open, since a
/// tree may be deeper than a process may have files.
extension Directory {
    /// Every directory at and below `top`, by its path from here, those further up first; empty when there
    /// is no such directory. Symbolic links are not followed.
    func tree(_ top: [UInt8]) throws(ResultsError) -> [[[UInt8]]] {
        do throws(ResultsError) {
            _ = try opening(top)
        } catch {
            if error.isNoDirectory { return [] }
            throw error
        }
        var found = [[top]]
        var next = 0
        while next < found.count {
            let folder = found[next]
            next += 1
            for entry in try opening(folder).sortedEntries() where entry.isDirectory {
                found.append(folder + [entry.name])
            }
        }
        return found
    }

    /// Every file in `folders` of ``tree(_:)``, folder by folder, by the bytes of its name.
    func forEachFile(
        in folders: [[[UInt8]]],
        _ body: (_ directory: Directory, _ folders: [[UInt8]], _ name: [UInt8]) throws(ResultsError) -> Void
    ) throws(ResultsError) {
        for folder in folders {
            let directory = try opening(folder)
            for entry in try directory.sortedEntries() where !entry.isDirectory {
                try body(directory, folder, entry.name)
            }
        }
    }

    private func sortedEntries() throws(ResultsError) -> [Entry] {
        try entries().sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }
}
