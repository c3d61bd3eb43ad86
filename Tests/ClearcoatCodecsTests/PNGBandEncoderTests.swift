import ClearcoatCodecs
import ClearcoatImage
import ClearcoatTestSupport
import Testing

@Suite struct PNGBandEncoderTests {
    /// What a picture is made of: noise in colour or gray, one of both in each pixel, or runs.
    enum Content: CaseIterable {
        case color, gray, mixed, runs
    }

    /// Whatever the bands, libpng reads back every pixel, and so agrees with every checksum.
    @Test(arguments: Content.allCases)
    func bandsOfAnyHeightMakeAPicture(content: Content) throws {
        var generator = SplitMix64(seed: 71)
        // The widest is summed up in several steps; others end in the middle of one.
        for (width, height) in [(1, 1), (1, 9), (2, 3), (3, 2), (5, 7), (63, 20), (300, 41), (8200, 5)] {
            let picture = picture(width, height, content, using: &generator)
            var encoder = try PNGBandEncoder(width: width, height: height)
            var file = encoder.header
            while encoder.rowCount < height {
                let first = encoder.rowCount
                let count = Int.random(in: 1...min(9, height - first), using: &generator)
                var band = Array(picture[first * width..<(first + count) * width])
                file += encoder.encode(&band)
            }
            let decoded = try ImageDecoder().decodeColor(file)
            #expect(decoded.pixels == .uint8(image(picture, width, height)))
            #expect(decoded.metadata.warnings.isEmpty)
        }
    }

    @Test func grayCostsAsMuchAsColorAtMost() throws {
        var generator = SplitMix64(seed: 72)
        let (width, height) = (400, 300)
        var pixels = picture(width, height, .gray, using: &generator).map { $0 & 0x070707 }
        let whole = try ImageEncoder.png(image(pixels, width, height))
        var encoder = try PNGBandEncoder(width: width, height: height)
        let bytes = encoder.header + encoder.encode(&pixels)
        #expect(bytes.count <= whole.count + 200)
    }

    @Test func theHeaderHoldsWhatIsAsked() throws {
        var options = PNGOptions()
        options.scale = PhysicalScale(mmPerPixel: 0.0625)
        options.text = [.init(key: "Comment", value: "Prüfstand 2")]
        var encoder = try PNGBandEncoder(width: 2, height: 1, options: options)
        var pixels: [UInt32] = [0x010203, 0xFFFFFF]
        let file = encoder.header + encoder.encode(&pixels)
        let metadata = try ImageDecoder().decodeColor(file).metadata
        #expect(metadata.scale == options.scale)
        #expect(metadata.text == options.text)
    }

    @Test func sizesThatCannotBeAreRefused() {
        #expect(throws: ImageEncodingError.noPixels) { try PNGBandEncoder(width: 0, height: 5) }
        #expect(throws: ImageEncodingError.self) { try PNGBandEncoder(width: 5, height: 1 << 31) }
    }

    private func picture(
        _ width: Int,
        _ height: Int,
        _ content: Content,
        using generator: inout SplitMix64
    ) -> [UInt32] {
        var last: UInt32 = 0
        return (0..<width * height).map { _ in
            let random = UInt32(truncatingIfNeeded: generator.next())
            switch content {
            case .color: return random & 0xFFFFFF
            case .gray: return (random & 0xFF) * 0x010101
            case .mixed: return random >> 31 == 0 ? random & 0xFFFFFF : (random & 0xFF) * 0x010101
            case .runs:
                if random >> 24 < 8 {
                    last = random & 0x100 == 0 ? (random & 0xFF) * 0x010101 : random & 0xFFFFFF
                }
                return last
            }
        }
    }

    private func image(_ pixels: [UInt32], _ width: Int, _ height: Int) -> RGBImage<UInt8> {
        func plane(_ shift: UInt32) -> Image<UInt8> {
            Image(
                width: width,
                height: height,
                samples: pixels.map { UInt8(truncatingIfNeeded: $0 >> shift) }
            )
        }
        return RGBImage(red: plane(0), green: plane(8), blue: plane(16))
    }
}
