import ClearcoatCodecs
import ClearcoatImage

/// JPEG files.
struct JPEGTarget: FuzzTarget {
    func run(_ bytes: [UInt8]) { decodeInEveryWay(bytes) }

    func seeds() throws -> [[UInt8]] {
        var options = JPEGOptions()
        options.text = [.init(key: "Comment", value: "door")]
        options.scale = PhysicalScale(mmPerPixel: 0.065)
        options.orientation = .leftBottom
        var progressive = options
        progressive.isProgressive = true
        let gray = ramp(UInt8.self, width: 20, height: 17)
        let color = colorRamp(UInt8.self, width: 20, height: 17)
        return try [
            ImageEncoder.jpeg(gray), ImageEncoder.jpeg(gray, options: progressive),
            ImageEncoder.jpeg(color, options: options), ImageEncoder.jpeg(color, options: progressive),
        ]
    }

    let words = [
        "JFIF\0", "Exif\0\0", "Adobe", "ICC_PROFILE\0", "\u{11}\0", "\u{22}\0", "\0\u{3f}\0", "\u{1}\u{3f}",
    ]
    let maximumLength = 4096
}
