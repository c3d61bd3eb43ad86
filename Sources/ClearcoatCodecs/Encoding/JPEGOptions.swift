public import ClearcoatImage

/// How a JPEG is written, besides its quality.
public struct JPEGOptions: Sendable, Hashable {
    /// How many pixels share one colour. Brightness always has its own.
    public enum ChromaSubsampling: Sendable, Hashable, CaseIterable {
        /// Every pixel has its own, 4:4:4. For thin coloured lines, such as drawn contours.
        case none
        /// Two side by side share, 4:2:2.
        case horizontal
        /// Four in a square share, 4:2:0. For photographs.
        case both
    }

    /// How many pixels share one colour; nothing for a gray picture.
    public var chromaSubsampling: ChromaSubsampling = .both
    /// Whether the file holds a coarse picture first and refines it: smaller, slower on both sides.
    public var isProgressive = false
    /// Text to go with the picture, each a comment segment: "key: value", or the value alone where the
    /// key is "Comment".
    public var text: [ImageMetadata.Text] = []
    /// The size of a pixel, of the picture as displayed. Written rounded in JFIF and exactly in EXIF.
    public var scale: PhysicalScale?
    /// How the samples have to be turned to stand upright. They are written as given; this is only noted,
    /// in EXIF.
    public var orientation = Orientation.topLeft

    /// A baseline JPEG with shared colours and nothing but its pixels.
    public init() {}
}
