import ClearcoatCodecs
package import ClearcoatImage

/// Small pictures for tests that need some.
package enum TestPicture {
    /// A PNG of plain paint with a dark speck; `seed` makes it differ.
    package static func png(seed: UInt64 = 1, width: Int = 64, height: Int = 48) throws -> [UInt8] {
        try ImageEncoder.png(image(seed: seed, width: width, height: height))
    }

    /// The same picture as a JPEG.
    package static func jpeg(seed: UInt64 = 1, width: Int = 64, height: Int = 48) throws -> [UInt8] {
        try ImageEncoder.jpeg(image(seed: seed, width: width, height: height))
    }

    /// The picture's samples.
    package static func image(seed: UInt64 = 1, width: Int = 64, height: Int = 48) -> Image<UInt8> {
        var generator = SplitMix64(seed: seed)
        var samples = (0..<width * height).map { _ in UInt8(160 + generator.next() % 5) }
        for y in height / 2..<min(height / 2 + 4, height) {
            for x in width / 2..<min(width / 2 + 4, width) { samples[y * width + x] = 60 }
        }
        return Image(width: width, height: height, samples: samples)
    }
}
