import Clearcoat
import Dispatch
import Synchronization
package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The kernel's own queue of changes in folders. It is bounded: a slow reader gets an overflow, not a
/// backlog that grows.
///
/// Files are announced when they are closed after writing or moved in, never when they are created: a
/// file that is still being written is nobody's business but its writer's.
package final class Inotify: FolderEvents {
    private let changes: FileDescriptor
    /// A byte in this pipe ends a wait.
    private let wakeUp: (readEnd: FileDescriptor, writeEnd: FileDescriptor)
    private let listingInterval: Duration?
    /// When ``FolderEvent/listingDue`` comes next.
    private let nextListing: Mutex<ContinuousClock.Instant?>
    /// Its thread sleeps in the kernel while nothing happens.
    private let queue = DispatchQueue(label: "clearcoat.inotify")

    private static let mask = UInt32(
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF
            | IN_ONLYDIR
    )

    /// A queue that watches nothing yet.
    ///
    /// - Parameter interval: how often ``FolderEvent/listingDue`` comes, for what the kernel does not announce:
    ///   links, and what other machines do on a network share. Never when nil.
    package init(listingEvery interval: Duration? = nil) throws(Errno) {
        listingInterval = interval
        nextListing = Mutex(interval.map { ContinuousClock.now + $0 })
        changes = FileDescriptor(rawValue: try checked(inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))))
        var ends: [Int32] = [0, 0]
        try checked(unsafe pipe(&ends))
        for end in ends {
            try checked(fcntl(end, F_SETFL, O_NONBLOCK))
            try checked(fcntl(end, F_SETFD, FD_CLOEXEC))
        }
        wakeUp = (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
    }

    deinit { for file in [changes, wakeUp.readEnd, wakeUp.writeEnd] { try? file.close() } }

    package func watch(_ folder: FilePath) throws(Errno) -> Int32 {
        try checked(
            unsafe folder.withPlatformString { unsafe inotify_add_watch(changes.rawValue, $0, Self.mask) }
        )
    }

    package func unwatch(_ watch: Int32) { _ = inotify_rm_watch(changes.rawValue, watch) }

    package func wake() { _ = try? wakeUp.writeEnd.writeAll([0]) }

    package func next() async throws(Errno) -> [FolderEvent] {
        while !Task.isCancelled {
            let events = try readEvents()
            if isListingDue() { return events + [.listingDue] }
            if !events.isEmpty { return events }
            if takeWakeUp() { return [] }
            await waitUntilReadable()
        }
        return []
    }

    /// Whether ``wake()`` was called since the last time.
    private func takeWakeUp() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe try? wakeUp.readEnd.read(into: $0) }
        return (count ?? 0) > 0
    }

    /// Whether the time has come; it comes again an interval later.
    private func isListingDue() -> Bool {
        guard let listingInterval else { return false }
        return nextListing.withLock { next in
            guard let due = next, due <= .now else { return false }
            next = .now + listingInterval
            return true
        }
    }

    /// Milliseconds until a listing is due, rounded up; -1 for ever.
    private var patience: Int32 {
        guard let due = nextListing.withLock({ $0 }) else { return -1 }
        let milliseconds = (due - .now) / .milliseconds(1)
        return Int32(min(max(milliseconds.rounded(.up), 0), 1e9))
    }

    /// Returns when there is something to read, after ``wake()``, when a listing is due and when the task is
    /// cancelled.
    private func waitUntilReadable() async {
        let descriptors = [changes.rawValue, wakeUp.readEnd.rawValue]
        let patience = patience
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async {
                    var files = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
                    _ = unsafe poll(&files, nfds_t(files.count), patience)
                    continuation.resume()
                }
            }
        } onCancel: {
            wake()
        }
    }

    private func readEvents() throws(Errno) -> [FolderEvent] {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe read(changes.rawValue, $0.baseAddress, $0.count)
        }
        if count < 0 {
            let error = Errno(rawValue: errno)
            if error == .resourceTemporarilyUnavailable || error == .interrupted { return [] }
            throw error
        }
        return Self.events(in: buffer.prefix(count))
    }

    /// Takes the kernel's records apart: number, mask, cookie, length of the name, name filled up with zeros.
    private static func events(in bytes: ArraySlice<UInt8>) -> [FolderEvent] {
        var events: [FolderEvent] = []
        var rest = bytes
        while rest.count >= headerSize {
            let word = { (index: Int) in
                rest.dropFirst(index * 4).prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            }
            let watch = Int32(bitPattern: word(0))
            let mask = Int(word(1))
            let nameLength = Int(word(3))
            let name = rest.dropFirst(headerSize).prefix(nameLength).prefix { $0 != 0 }
            rest = rest.dropFirst(headerSize + nameLength)
            if let event = event(watch, mask, FilePath(bytes: Array(name)).lastComponent) {
                events.append(event)
            }
        }
        return events
    }

    private static let headerSize = 16

    private static func event(_ watch: Int32, _ mask: Int, _ name: FilePath.Component?) -> FolderEvent? {
        let isFolder = mask & Int(IN_ISDIR) != 0
        if mask & Int(IN_Q_OVERFLOW) != 0 { return .overflow }
        if mask & Int(IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF) != 0 { return .ended(watch: watch) }
        guard let name else { return nil }
        if mask & Int(IN_MOVED_FROM | IN_DELETE) != 0 { return .gone(watch: watch, name: name) }
        if isFolder { return .folderAppeared(watch: watch, name: name) }
        // Creation alone says nothing: the file is empty, and its writer has just begun.
        return mask & Int(IN_CLOSE_WRITE | IN_MOVED_TO) != 0 ? .settled(watch: watch, name: name) : nil
    }
}

/// A system call's result, or its error.
@discardableResult
private func checked(_ result: Int32) throws(Errno) -> Int32 {
    if result < 0 { throw Errno(rawValue: errno) }
    return result
}
