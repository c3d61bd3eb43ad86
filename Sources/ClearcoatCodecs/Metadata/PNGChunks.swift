extension FileNotes {
    /// Reads the chunks of a PNG that stand beside its image data, before it or after.
    ///
    /// Image data and what is wrong with the chunks' order are left to libpng; here it only ends the reading.
    init(png bytes: [UInt8], limits: DecodingLimits) {
        self.init(limits: limits)
        let reader = ByteReader(bytes[...], isBigEndian: true)
        var physical: Density?
        var offset = ImageFormat.pngSignature.count
        while let length = reader.unsigned32(at: offset), offset + 12 + length <= bytes.count {
            let name = bytes[offset + 4..<offset + 8]
            let content = bytes[offset + 8..<offset + 8 + length]
            let checksum = reader.unsigned32(at: offset + 8 + length) ?? 0
            offset += 12 + length
            let word = String(latin1: name)
            if word == "IEND" { break }
            guard ["pHYs", "eXIf", "tEXt", "iTXt", "zTXt"].contains(word) else { continue }
            guard length <= limits.maximumChunkBytes else {
                warn("a \(word) chunk over the limit was left out")
                continue
            }
            // A scale or an orientation out of damaged bytes would be believed, so it is not read at all.
            guard checksum == Int(crc32(bytes[name.startIndex..<content.endIndex])) else {
                warn("a \(word) chunk with a wrong checksum was ignored")
                continue
            }
            switch word {
            case "pHYs": physical = Self.physicalDensity(content)
            case "eXIf": keep(exif: content)
            case "tEXt": keepLatinText(content)
            case "iTXt": keepInternationalText(content)
            default: warn("compressed text was left out")
            }
        }
        if density?.scale == nil { density = physical ?? density }
    }

    private static func physicalDensity(_ chunk: ArraySlice<UInt8>) -> Density? {
        let reader = ByteReader(chunk, isBigEndian: true)
        guard chunk.count == 9, chunk.last == 1, let x = reader.unsigned32(at: 0),
            let y = reader.unsigned32(at: 4)
        else { return nil }
        return Density(x, y, per: .metre)
    }

    /// PNG's own bound, which also keeps the number of texts under the limit on their bytes.
    private static func isKeyword(_ bytes: ArraySlice<UInt8>) -> Bool { (1...79).contains(bytes.count) }

    /// keyword, zero, text; both Latin-1.
    private mutating func keepLatinText(_ chunk: ArraySlice<UInt8>) {
        guard let zero = chunk.firstIndex(of: 0), Self.isKeyword(chunk[..<zero]) else {
            return warn("a damaged tEXt chunk was ignored")
        }
        keep(text: String(latin1: chunk[(zero + 1)...]), for: String(latin1: chunk[..<zero]))
    }

    /// keyword, zero, compression flag and method, language, zero, translated keyword, zero, text in UTF-8.
    private mutating func keepInternationalText(_ chunk: ArraySlice<UInt8>) {
        let fields = chunk.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        guard fields.count == 2, Self.isKeyword(fields[0]), fields[1].count >= 2 else {
            return warn("a damaged iTXt chunk was ignored")
        }
        guard fields[1].first == 0 else { return warn("compressed text was left out") }
        let rest = fields[1].dropFirst(2).split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
        guard rest.count == 3 else { return warn("a damaged iTXt chunk was ignored") }
        keep(text: String(decoding: rest[2], as: UTF8.self), for: String(latin1: fields[0]))
    }
}

/// The checksum of PNG and zlib: CRC-32 with the reflected polynomial 0xEDB88320.
package func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in crcTable[Int((sum ^ UInt32(byte)) & 0xff)] ^ (sum >> 8) }
}

private let crcTable: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in (value & 1 == 1 ? 0xedb8_8320 : 0) ^ (value >> 1) }
}
