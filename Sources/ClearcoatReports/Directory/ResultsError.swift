#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Why results could not be written or read.
public enum ResultsError: Error, Sendable, Hashable {
    /// The output is there and is not a directory.
    case notADirectory(path: String)
    /// There is no such directory to look at, or it holds no results.
    case noResults(path: String)
    /// Something of the names that results have is there, and this program did not write it.
    case foreign(path: String, name: String)
    /// A file that would be written or removed is the picture that it is made from.
    case isInput(path: String)
    /// A file of a name that would be written is there, and this program did not write it.
    case foreignFile(path: String, command: String)
    /// Another run writes to the same directory; its process, where the system tells.
    case inUse(path: String, processID: Int?)
    /// The name of a capture points outside of the results.
    case unsafePath(String)
    /// The system refused; the code is `errno`.
    case system(operation: String, path: String, code: Int32)
    /// A record cannot be written or read.
    case record(path: String, RecordCodingError)
    /// A picture cannot be encoded, with the encoder's words.
    case picture(path: String, String)
}

extension ResultsError: CustomStringConvertible {
    /// One sentence for the operator, with the remedy.
    public var description: String {
        switch self {
        case .notADirectory(let path):
            "the output \(path) is a file; name a new folder, or one without somebody else's records, report.html or the like"
        case .noResults(let path):
            "there are no results in \(path); name a folder that inspect or watch wrote"
        case .foreign(let path, let name):
            "the output \(path) holds \(name) but no summary.json of clearcoat, so it may be somebody else's; "
                + "choose another output, or move that away"
        case .isInput(let path):
            "\(path) is the picture itself, which would be lost; choose another output"
        case .foreignFile(let path, let command):
            "\(path) was not written by clearcoat \(command), so it may be somebody else's; "
                + "choose another output, or move it away"
        case .inUse(let path, let processID):
            "another run\(processID.map { " (process \($0))" } ?? "") is writing to \(path); "
                + "wait for it or choose another output"
        case .unsafePath(let path): "the name \"\(path)\" points outside of the results"
        case .system(let operation, let path, let code):
            "cannot \(operation) \(path): \(Self.text(of: code))\(Self.remedy(for: code).map { "; " + $0 } ?? "")"
        case .record(let path, let error): "\(path): \(error)"
        case .picture(let path, let why): "cannot draw \(path): \(why)"
        }
    }

    /// A stable word for `failures.ndjson`.
    public var code: String {
        switch self {
        case .notADirectory: "output.not-a-directory"
        case .noResults: "output.not-there"
        case .foreign, .foreignFile: "output.foreign"
        case .isInput: "output.is-input"
        case .inUse: "output.in-use"
        case .unsafePath: "output.unsafe-path"
        case .system(_, _, ENOSPC), .system(_, _, EDQUOT): "output.disk-full"
        case .system: "output.not-writable"
        case .record: "output.record"
        case .picture: "output.picture"
        }
    }

    /// Whether something is simply not there.
    var isMissing: Bool {
        if case .system(_, _, ENOENT) = self { true } else { false }
    }

    /// Whether there is no directory: nothing, or something else.
    var isNoDirectory: Bool {
        guard case .system(_, _, let code) = self else { return false }
        return [ENOENT, ENOTDIR, ELOOP].contains(code)
    }

    private static func text(of code: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        // SAFETY: the buffer is as long as it is said to be.
        guard unsafe strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func remedy(for code: Int32) -> String? {
        switch code {
        case ENOSPC: "free some space or choose another output"
        case EDQUOT: "your disk quota is used up; free some space or choose another output"
        case EACCES, EPERM: "choose an output that you may write to"
        case EROFS: "the medium is write-protected; choose another output"
        case ENAMETOOLONG: "shorten the path of the output or of the input folders"
        case EMFILE, ENFILE: "too many files are open; raise the limit with ulimit -n"
        case ENOTDIR, EEXIST, EISDIR, ELOOP:
            "something else of that name is in the way; choose another output"
        case ENOENT: "the output was removed while running, or a folder above it does not exist"
        default: nil
        }
    }
}
