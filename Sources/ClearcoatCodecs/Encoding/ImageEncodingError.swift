/// Why an image did not become a file.
public enum ImageEncodingError: Error, Hashable, Sendable {
    /// There is no pixel, and neither format can say that.
    case noPixels
    /// More columns or rows than the format can hold.
    case tooLarge(ImageFormat, width: Int, height: Int, maximumDimension: Int)
    /// A JPEG's quality is 1...100.
    case invalidQuality(Int)
    /// A keyword or a text that the format cannot hold.
    case invalidText(key: String, reason: String)
    /// The library failed.
    case failed(ImageFormat, libraryMessage: String)
}

extension ImageEncodingError: CustomStringConvertible {
    /// One sentence, to follow a path and a colon.
    public var description: String {
        switch self {
        case .noPixels:
            "a picture without pixels cannot be written"
        case .tooLarge(let format, let width, let height, let maximum):
            "\(width) x \(height) pixels do not fit a \(format.rawValue) file, which holds \(maximum) a side; crop the picture"
        case .invalidQuality(let quality):
            "JPEG quality \(quality) is not 1...100"
        case .invalidText(let key, let reason):
            "the text \"\(key)\" cannot be written: \(reason)"
        case .failed(let format, let message):
            "the \(format.rawValue) encoder failed: \(message)"
        }
    }
}
