public import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The file that the flips go to: whole under its name, or not there.
public enum RejudgeFile {
    /// Gives a file its final name.
    public static func move(_ path: FilePath, to target: FilePath) throws {
        guard unsafe rename(path.string, target.string) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Removes what was not finished.
    public static func remove(_ path: FilePath) { _ = unsafe unlink(path.string) }
}
