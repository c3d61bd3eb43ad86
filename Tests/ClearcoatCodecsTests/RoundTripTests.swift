import ClearcoatCodecs
import ClearcoatImage
import ClearcoatTestSupport
import Testing

/// What our encoders write, our decoders read.
@Suite struct RoundTripTests {
    @Test(arguments: PNGOptions.Compression.allCases)
    func pngKeepsEverySample(compression: PNGOptions.Compression) throws {
        var generator = SplitMix64(seed: 1)
        let decoder = ImageDecoder()
        var options = PNGOptions()
        options.compression = compression
        for (width, height) in smallSizes + [(300, 200)] where width > 0 && height > 0 {
            // Noise, and a picture that compresses.
            for maximum in [UInt8(255), 1] {
                let planes8 = (0..<3).map { _ in
                    Image<UInt8>.random(width: width, height: height, maximum: maximum, using: &generator)
                }
                let planes16 = (0..<3).map { _ in
                    Image<UInt16>.random(
                        width: width,
                        height: height,
                        maximum: UInt16(maximum) * 257,
                        using: &generator
                    )
                }
                let color8 = RGBImage(red: planes8[0], green: planes8[1], blue: planes8[2])
                let color16 = RGBImage(red: planes16[0], green: planes16[1], blue: planes16[2])
                let png8 = try ImageEncoder.png(planes8[0], options: options)
                #expect(try decoder.decodeGray(png8).pixels == .uint8(planes8[0]))
                let png16 = try ImageEncoder.png(planes16[0], options: options)
                #expect(try decoder.decodeGray(png16).pixels == .uint16(planes16[0]))
                #expect(
                    try decoder.decodeColor(ImageEncoder.png(color8, options: options)).pixels
                        == .uint8(color8)
                )
                #expect(
                    try decoder.decodeColor(ImageEncoder.png(color16, options: options)).pixels
                        == .uint16(color16)
                )
            }
        }
    }

    @Test func fastPNGKeepsRunsOfEveryLength() throws {
        // Runs of 1, 2, 3, … equal samples, among them all that take two matches or leave a rest; one row, so
        // that the difference to the row above keeps them.
        let lengths = Array(1...40) + Array(250...275) + Array(510...535) + [1000, 5000, 200_000]
        let samples = lengths.enumerated().flatMap {
            Array(repeating: UInt8($0.offset * 7 & 255), count: $0.element)
        }
        let row = Image<UInt8>(width: samples.count, height: 1, samples: samples)
        let png = try ImageEncoder.png(row)
        #expect(try ImageDecoder().decodeGray(png).pixels == .uint8(row))
        #expect(png.count < 3000)
        let flat = Image<UInt16>(width: 700, height: 500, filledWith: 0x1234)
        #expect(try ImageDecoder().decodeGray(ImageEncoder.png(flat)).pixels == .uint16(flat))
    }

    @Test func fastPNGLimitsTheLengthOfItsCodes() throws {
        // With Fibonacci numbers for frequencies, Huffman's longest code has a bit for every symbol.
        var frequencies = [1, 1]
        while frequencies.count < 22 {
            frequencies.append(frequencies[frequencies.count - 1] + frequencies[frequencies.count - 2])
        }
        var samples = frequencies.enumerated().flatMap {
            Array(repeating: UInt8($0.offset), count: $0.element)
        }
        var generator = SplitMix64(seed: 13)
        samples.shuffle(using: &generator)
        let row = Image<UInt8>(width: samples.count, height: 1, samples: samples)
        #expect(try ImageDecoder().decodeGray(ImageEncoder.png(row)).pixels == .uint8(row))
    }

    @Test func jpegStaysCloseInEveryForm() throws {
        let red = Image<UInt8>(width: 50, height: 30, samples: (0..<1500).map { UInt8($0 % 50 * 4) })
        let green = Image<UInt8>(width: 50, height: 30, samples: (0..<1500).map { UInt8($0 / 50 * 8) })
        let color = RGBImage(red: red, green: green, blue: red)
        for subsampling in JPEGOptions.ChromaSubsampling.allCases {
            for isProgressive in [false, true] {
                var options = JPEGOptions()
                options.chromaSubsampling = subsampling
                options.isProgressive = isProgressive
                let decoded = try ImageDecoder().decodeColor(
                    ImageEncoder.jpeg(color, quality: 98, options: options)
                )
                #expect(decoded.metadata.warnings == [])
                for (plane, original) in zip(planes(of: decoded.pixels), [red, green, red]) {
                    #expect(difference(plane, original.samples.map(Int.init)).maximum <= 12)
                }
                let gray = try ImageDecoder().decodeGray(
                    ImageEncoder.jpeg(red, quality: 98, options: options)
                )
                #expect(difference(samples(of: gray.pixels), red.samples.map(Int.init)).maximum <= 3)
            }
        }
    }

    @Test func qualityBuysBytes() throws {
        var generator = SplitMix64(seed: 5)
        let noise = Image<UInt8>.random(width: 64, height: 64, using: &generator)
        let sizes = try [1, 50, 100].map { try ImageEncoder.jpeg(noise, quality: $0).count }
        #expect(sizes == sizes.sorted() && sizes[0] * 4 < sizes[2])
    }

    @Test(arguments: Orientation.allCases) func notesComeBack(orientation: Orientation) throws {
        let scale = try #require(PhysicalScale(mmPerPixelX: 0.065, mmPerPixelY: 0.0322))
        let image = Image<UInt8>(width: 6, height: 4, samples: (0..<24).map { UInt8($0 * 10) })
        var png = PNGOptions()
        png.orientation = orientation
        png.scale = scale
        png.text = [.init(key: "Title", value: "café"), .init(key: "Recipe", value: "Lackfehler 漆")]
        let decoded = try ImageDecoder().decodeGray(ImageEncoder.png(image, options: png))
        #expect(decoded.pixels == .uint8(image.upright(from: orientation)))
        #expect(decoded.metadata.orientation == orientation)
        #expect(decoded.metadata.scale == scale)
        #expect(decoded.metadata.text == png.text)
        #expect(decoded.metadata.warnings == [])

        var jpeg = JPEGOptions()
        jpeg.orientation = orientation
        jpeg.scale = scale
        jpeg.text = [.init(key: "Comment", value: "漆"), .init(key: "Part", value: "7")]
        let metadata = try ImageDecoder().metadata(of: ImageEncoder.jpeg(image, options: jpeg))
        #expect(metadata.orientation == orientation)
        #expect(metadata.scale == scale)
        #expect(metadata.text.map(\.value) == ["漆", "Part: 7"])
        #expect(metadata.width == (orientation.swapsAxes ? 4 : 6))
    }

    @Test(arguments: [1e-9, 0.0005, 0.065, 25.4 / 300, 1, 50, 1e4, 1e9, 1e300])
    func anyScaleIsWrittenAsWellAsTheFormatCan(mm: Double) throws {
        var png = PNGOptions()
        png.scale = PhysicalScale(mmPerPixel: mm)
        var jpeg = JPEGOptions()
        jpeg.scale = png.scale
        let image = Image<UInt8>(width: 1, height: 1, filledWith: 0)
        for file in try [ImageEncoder.png(image, options: png), ImageEncoder.jpeg(image, options: jpeg)] {
            let read = try #require(ImageDecoder().metadata(of: file).scale).mmPerPixel
            if (0.0005...1e4).contains(mm) { #expect(abs(read / mm - 1) < 1e-4, "\(read)") }
        }
    }
}
