public import ClearcoatImage

/// Turns the bytes of a PNG or JPEG file into pixels.
///
/// What it does to samples, and what not:
/// - The picture comes upright: EXIF orientation is applied, also to size and scale.
/// - 16 bits stay 16 and 8 stay 8. Gray of 1, 2 and 4 bits is spread over the whole range of 8 (times 255,
///   85, 17); a palette is looked up.
/// - Pixels are taken as encoded: gamma, chromaticities and colour profiles are not applied.
/// - Gray from colour is Rec. 601 luma, (19595 R + 38470 G + 7471 B) / 65536 rounded to nearest. A JPEG
///   stores just that as Y, so its Y is taken and its colour not even computed.
/// - Transparent pixels are laid over black, whatever background the file suggests: sample · alpha / maximum,
///   rounded to nearest. What cannot be seen is then black like any place without light, and an inspection
///   leaves it out instead of calling it clean.
/// - CMYK and YCCK are taken as ideal inks, R = C · K / 255 of the inverted inks, without a profile;
///   Adobe's inverted storage is recognised.
/// - JPEG is decoded with the exact integer transform and smooth chroma, as libjpeg does by default.
///
/// A file that lost image data never becomes a picture, see ``ImageDecodingError``; harmless complaints are
/// kept in ``ImageMetadata/warnings``. Arithmetic-coded JPEG is refused, since nothing in it shows a loss;
/// so are lossless JPEG and JPEG of 12 bits.
///
/// Memory: the samples returned, the same again while a picture is turned, and at most 6 bytes a pixel in
/// libjpeg for a progressive, or 8 here for an interlaced picture.
///
/// Time grows with pixels and bytes; a progressive picture takes as long again for every scan, of which
/// ``DecodingLimits/maximumScans`` are allowed.
public struct ImageDecoder: Sendable {
    /// What a file may ask for.
    public let limits: DecodingLimits

    /// A decoder with limits. It holds no other state: use one from any number of threads.
    public init(limits: DecodingLimits = .init()) { self.limits = limits }

    /// What the file says about its picture, from its header alone; no pixel is decoded.
    public func metadata(of bytes: [UInt8]) throws(ImageDecodingError) -> ImageMetadata {
        try ImageFile(bytes, limits: limits).metadata
    }

    /// The picture in gray, or the luma of a colour picture.
    public func decodeGray(
        _ bytes: [UInt8],
        cancellation: CancellationFlag? = nil
    ) throws(ImageDecodingError) -> DecodedImage<GrayImage> {
        var file = try ImageFile(bytes, limits: limits)
        let pixels: GrayImage =
            if file.metadata.bitDepth == 16 {
                .uint16(try file.planes(1, of: UInt16.self, cancellation)[0])
            } else {
                .uint8(try file.planes(1, of: UInt8.self, cancellation)[0])
            }
        return DecodedImage(pixels: pixels, metadata: file.metadata)
    }

    /// The picture in gray and, where the file has any, the colours of its cells of 4 × 4 pixels.
    ///
    /// The gray picture is the one of ``decodeGray(_:cancellation:)``, bit for bit; a gray file costs nothing more, a
    /// colour one less than a byte a pixel.
    public func decodeGrayAndColour(
        _ bytes: [UInt8],
        cancellation: CancellationFlag? = nil
    ) throws(ImageDecodingError) -> (picture: DecodedImage<GrayImage>, colour: ColourCells?) {
        var file = try ImageFile(bytes, limits: limits)
        if file.metadata.bitDepth == 16 {
            let (gray, colour) = try file.grayAndColour(of: UInt16.self, cancellation)
            return (DecodedImage(pixels: .uint16(gray), metadata: file.metadata), colour)
        }
        let (gray, colour) = try file.grayAndColour(of: UInt8.self, cancellation)
        return (DecodedImage(pixels: .uint8(gray), metadata: file.metadata), colour)
    }

    /// The picture in colour. The planes of a gray picture are the same and share their storage.
    public func decodeColor(
        _ bytes: [UInt8],
        cancellation: CancellationFlag? = nil
    ) throws(ImageDecodingError) -> DecodedImage<ColorImage> {
        var file = try ImageFile(bytes, limits: limits)
        let pixels: ColorImage =
            if file.metadata.bitDepth == 16 {
                .uint16(try file.color(of: UInt16.self, cancellation))
            } else {
                .uint8(try file.color(of: UInt8.self, cancellation))
            }
        return DecodedImage(pixels: pixels, metadata: file.metadata)
    }

    /// Red, green, blue and alpha as stored, nothing laid over anything: what conformance is tested on.
    package func decodeStoredRGBA<S: Sample>(
        _ bytes: [UInt8],
        as type: S.Type
    ) throws(ImageDecodingError) -> [Image<S>] {
        var file = try ImageFile(bytes, limits: limits)
        return try file.planes(3, of: S.self, withAlpha: true, nil)
    }
}

extension ImageFile {
    fileprivate mutating func color<S: Sample>(
        of type: S.Type,
        _ cancellation: CancellationFlag?
    ) throws(ImageDecodingError) -> RGBImage<S> {
        if metadata.colorKind == .gray {
            let gray = try planes(1, of: S.self, cancellation)[0]
            return RGBImage(red: gray, green: gray, blue: gray)
        }
        let planes = try planes(3, of: S.self, cancellation)
        return RGBImage(red: planes[0], green: planes[1], blue: planes[2])
    }
}
