#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension Directory {
    /// Takes the directory for this process until the directory is closed.
    ///
    /// The lock is on the directory itself, so it leaves no file behind and goes with the process that
    /// holds it. File systems that cannot lock a directory (some network shares) are used without.
    ///
    /// - Throws: ``ResultsError/inUse(path:processID:)``.
    func lock() throws(ResultsError) {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: throw .inUse(path: path, processID: lockHolder())
            default: return
            }
        }
    }

    /// The process that holds the lock, as the kernel lists it; nil where it does not.
    private func lockHolder() -> Int? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        let listing = unsafe open("/proc/locks", O_RDONLY | O_CLOEXEC)
        guard listing >= 0 else { return nil }
        let file = OpenFile(descriptor: listing, path: "/proc/locks")
        guard let bytes = try? file.read(1 << 20, at: 0) else { return nil }
        // 1: FLOCK  ADVISORY  WRITE 4711 fd:00:131075 0 EOF
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 5, fields[1] == "FLOCK", fields[5].hasSuffix(":\(status.st_ino)") else {
                continue
            }
            return Int(fields[4])
        }
        return nil
    }
}
