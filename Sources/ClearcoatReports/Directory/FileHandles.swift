#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A system call's result, once more when a signal came in between.
///
/// - Throws: ``ResultsError/system(operation:path:code:)`` with what was tried and where.
@discardableResult
func call<Result: SignedInteger>(
    _ operation: String,
    _ path: @autoclosure () -> String,
    _ body: () -> Result
) throws(ResultsError) -> Result {
    while true {
        let result = body()
        if result >= 0 { return result }
        if errno != EINTR { throw .system(operation: operation, path: path(), code: errno) }
    }
}

/// Bytes of a path as C wants them.
func terminated(_ path: [UInt8]) -> [CChar] { path.map { CChar(bitPattern: $0) } + [0] }

/// An open directory. Everything below is reached from here, one component at a time and never
/// through a symbolic link, so that no name can lead out of it.
final class Directory: Sendable {
    let descriptor: Int32
    private let place: Place

    /// Where a directory is. Put together for messages only: a tree may be deep.
    private final class Place: Sendable {
        let parent: Place?
        let name: String

        init(_ name: String, in parent: Place? = nil) {
            self.name = name
            self.parent = parent
        }
    }

    private init(descriptor: Int32, place: Place) {
        self.descriptor = descriptor
        self.place = place
    }

    /// For messages.
    var path: String {
        var names: [String] = []
        var next: Place? = place
        while let place = next {
            names.append(place.name)
            next = place.parent
        }
        return names.reversed().joined(separator: "/")
    }

    deinit { close(descriptor) }

    private static let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC

    /// Opens the directory at `path`, made first where it is missing, with those above it.
    convenience init(makingPath path: String) throws(ResultsError) {
        var upTo = path.hasPrefix("/") ? "/" : ""
        for component in path.split(separator: "/") {
            upTo += component
            if unsafe mkdir(upTo, 0o777) != 0 && ![EEXIST, EISDIR].contains(errno) {
                if errno == ENOTDIR { throw .notADirectory(path: path) }
                throw .system(operation: "make the directory", path: upTo, code: errno)
            }
            upTo += "/"
        }
        try self.init(openingPath: path)
    }

    /// Opens the directory at `path`.
    convenience init(openingPath path: String) throws(ResultsError) {
        let descriptor = unsafe open(path, Self.flags)
        if descriptor < 0 && errno == ENOTDIR { throw .notADirectory(path: path) }
        if descriptor < 0 { throw .system(operation: "open the directory", path: path, code: errno) }
        self.init(descriptor: descriptor, place: Place(path))
    }

    /// The directory `name` in this one, made first where it is missing.
    func making(_ name: [UInt8]) throws(ResultsError) -> Directory {
        let place = { self.path + "/" + String(decoding: name, as: UTF8.self) }
        if unsafe mkdirat(descriptor, terminated(name), 0o777) != 0 && errno != EEXIST {
            throw .system(operation: "make the directory", path: place(), code: errno)
        }
        return try opening(name)
    }

    /// The directory `name` in this one.
    func opening(_ name: [UInt8]) throws(ResultsError) -> Directory {
        let place = Place(String(decoding: name, as: UTF8.self), in: place)
        let opened = try call("open the directory", path + "/" + place.name) {
            unsafe openat(descriptor, terminated(name), Self.flags | O_NOFOLLOW)
        }
        return Directory(descriptor: opened, place: place)
    }

    /// The directory below this one along `folders`.
    func opening(_ folders: [[UInt8]]) throws(ResultsError) -> Directory {
        var directory = self
        for folder in folders { directory = try directory.opening(folder) }
        return directory
    }

    /// The directory below this one along `folders`, made where missing.
    func making(_ folders: [[UInt8]]) throws(ResultsError) -> Directory {
        var directory = self
        for folder in folders { directory = try directory.making(folder) }
        return directory
    }

    /// Whether `name` is the file at `path`, under whatever names and links.
    func isFile(_ name: [UInt8], at path: [UInt8]) -> Bool {
        guard let own = FileIdentity(of: name, in: descriptor) else { return false }
        return own == FileIdentity(of: path)
    }

