extension FileNotes {
    /// Reads the segments of a JPEG up to its first scan.
    ///
    /// What is wrong with the order of segments is left to libjpeg to find; here it only ends the reading.
    init(jpeg bytes: [UInt8], limits: DecodingLimits) {
        self.init(limits: limits)
        let reader = ByteReader(bytes[...], isBigEndian: true)
        var jfif: Density?
        var offset = 2
        while offset + 4 <= bytes.count, bytes[offset] == 0xff {
            let marker = bytes[offset + 1]
            if marker == 0xff {  // a fill byte
                offset += 1
                continue
            }
            if marker == 0x01 || (0xd0...0xd7).contains(marker) {  // markers without a length
                offset += 2
                continue
            }
            guard marker != 0xda, marker != 0xd9, let length = reader.unsigned16(at: offset + 2), length >= 2,
                offset + 2 + length <= bytes.count
            else { break }
            let content = bytes[offset + 4..<offset + 2 + length]
            switch marker {
            case 0xe0 where content.starts(with: Array("JFIF\0".utf8)):
                jfif = jfif ?? Self.jfifDensity(content)
            case 0xe1 where content.starts(with: Array("Exif\0\0".utf8)): keep(exif: content.dropFirst(6))
            case 0xfe: keep(text: Self.text(of: content), for: "Comment")
            default: break
            }
            offset += 2 + length
        }
        if density?.scale == nil { density = jfif ?? density }
    }

    private static func jfifDensity(_ segment: ArraySlice<UInt8>) -> Density? {
        let reader = ByteReader(segment, isBigEndian: true)
        guard segment.count >= 12, let x = reader.unsigned16(at: 8), let y = reader.unsigned16(at: 10) else {
            return nil
        }
        switch segment[segment.startIndex + 7] {
        case 1: return Density(x, y, per: .inch)
        case 2: return Density(x, y, per: .centimetre)
        default: return nil  // 0: only the ratio of the two is known
        }
    }

    /// UTF-8 where it is sound, else Latin-1, which any bytes are. Zeros at the end are padding.
    private static func text(of bytes: ArraySlice<UInt8>) -> String {
        var bytes = bytes
        while bytes.last == 0 { bytes.removeLast() }
        return String(validating: bytes, as: UTF8.self) ?? String(latin1: bytes)
    }
}

extension String {
    /// Characters 0...255, one a byte.
    init(latin1 bytes: some Sequence<UInt8>) {
        self.init(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
