import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension FileContents {
    /// Makes a folder and those above it, where they are missing.
    static func makeFolder(_ path: FilePath) throws(Errno) {
        if (try? path.stat())?.type == .directory { return }
        let parent = path.removingLastComponent()
        if parent != path && !parent.isEmpty { try makeFolder(parent) }
        let result = unsafe path.withPlatformString { unsafe mkdir($0, 0o777) }
        if result != 0 && errno != EEXIST { throw Errno(rawValue: errno) }
    }

    /// Forces a file's bytes to the medium.
    static func synchronize(_ file: FileDescriptor) throws(Errno) {
        if fsync(file.rawValue) != 0 { throw Errno(rawValue: errno) }
    }

    /// Gives a file its name, in place of what had it.
    static func rename(_ old: FilePath, to new: FilePath) throws(Errno) {
        let result = unsafe old.withPlatformString { old in
            unsafe new.withPlatformString { unsafe Glibc.rename(old, $0) }
        }
        if result != 0 { throw Errno(rawValue: errno) }
    }

    /// Removes a file that is not wanted any more. What cannot be removed stays.
    static func remove(_ path: FilePath) {
        _ = unsafe path.withPlatformString { unsafe unlink($0) }
    }
}
