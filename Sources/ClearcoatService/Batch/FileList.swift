public import Clearcoat
import Dispatch
import Synchronization
public import SystemPackage

/// Captures whose paths arrive one a line, as another program finds them; each is named by its path. A zero byte
/// ends a path like the end of a line; where paths may hold line ends themselves, ``Separator/zero`` lets only
/// zero bytes do so, as `find -print0` writes them.
///
/// Reading waits in a thread of its own, and stops while ``capacity`` paths wait for their turn, so that
/// a fast writer does not fill the memory and a slow one does not hold up an inspection.
public struct FileList: AsyncSequence, Sendable {
    /// A capture for each line.
    public typealias Element = Capture
    /// A list that cannot be read any further has ended; ``readError`` tells.
    public typealias Failure = Never

    /// How many paths are read ahead.
    public static let capacity = 1000

    private let file: FileDescriptor
    private let separator: Separator
    private let stop: StopSignal
    private let progress = Progress()

    /// What ends a path.
    public enum Separator: Sendable, Hashable {
        /// The end of a line, with or without a carriage return, or a zero byte.
        case line
        /// A zero byte alone, so that every name can be said.
        case zero
    }

    /// Why the list ended before its end, once it has; nil while it is read and after it was read to the end.
    public var readError: Errno? { progress.error.withLock { $0 } }

    /// What became of the reading.
    fileprivate final class Progress: Sendable {
        let error = Mutex<Errno?>(nil)
    }

    /// The lines of `file`, such as standard input, until it ends or `stop` is raised. Empty lines are left
    /// out.
    public init(_ file: FileDescriptor, separator: Separator = .line, stop: StopSignal) {
        self.file = file
        self.separator = separator
        self.stop = stop
    }

    /// Begins to read.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(file, separator, stop, progress) }

    /// Hands the paths over as they come.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let places: DispatchSemaphore
        private let stop: StopSignal
        private var paths: AsyncStream<FilePath>.Iterator

        fileprivate init(
            _ file: FileDescriptor,
            _ separator: Separator,
            _ stop: StopSignal,
            _ progress: Progress
        ) {
            // Counted up from 0: a semaphore may not go with less than it began with.
            let places = DispatchSemaphore(value: 0)
            for _ in 0..<FileList.capacity { places.signal() }
            let (stream, continuation) = AsyncStream.makeStream(of: FilePath.self)
            DispatchQueue(label: "clearcoat.file-list").async {
                var lines = LineSplitter(separator)
                func deliver(_ line: [UInt8]) {
                    if line.isEmpty || stop.isRaised { return }
                    places.wait()
                    continuation.yield(FilePath(bytes: line))
                }
                do throws(Errno) {
                    while !stop.isRaised, let bytes = try file.nextBytes() { lines.add(bytes, deliver) }
                } catch {
                    progress.error.withLock { $0 = error }
                }
                lines.finish(deliver)
                continuation.finish()
            }
            // Whoever waits for a writer that says nothing is to learn of the end, and so is the reader when
            // it waits for a place.
            stop.whenRaised {
                continuation.finish()
                places.signal()
            }
            self.stop = stop
            self.places = places
            paths = stream.makeAsyncIterator()
        }

        /// The next capture; nil at the end and after the stop.
        public mutating func next() async -> Capture? { await next(isolation: nil) }

        /// The next capture; nil at the end and after the stop.
        public mutating func next(isolation actor: isolated (any Actor)?) async -> Capture? {
            guard let path = await paths.next(isolation: actor), !stop.isRaised else { return nil }
            places.signal()
            return Capture(listed: path)
        }
    }

    /// All paths, read at once.
    ///
    /// - Throws: an error of the system when the list cannot be read to its end.
    public static func all(
        in file: FileDescriptor,
        separator: Separator = .line
    ) throws(Errno) -> [FilePath] {
        var paths: [FilePath] = []
        var lines = LineSplitter(separator)
        while let bytes = try file.nextBytes() { lines.add(bytes) { paths.append(FilePath(bytes: $0)) } }
        lines.finish { paths.append(FilePath(bytes: $0)) }
        return paths.filter { !$0.isEmpty }
    }
}

/// Cuts bytes into paths. A carriage return before a line end is part of the line end.
struct LineSplitter {
    private let separator: FileList.Separator
    private var rest: [UInt8] = []

    init(_ separator: FileList.Separator) { self.separator = separator }

    mutating func add(_ bytes: [UInt8], _ deliver: ([UInt8]) -> Void) {
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(where: isEnd) {
            rest += bytes[start..<end]
            finish(deliver)
            start = end + 1
        }
        rest += bytes[start...]
    }

    mutating func finish(_ deliver: ([UInt8]) -> Void) {
        if separator == .line, rest.last == UInt8(ascii: "\r") { rest.removeLast() }
        if !rest.isEmpty { deliver(rest) }
        rest = []
    }

    /// No path can hold a zero byte, so it ends one in any case.
    private func isEnd(_ byte: UInt8) -> Bool {
        byte == 0 || (separator == .line && byte == UInt8(ascii: "\n"))
    }
}

extension FileDescriptor {
    /// What can be read now, waiting for it if need be; nil at the end.
    fileprivate func nextBytes() throws(Errno) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count: Int
        do {
            count = try unsafe bytes.withUnsafeMutableBytes { unsafe try read(into: $0) }
        } catch {
            throw error as? Errno ?? .ioError
        }
        guard count > 0 else { return nil }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}
