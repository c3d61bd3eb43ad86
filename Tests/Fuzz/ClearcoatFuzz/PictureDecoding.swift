import ClearcoatCodecs
import ClearcoatImage

// What the targets of both picture formats ask of the decoder.

/// Decodes in every way; checks that they agree and that the limits hold. Returns the gray picture.
@discardableResult
func decodeInEveryWay(_ bytes: [UInt8]) -> GrayImage? {
    var limits = DecodingLimits()
    limits.maximumPixels = 40_000
    limits.maximumDimension = 10_000
    limits.maximumTextBytes = 500
    limits.maximumChunkBytes = 2000
    let decoder = ImageDecoder(limits: limits)
    let metadata = try? decoder.metadata(of: bytes)
    let gray = try? decoder.decodeGray(bytes)
    let color = try? decoder.decodeColor(bytes)
    promise((gray == nil) == (color == nil), "gray and colour are both readable, or neither is")
    guard let gray, let color else { return nil }
    promise(gray.metadata == color.metadata, "both say the same of the file")
    promise(metadata?.width == gray.pixels.width, "the header is right about the width")
    promise(metadata?.height == gray.pixels.height, "the header is right about the height")
    promise(color.pixels.width == gray.pixels.width, "gray and colour are of one size")
    let count = gray.pixels.width * gray.pixels.height
    promise(count > 0 && count <= limits.maximumPixels, "\(count) pixels")
    promise(gray.metadata.text.reduce(0) { $0 + $1.value.utf8.count } <= 500, "text within its limit")
    return gray.pixels
}

/// A small picture in which neighbours are alike.
func ramp<S: Sample & FixedWidthInteger>(_ type: S.Type, width: Int, height: Int) -> Image<S> {
    let step = Int(S.max) / (width + height)
    return Image(
        width: width,
        height: height,
        samples: (0..<width * height).map { index in
            S((index % width + index / width) * step)
        }
    )
}

/// The same in colour.
func colorRamp<S: Sample & FixedWidthInteger>(_ type: S.Type, width: Int, height: Int) -> RGBImage<S> {
    let plane = ramp(S.self, width: width, height: height)
    let other = Image(width: width, height: height, samples: plane.samples.map { S.max - $0 })
    return RGBImage(red: plane, green: other, blue: plane)
}
