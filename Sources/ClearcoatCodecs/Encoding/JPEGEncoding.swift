import CClearcoatCodecs
import ClearcoatImage

extension ImageEncoder {
    static func encodeJPEG(
        _ planes: [Image<UInt8>],
        _ quality: Int,
        _ options: JPEGOptions
    ) throws(ImageEncodingError) -> [UInt8] {
        guard (1...100).contains(quality) else { throw .invalidQuality(quality) }
        try checkSize(planes, .jpeg, maximum: 65500)  // libjpeg's; the format's would be 65535
        let blocks = try jpegBlocks(options)
        // Blocks are whole and a sample never takes more than two bytes; then the tables and the text.
        let padded = (planes[0].width + 16) * (planes[0].height + 16)
        let capacity = padded * planes.count * 2 + 65536 + blocks.reduce(0) { $0 + $1.bytes.count + 4 }
        let settings = settings(quality, options)
        return try unsafe encode(planes, blocks, .jpeg, capacity: capacity) {
            input,
            blocks,
            start,
            written,
            report in
            unsafe CClearcoatCodecs_encodeJPEG(
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

    private static func settings(_ quality: Int, _ options: JPEGOptions) -> CClearcoatCodecs_jpegOptions {
        var settings = CClearcoatCodecs_jpegOptions()
        settings.quality = Int32(quality)
        settings.progressive = options.isProgressive ? 1 : 0
        settings.horizontalSampling = options.chromaSubsampling == .none ? 1 : 2
        settings.verticalSampling = options.chromaSubsampling == .both ? 2 : 1
        // 0 to the unit with 1 : 1 says that nothing is known.
        settings.densityX = 1
        settings.densityY = 1
        if let scale = options.orientation.swapsAxes ? options.scale?.transposed : options.scale {
            let perCentimetre = [10 / scale.mmPerPixelX, 10 / scale.mmPerPixelY].map { $0.rounded() }
            if perCentimetre.allSatisfy({ (1...65535).contains($0) }) {
                settings.densityUnit = 2
                settings.densityX = UInt16(perCentimetre[0])
                settings.densityY = UInt16(perCentimetre[1])
            }
        }
        return settings
    }

    private static func jpegBlocks(_ options: JPEGOptions) throws(ImageEncodingError) -> [FileBlock] {
        var blocks: [FileBlock] = []
        let stored = options.orientation.swapsAxes ? options.scale?.transposed : options.scale
        if let exif = EXIF.block(orientation: options.orientation, scale: stored) {
            blocks.append(FileBlock(marker: 0xe1, bytes: Array("Exif\0\0".utf8) + exif))
        }
        for entry in options.text {
            let bytes = Array((entry.key == "Comment" ? entry.value : entry.key + ": " + entry.value).utf8)
            guard bytes.count <= 65533 else {
                throw .invalidText(
                    key: entry.key,
                    reason: "a JPEG comment holds 65533 bytes, this has \(bytes.count)"
                )
            }
            blocks.append(FileBlock(marker: 0xfe, bytes: bytes))
        }
        return blocks
    }
}
