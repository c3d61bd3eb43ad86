import ClearcoatCodecs
import ClearcoatImage

/// Everything in a file that is read in Swift: EXIF, density, text. The first byte says what the rest is, and
/// a sound file is put around it.
struct MetadataTarget: FuzzTarget {
    private static let chunks = ["eXIf", "pHYs", "tEXt", "iTXt", "zTXt"]
    private static let png = (try? ImageEncoder.png(ramp(UInt8.self, width: 3, height: 2))) ?? []
    private static let jpeg = (try? ImageEncoder.jpeg(ramp(UInt8.self, width: 3, height: 2))) ?? []

    func run(_ bytes: [UInt8]) {
        guard let kind = bytes.first else { return }
        let content = bytes.dropFirst()
        switch Int(kind) % 8 {
        case let index where index < Self.chunks.count:
            read(Self.inPNG(pngChunk(Self.chunks[index], content)))
            if index == 0 { read(Self.inJPEG(0xe1, Array("Exif\0\0".utf8) + content)) }
        case 5: read(Self.inJPEG(0xe0, Array("JFIF\0".utf8) + content))
        case 6: read(Self.inJPEG(0xfe, content))
        default: read(Array(Self.jpeg.prefix(2)) + content + Self.jpeg.dropFirst(2))
        }
    }

    private func read(_ file: [UInt8]) {
        guard let gray = decodeInEveryWay(file), let metadata = try? ImageDecoder().metadata(of: file) else {
            return
        }
        let isTurned = metadata.orientation.swapsAxes
        promise(gray.width == (isTurned ? 2 : 3) && gray.height == (isTurned ? 3 : 2), "turned as it says")
        if let scale = metadata.scale { promise(scale.mmPerPixel.isFinite, "a finite scale") }
    }

    /// Between the header and the samples.
    private static func inPNG(_ chunk: [UInt8]) -> [UInt8] {
        Array(png.prefix(33)) + chunk + png.dropFirst(33)
    }

    private static func inJPEG(_ marker: UInt8, _ content: some Collection<UInt8>) -> [UInt8] {
        let length = min(content.count + 2, 0xffff)
        let segment = [0xff, marker, UInt8(length >> 8), UInt8(length & 0xff)] + content
        return Array(jpeg.prefix(2)) + segment + jpeg.dropFirst(2)
    }

    func seeds() throws -> [[UInt8]] {
        var options = PNGOptions()
        options.scale = PhysicalScale(mmPerPixelX: 0.065, mmPerPixelY: 0.1)
        options.orientation = .rightTop
        options.text = [.init(key: "Title", value: "door"), .init(key: "Title", value: "漆")]
        let png = try ImageEncoder.png(ramp(UInt8.self, width: 3, height: 2), options: options)
        var seeds: [[UInt8]] = []
        var start = 8
        while start + 12 <= png.count {
            let length = png[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            let name = String(decoding: png[start + 4..<start + 8], as: UTF8.self)
            if let kind = Self.chunks.firstIndex(of: name) {
                seeds.append([UInt8(kind)] + png[start + 8..<start + 8 + length])
            }
            start += length + 12
        }
        let jfif: [UInt8] = [5, 1, 2, 1, 1, 44, 1, 44, 0, 0]
        return seeds + [
            jfif, [6] + Array("Lackfehler 漆\0".utf8), [7, 0xff, 0xfe, 0, 6] + Array("door".utf8),
        ]
    }

    let words = [
        "II*\0\u{8}\0\0\0", "MM\0*\0\0\0\u{8}", "\u{1}\u{12}\0\u{3}", "\u{1}\u{1a}\0\u{5}",
        "\u{1}\u{1b}\0\u{5}",
        "\u{1}\u{28}\0\u{3}", "\u{12}\u{1}\u{3}\0", "\u{1a}\u{1}\u{5}\0", "\0\0\0\u{1}", "\u{7f}",
        "Comment\0",
    ]
    let maximumLength = 1024
}
