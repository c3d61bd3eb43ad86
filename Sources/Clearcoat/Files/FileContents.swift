package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Reading a whole file into memory, and why that may fail.
package enum FileContents {
    /// The bytes of the regular file at `path`.
    ///
    /// Never waits for a pipe's other end, never reads a device, and stops at `limit` whatever size
    /// the system states, since a file may grow while it is read. A file that was written to meanwhile is
    /// refused: what was read may be half of the one and half of the other.
    package static func read(_ path: FilePath, limit: Int) throws(FileReadError) -> [UInt8] {
        do {
            let file = try open(path)
            defer { try? file.close() }
            let status = try file.stat()
            guard status.size <= limit else { throw FileReadError.tooLarge(bytes: status.size, limit: limit) }
            let bytes = try read(file, expecting: Int(status.size), limit: limit)
            guard try file.stat().hasSameContent(as: status) else { throw FileReadError.changed }
            return bytes
        } catch let error as FileReadError {
            throw error
        } catch let error as Errno {
            throw FileReadError(error)
        } catch {
            throw FileReadError.system(.ioError)
        }
    }

    /// The first `count` bytes of the regular file at `path`, fewer when it is shorter.
    package static func prefix(of path: FilePath, count: Int) throws(FileReadError) -> [UInt8] {
        do {
            let file = try open(path)
            defer { try? file.close() }
            return try fill(file, upTo: count)
        } catch let error as FileReadError {
            throw error
        } catch let error as Errno {
            throw FileReadError(error)
        } catch {
            throw FileReadError.system(.ioError)
        }
    }

    /// Opens a regular file, and nothing else: opening alone would set a pipe's writer going, or a device.
    private static func open(_ path: FilePath) throws -> FileDescriptor {
        try refuseOthers(path.stat().type)
        let file = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
        do {
            // Something else may have taken its place.
            try refuseOthers(file.stat().type)
        } catch {
            try? file.close()
            throw error
        }
        return file
    }

    private static func refuseOthers(_ type: FileType) throws {
        if type != .regular { throw FileReadError.notAFile(kind: kind(of: type)) }
    }

    private static func read(_ file: FileDescriptor, expecting size: Int, limit: Int) throws -> [UInt8] {
        // One byte more than stated tells a file that grew from one that did not.
        var bytes = try fill(file, upTo: min(size, limit) + 1)
        while bytes.count > size {
            let more = try fill(file, upTo: 1 << 20)
            if more.isEmpty { break }
            bytes += more
            guard bytes.count <= limit else {
                throw FileReadError.tooLarge(bytes: Int64(bytes.count), limit: limit)
            }
        }
        return bytes
    }

    /// Reads until `count` bytes are there or the file ends.
    private static func fill(_ file: FileDescriptor, upTo count: Int) throws -> [UInt8] {
        try unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = unsafe UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...]
                )
                let read = try unsafe file.read(into: rest)
                if read == 0 { break }
                filled += read
            }
        }
    }

    private static func kind(of type: FileType) -> String {
        switch type {
        case .directory: "a folder"
        case .fifo: "a pipe"
        case .socket: "a socket"
        case .characterSpecial, .blockSpecial: "a device"
        default: "not a regular file"
        }
    }
}

/// Why a file's bytes could not be had.
package enum FileReadError: Error, Hashable {
    /// There is nothing at this path.
    case notFound
    /// The system does not let us.
    case notPermitted
    /// Something else than a file, in words.
    case notAFile(kind: String)
    /// Somebody wrote to it while it was read.
    case changed
    /// More bytes than allowed.
    case tooLarge(bytes: Int64, limit: Int)
    /// Anything else that the system answered.
    case system(Errno)

    fileprivate init(_ error: Errno) {
        self =
            switch error {
            case .noSuchFileOrDirectory, .notDirectory: .notFound
            case .permissionDenied, .notPermitted: .notPermitted
            case .isDirectory: .notAFile(kind: "a folder")
            default: .system(error)
            }
    }

    /// The word that a failure carries.
    package var code: CaptureFailure.Code {
        switch self {
        case .notFound: .notFound
        case .notPermitted: .notPermitted
        case .notAFile: .notAFile
        case .changed: .changed
        case .tooLarge: .fileTooLarge
        case .system: .readFailed
        }
    }
}

extension FileReadError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notFound: "there is no such file"
        case .notPermitted: "the file may not be read (permission denied)"
        case .notAFile(let kind): "this is \(kind), not a file"
        case .changed: "the file was written to while it was read"
        case .tooLarge(let bytes, let limit): "the file has \(bytes) bytes; the limit is \(limit)"
        case .system(let error): "the file cannot be read: \(error)"
        }
    }
}

extension Stat {
    /// Whether nothing was written between this and another look at the same file.
    package func hasSameContent(as other: Stat) -> Bool {
        size == other.size && st_mtim.tv_sec == other.st_mtim.tv_sec
            && st_mtim.tv_nsec == other.st_mtim.tv_nsec
    }
}
