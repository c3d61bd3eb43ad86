/// Just enough of PNG's outside to make files that no encoder would.
enum PNGFile {
    static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

    static func number(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return number(UInt32(content.count)) + body + number(checksum(body))
    }

    /// IHDR of a gray picture that is not interlaced.
    static func header(width: UInt32, height: UInt32, depth: UInt8 = 8) -> [UInt8] {
        chunk("IHDR", number(width) + number(height) + [depth, 0, 0, 0, 0])
    }

    /// CRC-32 bit by bit, from its definition.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum = ~UInt32(0)
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = (sum & 1 == 1 ? 0xedb8_8320 : 0) ^ (sum >> 1) }
        }
        return ~sum
    }

    /// Gives every whole chunk its right checksum; leaves alone what is no PNG.
    static func repairChecksums(_ file: inout [UInt8]) {
        guard file.starts(with: signature) else { return }
        var start = 8
        while start + 12 <= file.count {
            let length = file[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            guard start + 12 + length <= file.count else { return }
            let end = start + 8 + length
            file.replaceSubrange(end..<end + 4, with: number(checksum(Array(file[start + 4..<end]))))
            start = end + 4
        }
    }
}
