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
        var image = Image<UInt8>(width: width, height: height, filledWith: 160)
        for index in image.samples.indices { image.samples[index] += UInt8(generator.next() % 5) }
        for y in height / 2..<min(height / 2 + 4, height) {
            for x in width / 2..<min(width / 2 + 4, width) { image[x, y] = 60 }
        }
        return image
    }
}
