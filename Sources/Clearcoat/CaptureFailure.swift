/// Why a capture could not be inspected.
public struct CaptureFailure: Error, Sendable, Hashable {
    /// Stable words for why; the raw value is what `failures.ndjson` and scripts see.
    public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        /// There is nothing at this path.
        case notFound = "file.not-found"
        /// The system does not let us read it.
        case notPermitted = "file.not-permitted"
        /// A folder, a pipe or a device: not a file.
        case notAFile = "file.not-a-file"
        /// Somebody wrote to it while it was read.
        case changed = "file.changed"
        /// The file has no bytes.
        case empty = "image.empty"
        /// The system failed while reading.
        case readFailed = "file.read-failed"
        /// Neither a PNG nor a JPEG, by its content.
        case notAnImage = "image.unknown-format"
        /// The file ends before the picture does.
        case truncated = "image.truncated"
        /// Broken in another way.
        case malformed = "image.malformed"
        /// A sound file of a kind that is not read, such as a lossless JPEG.
        case unsupported = "image.unsupported"
        /// More bytes than the limit allows.
        case fileTooLarge = "file.too-large"
        /// More pixels than the limit allows.
        case tooLarge = "image.too-large"
        /// More of something else, such as scans, than the limits allow.
        case overLimit = "image.over-limit"
        /// The machine has not enough memory for it.
        case outOfMemory = "image.out-of-memory"
        /// The recipe speaks of millimetres and the picture's scale is unknown.
        case scaleUnknown = "recipe.scale-unknown"
        /// The recipe names a classifier whose file was not read.
        case classifierMissing = "recipe.classifier-missing"
        /// A mask of the recipe is of another size than the picture.
        case maskSize = "recipe.mask-size"
        /// The points of the recipe's scale do not fit pictures of this size.
        case horizon = "recipe.horizon"
        /// The inspection was cancelled before it was done.
        case cancelled = "inspection.cancelled"
        /// An input folder has no image in it, nor below.
        case noImages = "input.no-images"
        /// Another input has the same name in the results.
        case sameName = "input.same-name"
        /// The results could not be written.
        case outputFailed = "output.failed"
    }

    /// The capture's name.
    public var captureID: String
    /// Where it came from: the path as given, or `memory`.
    public var source: String
    /// Why, as a word.
    public var code: Code
    /// Why, as a sentence for the operator that follows the path and a colon.
    public var message: String

    /// A failure from its parts.
    public init(captureID: String, source: String, _ code: Code, _ message: String) {
        self.captureID = captureID
        self.source = source
        self.code = code
        self.message = message
    }

    /// A failure of `capture`.
    public init(of capture: Capture, _ code: Code, _ message: String) {
        self.init(captureID: capture.id, source: capture.sourceDescription, code, message)
    }
}

extension CaptureFailure: CustomStringConvertible {
    /// The path and why, in one line.
    public var description: String { "\(source): \(message)" }
}
