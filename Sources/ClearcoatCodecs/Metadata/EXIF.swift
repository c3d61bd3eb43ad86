/// The few fields of an EXIF block that this package uses.
///
/// - Reference: CIPA DC-008 (EXIF 2.32); TIFF 6.0 for the structure.
struct EXIF: Sendable, Hashable {
    /// Tag 0x0112, as it stands; 1...8 when sound.
    var orientation: Int?
    /// From tags 0x011A, 0x011B and 0x0128.
    var density: Density?

    /// Reads a block that begins with its TIFF header; nil when it is no sound one. Reads nothing
    /// outside `bytes` and follows no link, so the time is proportional to its size.
    init?(_ bytes: ArraySlice<UInt8>) {
        let reader: ByteReader
        switch bytes.prefix(4) {
        case [0x49, 0x49, 0x2a, 0x00]: reader = ByteReader(bytes, isBigEndian: false)
        case [0x4d, 0x4d, 0x00, 0x2a]: reader = ByteReader(bytes, isBigEndian: true)
        default: return nil
        }
        guard let directory = reader.unsigned32(at: 4), let count = reader.unsigned16(at: directory) else {
            return nil
        }
        var x: Fraction?
        var y: Fraction?
        var unit = 2
        for index in 0..<count {
            let entry = directory + 2 + index * 12
            guard let tag = reader.unsigned16(at: entry), let type = reader.unsigned16(at: entry + 2),
                let value = reader.unsigned32(at: entry + 8)
            else { return nil }
            switch (tag, type) {
            case (0x0112, 3): orientation = reader.unsigned16(at: entry + 8)
            case (0x011a, 5): x = reader.fraction(at: value)
            case (0x011b, 5): y = reader.fraction(at: value)
            case (0x0128, 3): unit = reader.unsigned16(at: entry + 8) ?? 2
            default: break
            }
        }
        if let x, let y, let unit = [2: Density.Unit.inch, 3: .centimetre][unit] {
            density = Density(x, y, per: unit)
        }
    }
}

/// Numbers out of bytes that may lie about where they end: nil instead of a read outside.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private let isBigEndian: Bool

    init(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) {
        self.bytes = bytes
        self.isBigEndian = isBigEndian
    }

    func unsigned16(at offset: Int) -> Int? { unsigned(at: offset, count: 2) }

    func unsigned32(at offset: Int) -> Int? { unsigned(at: offset, count: 4) }

    /// Two 32-bit numbers, neither of them zero.
    func fraction(at offset: Int) -> Fraction? {
        guard let numerator = unsigned32(at: offset), let denominator = unsigned32(at: offset + 4),
            numerator > 0, denominator > 0
        else { return nil }
        return Fraction(Double(numerator), Double(denominator))
    }

    private func unsigned(at offset: Int, count: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - count else { return nil }
        let start = bytes.startIndex + offset
        return bytes[start..<start + count].enumerated().reduce(0) { sum, item in
            let place = isBigEndian ? count - 1 - item.offset : item.offset
            return sum | Int(item.element) << (8 * place)
        }
    }
}
