public import ClearcoatImage

/// Turns pixels into the bytes of a PNG or JPEG file. Samples are written as they are.
///
/// The same pixels and options give the same bytes, with the same versions of libpng, zlib and libjpeg. A fast
/// PNG does not depend on any of them.
public enum ImageEncoder {
    /// Encodes a gray picture of 8 or 16 bits.
    public static func png(
        _ image: GrayImage,
        options: PNGOptions = .init()
    ) throws(ImageEncodingError) -> [UInt8] {
        switch image {
        case .uint8(let image): try encodePNG([image], options)
        case .uint16(let image): try encodePNG([image], options)
        }
    }

    /// Encodes a gray picture of 8 bits.
    public static func png(
        _ image: Image<UInt8>,
        options: PNGOptions = .init()
    ) throws(ImageEncodingError) -> [UInt8] { try encodePNG([image], options) }

    /// Encodes a gray picture of 16 bits.
    public static func png(
        _ image: Image<UInt16>,
        options: PNGOptions = .init()
    ) throws(ImageEncodingError) -> [UInt8] { try encodePNG([image], options) }

    /// Encodes a colour picture of 8 bits.
    public static func png(
        _ image: RGBImage<UInt8>,
        options: PNGOptions = .init()
    ) throws(ImageEncodingError) -> [UInt8] { try encodePNG([image.red, image.green, image.blue], options) }

    /// Encodes a colour picture of 16 bits.
    public static func png(
        _ image: RGBImage<UInt16>,
        options: PNGOptions = .init()
    ) throws(ImageEncodingError) -> [UInt8] { try encodePNG([image.red, image.green, image.blue], options) }

    /// Encodes a gray picture with some loss.
    ///
    /// - Parameter quality: 1...100, libjpeg's scale; 90 shows no loss to the eye.
    public static func jpeg(
        _ image: Image<UInt8>,
        quality: Int = 90,
        options: JPEGOptions = .init()
    ) throws(ImageEncodingError) -> [UInt8] { try encodeJPEG([image], quality, options) }

    /// Encodes a colour picture with some loss.
    ///
    /// - Parameter quality: 1...100, libjpeg's scale; 90 shows no loss to the eye.
    public static func jpeg(
        _ image: RGBImage<UInt8>,
        quality: Int = 90,
        options: JPEGOptions = .init()
    ) throws(ImageEncodingError) -> [UInt8] {
        try encodeJPEG([image.red, image.green, image.blue], quality, options)
    }
}
