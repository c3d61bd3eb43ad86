import CClearcoatCodecs
import ClearcoatImage

extension ImageEncoder {
    static func encodePNG<S: Sample>(
        _ planes: [Image<S>],
        _ options: PNGOptions
    ) throws(ImageEncodingError) -> [UInt8] {
        try checkSize(planes, .png, maximum: Int(Int32.max))
        let blocks = try pngBlocks(options)
        let raw = (planes[0].width * planes.count * MemoryLayout<S>.size + 1) * planes[0].height
        // Deflate's worst case is a little over the raw size; then the chunks' frames and the text.
        let capacity = raw + raw / 8 + 65536 + blocks.reduce(0) { $0 + $1.bytes.count + 12 }
        return try unsafe encode(planes, blocks, .png, capacity: capacity) {
            input,
            blocks,
            start,
            written,
            report in
            guard let settings = options.compression.settings else {
                return unsafe CClearcoatCodecs_encodeFastPNG(
                    input,
                    blocks.baseAddress,
                    blocks.count,
                    start,
                    capacity,
                    written,
                    report
                )
            }
            return unsafe CClearcoatCodecs_encodePNG(
                input,
                settings,
                blocks.baseAddress,
                blocks.count,
                start,
                capacity,
                written,
                report
            )
        }
    }

    static func pngBlocks(_ options: PNGOptions) throws(ImageEncodingError) -> [FileBlock] {
        var blocks: [FileBlock] = []
        let stored = options.orientation.swapsAxes ? options.scale?.transposed : options.scale
        if let stored {
            let perMetre = [stored.mmPerPixelX, stored.mmPerPixelY].map { mm in
                UInt32(clamping: Int(min(1000 / mm, 0x7fff_ffff).rounded()))
            }
            blocks.append(
                FileBlock(name: "pHYs", bytes: bigEndian(perMetre[0]) + bigEndian(perMetre[1]) + [1])
            )
        }
        if let exif = EXIF.block(orientation: options.orientation, scale: stored) {
            blocks.append(FileBlock(name: "eXIf", bytes: exif))
        }
        for entry in options.text { blocks.append(try textBlock(entry)) }
        return blocks
    }

    /// tEXt where Latin-1 suffices, which every reader knows, else iTXt.
    private static func textBlock(_ entry: ImageMetadata.Text) throws(ImageEncodingError) -> FileBlock {
        guard let key = latin1(entry.key), (1...79).contains(key.count), !key.contains(0),
            key.allSatisfy({ (32...126).contains($0) || $0 >= 161 }), key.first != 32, key.last != 32
        else {
            throw .invalidText(key: entry.key, reason: "a key has 1...79 printable characters of Latin-1")
        }
        guard !entry.value.utf8.contains(0) else {
            throw .invalidText(key: entry.key, reason: "the text contains a zero character")
        }
        if let value = latin1(entry.value) { return FileBlock(name: "tEXt", bytes: key + [0] + value) }
        return FileBlock(name: "iTXt", bytes: key + [0, 0, 0, 0, 0] + Array(entry.value.utf8))
    }

    /// One byte a character; nil when a character has none.
    private static func latin1(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}

extension PNGOptions.Compression {
    /// In zlib's and libpng's numbers; nil for the encoder that needs neither.
    fileprivate var settings: CClearcoatCodecs_compression? {
        switch self {
        case .fast: nil
        // Z_FILTERED, and of all filters the best for each row.
        case .balanced: .init(level: 3, strategy: 1, filters: 0xf8)
        case .small: .init(level: 9, strategy: 1, filters: 0xf8)
        }
    }
}
