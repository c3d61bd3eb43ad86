import SystemPackage

/// The bytes of a file in blocks of whole lines, read when they are asked for.
struct LineBlocks: AsyncSequence, Sendable {
    typealias Failure = any Error

    /// A few lines.
    struct Block: Sendable {
        /// The number of the first line, from 1.
        var firstLine: Int
        /// The lines with their ends.
        var bytes: [UInt8]
    }

    /// About as many bytes are in a block; more where one line is longer.
    static let blockSize = 4 << 20
    /// A longer line is no record.
    static let maximumLine = 1 << 30

    private let path: FilePath

    /// The file at `path`.
    init(of path: FilePath) { self.path = path }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(path: path) }

    struct AsyncIterator: AsyncIteratorProtocol {
        private let path: FilePath
        private var file: FileDescriptor?
        private var rest: [UInt8] = []
        private var isAtEnd = false
        private var line = 1

        init(path: FilePath) { self.path = path }

        mutating func next() async throws -> Block? { try await next(isolation: nil) }

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> Block? {
            if isAtEnd { return nil }
            let file = try self.file ?? FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            self.file = file
            do {
                var bytes = rest
                rest = []
                var end: Int?
                while end == nil, !isAtEnd {
                    try Task.checkCancellation()
                    let start = bytes.count
                    try append(from: file, to: &bytes)
                    isAtEnd = bytes.count == start
                    end = bytes[start...].lastIndex(of: UInt8(ascii: "\n"))
                    guard bytes.count <= LineBlocks.maximumLine else { throw Errno.fileTooLarge }
                }
                if let end, !isAtEnd {
                    rest = Array(bytes[(end + 1)...])
                    bytes.removeSubrange((end + 1)...)
                }
                if isAtEnd { try close() }
                let block = Block(firstLine: line, bytes: bytes)
                line += bytes.count { $0 == UInt8(ascii: "\n") }
                return bytes.isEmpty ? nil : block
            } catch {
                try? close()
                throw error
            }
        }

        private mutating func close() throws {
            isAtEnd = true
            try file?.close()
            file = nil
        }

        private func append(from file: FileDescriptor, to bytes: inout [UInt8]) throws {
            let piece = try unsafe [UInt8](unsafeUninitializedCapacity: LineBlocks.blockSize) {
                buffer,
                count in
                // SAFETY: the system writes at most the buffer's bytes and says how many.
                unsafe count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            bytes += piece
        }
    }
}