    /// Removes the file `name`, if it is there.
    func remove(_ name: [UInt8]) throws(ResultsError) {
        guard unsafe unlinkat(descriptor, terminated(name), 0) != 0, errno != ENOENT else { return }
        let place = path + "/" + String(decoding: name, as: UTF8.self)
        throw .system(operation: "remove", path: place, code: errno)
    }

    /// Removes the directory `name` if there is nothing in it.
    func removeIfEmpty(_ name: [UInt8]) { unsafe unlinkat(descriptor, terminated(name), AT_REMOVEDIR) }

    /// Makes what was renamed into this directory survive a power cut.
    func synchronize() throws(ResultsError) { try call("write", path) { fsync(descriptor) } }

    /// What is in this directory, in no particular order.
    func entries() throws(ResultsError) -> [Entry] {
        let copy = try call("list", path) { unsafe openat(descriptor, ".", Self.flags) }
        guard let stream = unsafe fdopendir(copy) else {
            close(copy)
            throw .system(operation: "list", path: path, code: errno)
        }
        defer { unsafe closedir(stream) }
        var entries: [Entry] = []
        while let entry = unsafe readdir(stream) {
            // SAFETY: the name is terminated and lives until the next call of readdir.
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
                unsafe Array($0.prefix { $0 != 0 })
            }
            if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { continue }
            var status = stat()
            guard unsafe fstatat(descriptor, terminated(name), &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                continue
            }
            entries.append(Entry(name: name, isDirectory: status.st_mode & S_IFMT == S_IFDIR))
        }
        return entries
    }

    /// Something in a directory.
    struct Entry {
        var name: [UInt8]
        var isDirectory: Bool
    }
}

/// Which file a path leads to: equal for all names and links of the same file.
package struct FileIdentity: Sendable, Hashable {
    private let device: UInt64
    private let number: UInt64

    /// The file at a path, as the system takes it; nil when there is none.
    package init?(of path: [UInt8]) { self.init(of: path, in: AT_FDCWD) }

    fileprivate init?(of path: [UInt8], in directory: Int32) {
        var status = stat()
        guard unsafe fstatat(directory, terminated(path), &status, 0) == 0 else { return nil }
        device = UInt64(truncatingIfNeeded: status.st_dev)
        number = UInt64(truncatingIfNeeded: status.st_ino)
    }
}

/// An open file, closed when nobody holds it any more.
final class OpenFile: Sendable {
    let descriptor: Int32
    let path: String

    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// Appends all of `bytes`.
    func append(_ bytes: [UInt8]) throws(ResultsError) {
        unsafe try writeAll(bytes) { pointer, count, _ in unsafe systemWrite(descriptor, pointer, count) }
    }

    /// Writes all of `bytes` from `offset` on.
    func write(_ bytes: [UInt8], at offset: Int) throws(ResultsError) {
        unsafe try writeAll(bytes) { pointer, count, done in
            unsafe pwrite(descriptor, pointer, count, off_t(offset + done))
        }
    }

    private func writeAll(
        _ bytes: [UInt8],
        _ write: (UnsafeRawPointer?, _ count: Int, _ done: Int) -> Int
    ) throws(ResultsError) {
        var done = 0
        while done < bytes.count {
            done += try call("write", path) {
                // SAFETY: `done` is below the number of bytes, so the pointer and the count stay inside.
                unsafe bytes.withUnsafeBytes { buffer in
                    let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
                    return unsafe write(rest.baseAddress, rest.count, done)
                }
            }
        }
    }

    /// Up to `count` bytes from `offset`; fewer only at the end.
    func read(_ count: Int, at offset: Int) throws(ResultsError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let taken = try call("read", path) {
                unsafe bytes.withUnsafeMutableBytes {
                    unsafe pread(
                        descriptor,
                        $0.baseAddress.map { unsafe $0 + done },
                        count - done,
                        off_t(offset + done)
                    )
                }
            }
            if taken == 0 { break }
            done += taken
        }
        bytes.removeLast(count - done)
        return bytes
    }
}

/// The system's `write`, which a method of that name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    unsafe write(descriptor, bytes, count)
}
