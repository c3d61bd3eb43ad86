/// Why a file did not become an image.
///
/// One case for each thing a caller would do differently, never one for each line that can fail.
/// ``description`` is one sentence for the operator that says what is wrong and what helps; it starts
/// in lower case and has no full stop, so that a caller can put the path in front of it.
public enum ImageDecodingError: Error, Hashable, Sendable {
    /// The first bytes are no format we read. Sort the file out of the intake.
    case unknownFormat(firstBytes: [UInt8])
    /// The file ends before the picture does. `rowsGood` rows from the top were complete, of `rows`; both
    /// are 0 when it ends in the header. A progressive or interlaced picture has no good row until its
    /// last pass.
    case truncated(ImageFormat, rowsGood: Int, of: Int)
    /// The file is broken in another way: a checksum is wrong, a code is impossible.
    case malformed(ImageFormat, libraryMessage: String)
    /// A sound file of a kind that is not read, such as lossless JPEG.
    case unsupported(ImageFormat, reason: String)
    /// More pixels, columns or rows than ``DecodingLimits`` allows; refused before memory was taken.
    case tooLarge(width: Int, height: Int, maximumPixels: Int)
    /// Another of the ``DecodingLimits`` would be passed.
    case overLimit(ImageFormat, reason: String)
    /// There was no memory for the picture.
    case outOfMemory(width: Int, height: Int)
    /// The ``CancellationFlag`` was raised.
    case cancelled
}

extension ImageDecodingError {
    /// A stable word for programs: never translated, never changed within a major version.
    public var code: String {
        switch self {
        case .unknownFormat(let bytes): bytes.isEmpty ? "image.empty" : "image.unknown-format"
        case .truncated: "image.truncated"
        case .malformed: "image.malformed"
        case .unsupported: "image.unsupported"
        case .tooLarge: "image.too-large"
        case .overLimit: "image.over-limit"
        case .outOfMemory: "image.out-of-memory"
        case .cancelled: "image.cancelled"
        }
    }

    /// Whether the same file may be sound a moment later, because its writer may not have finished.
    public var mayStillBeWriting: Bool {
        switch self {
        case .truncated: true
        case .unknownFormat(let bytes): bytes.count < 8
        default: false
        }
    }
}

extension ImageDecodingError: CustomStringConvertible {
    /// One sentence for the operator, to follow a path and a colon.
    public var description: String {
        switch self {
        case .unknownFormat(let bytes) where bytes.isEmpty:
            "the file is empty; write the picture again"
        case .unknownFormat(let bytes):
            "not a PNG or JPEG file (it starts with \(Self.hexadecimal(bytes))); save it as PNG or JPEG"
        case .truncated(let format, _, of: 0):
            "the \(format.rawValue) file is cut short before its first row; copy it again"
        case .truncated(let format, let rowsGood, let rows):
            "the \(format.rawValue) file is cut short: \(rowsGood) of \(rows) rows are good; copy it again"
        case .malformed(let format, let message):
            "the \(format.rawValue) file is broken (\(message)); copy it again or take the picture again"
        case .unsupported(let format, let reason):
            "this kind of \(format.rawValue) is not supported: \(reason); save it as ordinary PNG or JPEG"
        case .tooLarge(let width, let height, let maximum) where width * height <= maximum:
            "\(width) x \(height) pixels have a side over the limit; crop the picture or raise the limit"
        case .tooLarge(let width, let height, let maximum):
            "\(width) x \(height) pixels is over the limit of \(maximum) pixels; crop the picture or raise the limit"
        case .overLimit(let format, let reason):
            "the \(format.rawValue) file asks for too much: \(reason); save it again as ordinary PNG or JPEG"
        case .outOfMemory(let width, let height):
            "no memory for \(width) x \(height) pixels; run fewer jobs at a time"
        case .cancelled:
            "decoding was cancelled"
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }
}
