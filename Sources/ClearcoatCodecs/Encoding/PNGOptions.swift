public import ClearcoatImage

/// How a PNG is written.
public struct PNGOptions: Sendable, Hashable {
    /// What is spent on a small file. The pixels are the same in any case.
    public enum Compression: Sendable, Hashable, CaseIterable {
        /// For pictures that many will write and few will look at.
        case fast
        /// Smaller, at several times the time.
        case balanced
        /// As small as zlib can make it, at many times the time.
        case small
    }

    /// What is spent on a small file.
    public var compression: Compression = .fast
    /// Text to go with the picture. A key has 1...79 printable characters of Latin-1.
    public var text: [ImageMetadata.Text] = []
    /// The size of a pixel, of the picture as displayed. Written as pHYs in whole pixels to the metre and
    /// exactly in eXIf.
    public var scale: PhysicalScale?
    /// How the samples have to be turned to stand upright. They are written as given; this is only noted.
    public var orientation = Orientation.topLeft

    /// A fast PNG with nothing but its pixels.
    public init() {}
}
