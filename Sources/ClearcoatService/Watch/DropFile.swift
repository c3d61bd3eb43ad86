package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file in the drop directory that its writer has closed.
package struct DropFile: Sendable, Hashable {
    /// As the system takes it.
    package var path: FilePath
    /// Below the drop directory.
    package var relative: FilePath
    /// What it was like when it was seen.
    package var state: FileState
    /// Its place in the order of arrival, from 0.
    package var order: Int
    /// Whether nothing of this name was delivered before; false when its content was replaced.
    package var isNew: Bool
}

/// What changes when a file's content does, as far as the system tells without reading it.
package struct FileState: Sendable, Hashable {
    private let identity: FileIdentity
    private let size: Int64
    /// Whether it has bytes to read; a pipe, a device or a link to nothing has none.
    package let isRegular: Bool
    private let modified: Moment
    /// When anything about the file changed last, its name included.
    package let changed: Moment

    /// A point in time as the file system keeps it.
    package struct Moment: Sendable, Hashable {
        /// Since 1970.
        package let seconds: Int
        private let nanoseconds: Int

        fileprivate init(_ time: timespec) {
            seconds = time.tv_sec
            nanoseconds = time.tv_nsec
        }
    }

    /// The file at `path` as it is now, or the link where it leads nowhere; nil when there is none, or a folder.
    package init?(of path: FilePath) {
        let target = try? path.stat()
        guard let status = target ?? (try? path.stat(followTargetSymlink: false)), status.type != .directory
        else { return nil }
        isRegular = status.type == .regular
        identity = FileIdentity(status)
        size = status.size
        modified = Moment(status.st_mtim)
        changed = Moment(status.st_ctim)
    }

    /// Whether the content is the same, as far as this can tell.
    package func hasSameContent(as other: FileState) -> Bool {
        identity == other.identity && size == other.size && modified == other.modified
    }
}

extension FilePath {
    /// Whether somebody has the file open for writing, so that its content may be half a picture.
    ///
    /// Asks the kernel for a read lease, which it grants only when nobody writes. Where the system gives
    /// no leases (some network shares, files of another owner), the answer is no: the file was closed once,
    /// or it would not have been announced.
    package var isBeingWritten: Bool {
        guard let file = try? FileDescriptor.open(self, .readOnly, options: [.nonBlocking, .closeOnExec])
        else { return false }
        defer { try? file.close() }
        guard fcntl(file.rawValue, setLease, Int32(F_RDLCK)) != 0 else {
            _ = fcntl(file.rawValue, setLease, Int32(F_UNLCK))
            return false
        }
        return errno == EAGAIN
    }
}

/// F_SETLEASE of linux/fcntl.h, which Swift's Glibc does not show.
private let setLease: Int32 = 1024
