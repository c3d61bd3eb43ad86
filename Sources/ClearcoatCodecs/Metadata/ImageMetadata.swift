public import ClearcoatImage

/// What a file says about its picture besides the samples.
public struct ImageMetadata: Sendable, Hashable {
    /// How colours are stored.
    public enum ColorKind: String, Sendable, Hashable {
        /// Brightness alone.
        case gray
        /// Red, green and blue.
        case rgb
        /// Indexes into a table of colours.
        case palette
        /// JPEG's luma and two colour differences.
        case yCbCr
        /// Printing inks, also as YCCK.
        case cmyk
    }

    /// A piece of text that the file carries.
    public struct Text: Sendable, Hashable {
        /// PNG's keyword, such as "Description"; "Comment" for a JPEG comment.
        public var key: String
        /// The text itself.
        public var value: String

        /// A piece of text and what it is called.
        public init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    /// Told by content.
    public var format: ImageFormat
    /// Columns as displayed, after ``orientation``.
    public var width: Int
    /// Rows as displayed, after ``orientation``.
    public var height: Int
    /// Bits a sample as stored: 1, 2, 4, 8 or 16; of the index where ``colorKind`` is a palette.
    public var bitDepth: Int
    /// How colours are stored.
    public var colorKind: ColorKind
    /// Whether pixels may be transparent. Such a picture is decoded laid over black.
    public var hasAlpha: Bool
    /// How the stored samples were turned; already applied to decoded pixels, ``width`` and ``height``.
    public var orientation: Orientation
    /// The size of a pixel, as displayed, from the file's density; nil where it has none, or one of the
    /// densities that programs write when they know none (1, 72 and 96 to the inch).
    public var scale: PhysicalScale?
    /// Text in file order. Compressed text is left out, with a warning.
    public var text: [Text]
    /// Complaints about the file that leave every pixel as it was stored.
    public var warnings: [String]
}

/// Pixels with what their file said about them.
public struct DecodedImage<Pixels: Sendable>: Sendable {
    /// The picture as displayed, after its orientation was applied.
    public let pixels: Pixels
    /// What the file said.
    public let metadata: ImageMetadata

    /// Joins the two.
    public init(pixels: Pixels, metadata: ImageMetadata) {
        self.pixels = pixels
        self.metadata = metadata
    }
}

/// A colour picture as the camera stored it: 8 or 16 bits a sample.
public enum ColorImage: Sendable, Hashable {
    /// Samples 0...255.
    case uint8(RGBImage<UInt8>)
    /// Samples 0...65535.
    case uint16(RGBImage<UInt16>)

    /// The number of columns, in pixels.
    public var width: Int {
        switch self {
        case .uint8(let image): image.width
        case .uint16(let image): image.width
        }
    }

    /// The number of rows, in pixels.
    public var height: Int {
        switch self {
        case .uint8(let image): image.height
        case .uint16(let image): image.height
        }
    }
}
