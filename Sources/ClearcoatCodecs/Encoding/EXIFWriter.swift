import ClearcoatImage

extension EXIF {
    /// An EXIF block, beginning with its TIFF header, that says how the picture is turned and how large its
    /// pixels are as stored; nil when there is nothing to say.
    static func block(orientation: Orientation, scale: PhysicalScale?) -> [UInt8]? {
        guard orientation != .topLeft || scale != nil else { return nil }
        // Tag, type (3: 16 bits, 5: fraction), count, and the value or where it stands.
        var entries: [[UInt8]] = [entry(0x0112, type: 3, UInt32(orientation.rawValue) << 16)]
        var fractions: [UInt8] = []
        if let scale {
            let start = UInt32(8 + 2 + 4 * 12 + 4)
            entries.append(entry(0x011a, type: 5, start))
            entries.append(entry(0x011b, type: 5, start + 8))
            entries.append(entry(0x0128, type: 3, 3 << 16))  // to the centimetre
            fractions = pixelsPerCentimetre(scale.mmPerPixelX) + pixelsPerCentimetre(scale.mmPerPixelY)
        }
        let header: [UInt8] =
            [0x4d, 0x4d, 0x00, 0x2a] + bigEndian(UInt32(8)) + bigEndian(UInt16(entries.count))
        return header + entries.flatMap(\.self) + bigEndian(UInt32(0)) + fractions
    }

    private static func entry(_ tag: UInt16, type: UInt16, _ value: UInt32) -> [UInt8] {
        bigEndian(tag) + bigEndian(type) + bigEndian(UInt32(1)) + bigEndian(value)
    }

    /// 10 mm over the size of a pixel, both in the finest decimal part of a millimetre that fits.
    private static func pixelsPerCentimetre(_ mmPerPixel: Double) -> [UInt8] {
        let parts = [1e8, 1e6, 1e4, 1e2].first { mmPerPixel * $0 < 0xffff_ffff } ?? 1
        let denominator = UInt32(clamping: Int((min(mmPerPixel * parts, 0xffff_ffff)).rounded()))
        return bigEndian(UInt32(10 * parts)) + bigEndian(max(denominator, 1))
    }
}

/// The bytes of a number, the most significant one first.
func bigEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    stride(from: number.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
}
