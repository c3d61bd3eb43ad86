import ClearcoatCodecs
import ClearcoatImage

/// PNG files, as they come and with their checksums made right: else nothing gets past the first one.
struct PNGTarget: FuzzTarget {
    func run(_ bytes: [UInt8]) {
        decodeInEveryWay(bytes)
        let repaired = withRightChecksums(bytes)
        guard repaired != bytes, let gray = decodeInEveryWay(repaired) else { return }
        switch gray {
        case .uint8(let image):
            let again = try? ImageDecoder().decodeGray(ImageEncoder.png(image)).pixels
            promise(again == .uint8(image), "what is written reads the same")
        case .uint16(let image):
            let again = try? ImageDecoder().decodeGray(ImageEncoder.png(image)).pixels
            promise(again == .uint16(image), "what is written reads the same")
        }
    }

    func seeds() throws -> [[UInt8]] {
        var options = PNGOptions()
        options.compression = .small
        options.text = [.init(key: "Title", value: "door")]
        options.scale = PhysicalScale(mmPerPixel: 0.065)
        options.orientation = .rightTop
        return try [
            ImageEncoder.png(ramp(UInt8.self, width: 9, height: 7)),
            ImageEncoder.png(ramp(UInt16.self, width: 9, height: 7), options: options),
            ImageEncoder.png(colorRamp(UInt8.self, width: 9, height: 7), options: options),
            ImageEncoder.png(colorRamp(UInt16.self, width: 9, height: 7)),
        ]
    }

    let words = [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "tEXt", "zTXt", "iTXt",
        "pHYs",
        "eXIf", "bKGD", "sBIT", "hIST", "sPLT", "tIME", "acTL", "fcTL", "\u{1}", "\u{3}", "\u{10}", "\u{7f}",
    ]
    let maximumLength = 4096
}

/// A PNG file with the right checksum after each whole chunk; any other bytes as they are.
func withRightChecksums(_ bytes: [UInt8]) -> [UInt8] {
    guard ImageFormat(firstBytes: bytes) == .png else { return bytes }
    var file = bytes
    var start = 8
    while start + 12 <= file.count {
        let length = file[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        guard start + 12 + length <= file.count else { break }
        let end = start + 8 + length
        file.replaceSubrange(end..<end + 4, with: bigEndian(crc32(file[start + 4..<end])))
        start = end + 4
    }
    return file
}

/// A chunk with its length and checksum.
func pngChunk(_ name: String, _ content: some Collection<UInt8>) -> [UInt8] {
    let body = Array(name.utf8) + content
    return bigEndian(UInt32(content.count)) + body + bigEndian(crc32(body))
}

private func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
}
