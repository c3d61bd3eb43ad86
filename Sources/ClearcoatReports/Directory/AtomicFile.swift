#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Files that stand under their final name whole or not at all.
///
/// The bytes go to a hidden file in the same directory, are forced to the medium and only then renamed.
/// What a killed run leaves behind is hidden files of one pattern, which the next run removes.
package enum AtomicFile {
    /// Writes one file. Folders above it are made where they are missing.
    ///
    /// - Parameter path: as the system takes it.
    /// - Throws: ``ResultsError``; what had the name before is then still there.
    package static func write(_ bytes: [UInt8], to path: [UInt8]) throws(ResultsError) {
        let slash = path.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { $0 == 0 ? "/" : String(decoding: path[..<$0], as: UTF8.self) } ?? "."
        try Directory(makingPath: folder).write(Array(path[(slash.map { $0 + 1 } ?? 0)...]), bytes)
    }

    /// Whether a file of this name is what a killed run left behind.
    package static func isTemporary(_ name: [UInt8]) -> Bool {
        name.starts(with: prefix.utf8) && name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    /// Not a capture's: random, so that no two writers meet.
    fileprivate static func temporaryName() -> [UInt8] {
        Array((prefix + String(UInt64.random(in: .min ... .max), radix: 36) + suffix).utf8)
    }

    private static let prefix = ".clearcoat-"
    private static let suffix = ".tmp"
}

extension Directory {
    /// Writes a file by letting `body` append to it.
    ///
    /// When anything fails, the final name is as it was before and the hidden file is gone.
    func write(
        _ name: [UInt8],
        _ body: (OpenFile) throws(ResultsError) -> Void
    ) throws(ResultsError) {
        let place = path + "/" + String(decoding: name, as: UTF8.self)
        let hidden = terminated(AtomicFile.temporaryName())
        let file = try create(hidden, place)
        do throws(ResultsError) {
            try body(file)
            try call("write", place) { fdatasync(file.descriptor) }
            try call("write", place) { unsafe renameat(descriptor, hidden, descriptor, terminated(name)) }
        } catch {
            unsafe unlinkat(descriptor, hidden, 0)
            throw error
        }
    }

    /// Writes a file from its bytes.
    func write(_ name: [UInt8], _ bytes: [UInt8]) throws(ResultsError) {
        try write(name) { file throws(ResultsError) in try file.append(bytes) }
    }

    /// An open file without a name, gone when it is closed or the process ends.
    func makeNamelessFile() throws(ResultsError) -> OpenFile {
        let hidden = terminated(AtomicFile.temporaryName())
        let file = try create(hidden, path)
        unsafe unlinkat(descriptor, hidden, 0)
        return file
    }

    /// All bytes of the file `name`; nil when there is none.
    func read(_ name: [UInt8], upTo limit: Int = 1 << 30) throws(ResultsError) -> [UInt8]? {
        let place = path + "/" + String(decoding: name, as: UTF8.self)
        let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK  // never waits for a pipe's other end
        let opened = unsafe openat(descriptor, terminated(name), flags)
        if opened < 0 && errno == ENOENT { return nil }
        if opened < 0 { throw .system(operation: "read", path: place, code: errno) }
        let file = OpenFile(descriptor: opened, path: place)
        var status = stat()
        try call("read", place) { unsafe fstat(opened, &status) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .system(operation: "read", path: place, code: EEXIST)
        }
        guard status.st_size <= limit else { throw .system(operation: "read", path: place, code: EFBIG) }
        return try file.read(Int(status.st_size), at: 0)
    }

    private func create(_ hidden: [CChar], _ place: String) throws(ResultsError) -> OpenFile {
        let descriptor = try call("write", place) {
            unsafe openat(self.descriptor, hidden, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
        }
        return OpenFile(descriptor: descriptor, path: place)
    }
}
