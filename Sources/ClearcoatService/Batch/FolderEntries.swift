import Clearcoat
package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What is in a folder.
enum FolderEntries {
    /// The names in the folder at `path`, without `.` and `..`, ordered by their bytes.
    static func names(in path: FilePath) throws(Errno) -> [FilePath.Component] {
        let stream = unsafe path.withPlatformString { unsafe opendir($0) }
        guard let stream = unsafe stream else { throw Errno(rawValue: errno) }
        defer { unsafe closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = unsafe readdir(stream) {
            // SAFETY: the name ends with a zero and lives until the next call of readdir.
            let bytes = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
                unsafe Array($0.prefix { $0 != 0 })
            }
            names.append(bytes)
        }
        names.sort { $0.lexicographicallyPrecedes($1) }
        // `.` and `..` are no names of anything in the folder.
        return names.compactMap { FilePath(bytes: $0).lastComponent }.filter { $0.kind == .regular }
    }
}

extension FilePath {
    /// Whether this path and the other lead to the same file or folder. Not when there is nothing.
    package func isSame(as other: FilePath) -> Bool {
        guard let mine = try? stat(), let its = try? other.stat() else { return false }
        return FileIdentity(mine) == FileIdentity(its)
    }

    /// Whether the file at the other path lies right in this folder. Not when it is a folder or nothing.
    package func isFolder(of file: FilePath) -> Bool {
        guard let type = try? file.stat().type, type != .directory else { return false }
        let folder = file.removingLastComponent()
        return isSame(as: folder.isEmpty ? "." : folder)
    }
}

/// Which file or folder something is, whatever path leads to it.
package struct FileIdentity: Sendable, Hashable {
    private let device: UInt64
    private let inode: UInt64

    package init(_ status: Stat) {
        device = UInt64(status.deviceID.rawValue)
        inode = UInt64(status.inode.rawValue)
    }
}
