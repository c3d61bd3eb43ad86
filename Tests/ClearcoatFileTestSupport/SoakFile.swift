import ClearcoatCodecs

/// What a station delivers when things go wrong half of the time.
package enum SoakFile {
    /// A good file, or one of five kinds of broken ones.
    package static func bytes(_ index: Int) throws -> [UInt8] {
        let png = try TestPicture.png(seed: UInt64(index), width: 96, height: 72)
        switch index % 10 {
        case 0: return Array(png.prefix(png.count / 2))
        case 1: return []
        case 2: return Array("GIF89a, or so it says".utf8)
        case 3:
            var bent = png
            bent[png.count / 2] ^= 0x55
            return bent
        case 4:
            var huge = png
            huge.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])
            return huge
        default:
            return index % 2 == 0 ? png : try TestPicture.jpeg(seed: UInt64(index), width: 96, height: 72)
        }
    }
}
