/// What a file may ask for. Every limit is checked before the memory or the time it stands for is spent.
///
/// A file can also not claim more pixels than its bytes could possibly hold: deflate expands at most
/// 1032 times and a JPEG block takes a bit at least, so a few bytes that promise a huge picture are
/// refused as cut short.
public struct DecodingLimits: Sendable, Hashable {
    /// The most pixels a picture may have. 200 million is four times a large industrial camera.
    public var maximumPixels: Int = 200_000_000
    /// The most columns, and the most rows.
    public var maximumDimension: Int = 1_000_000
    /// The most scans a JPEG may have. Ten are usual in a progressive one; thousands would take minutes.
    public var maximumScans: Int = 100
    /// The most bytes of text that are kept from one file, all entries together. Text beyond it is left
    /// out, with a warning.
    public var maximumTextBytes: Int = 256 * 1024
    /// The most bytes of one PNG chunk that are held in memory. Image data is streamed and not meant.
    public var maximumChunkBytes: Int = 8 * 1024 * 1024

    /// The limits written above.
    public init() {}
}
