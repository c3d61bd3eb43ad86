import ClearcoatCodecs
import ClearcoatImage
import Testing

/// Files that ask for too much are refused before it is given.
@Suite struct LimitsTests {
    private func error(_ file: [UInt8], _ limits: DecodingLimits = .init()) -> ImageDecodingError? {
        #expect(throws: ImageDecodingError.self) { try ImageDecoder(limits: limits).decodeGray(file) }
    }

    @Test func aHugePNGIsRefusedFromItsHeader() throws {
        let file =
            PNGFile.signature + PNGFile.header(width: 100_000, height: 100_000) + PNGFile.chunk("IDAT", [])
        #expect(error(file) == .tooLarge(width: 100_000, height: 100_000, maximumPixels: 200_000_000))
        #expect(throws: ImageDecodingError.self) { try ImageDecoder().metadata(of: file) }
        let widest =
            PNGFile.signature + PNGFile.header(width: 0x7fff_ffff, height: 0x7fff_ffff)
            + PNGFile.chunk("IDAT", [])
        #expect(error(widest)?.code == "image.too-large")
        let longest =
            PNGFile.signature + PNGFile.header(width: 1, height: 1_000_001) + PNGFile.chunk("IDAT", [])
        #expect(error(longest)?.code == "image.too-large")
    }

    @Test func aHugeJPEGIsRefusedFromItsHeader() throws {
        var file = try ImageEncoder.jpeg(Image<UInt8>(width: 8, height: 8, filledWith: 9))
        let frame = try #require(JPEGFile.place(of: 0xc0, in: file))
        file.replaceSubrange(frame + 5..<frame + 9, with: [0xff, 0x00, 0xff, 0x00])
        #expect(error(file) == .tooLarge(width: 65280, height: 65280, maximumPixels: 200_000_000))
    }

    @Test func fewBytesCannotClaimALargePicture() throws {
        let png =
            PNGFile.signature + PNGFile.header(width: 10_000, height: 10_000) + PNGFile.chunk("IDAT", [])
        #expect(error(png) == .truncated(.png, rowsGood: 0, of: 10_000))
        for isProgressive in [false, true] {
            var options = JPEGOptions()
            options.isProgressive = isProgressive
            var jpeg = try ImageEncoder.jpeg(
                Image<UInt8>(width: 8, height: 8, filledWith: 9),
                options: options
            )
            let frame = try #require(JPEGFile.place(of: isProgressive ? 0xc2 : 0xc0, in: jpeg))
            jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0x27, 0x10, 0x27, 0x10])
            #expect(error(jpeg) == .truncated(.jpeg, rowsGood: 0, of: 10_000))
        }
    }

    @Test func pixelsAreCountedExactly() throws {
        var limits = DecodingLimits()
        limits.maximumPixels = 35
        let image = Image<UInt8>(width: 7, height: 5, filledWith: 1)
        let files = try [ImageEncoder.png(image), ImageEncoder.jpeg(image)]
        for file in files { #expect(try ImageDecoder(limits: limits).decodeGray(file).pixels.width == 7) }
        limits.maximumPixels = 34
        for file in files {
            #expect(error(file, limits) == .tooLarge(width: 7, height: 5, maximumPixels: 34))
        }
    }

    @Test func thousandsOfScansAreBounded() throws {
        var options = JPEGOptions()
        options.isProgressive = true
        let sound = try ImageEncoder.jpeg(
            Image<UInt8>(width: 8, height: 8, filledWith: 200),
            options: options
        )
        // One more scan of all but the mean: a table with the one code "end of block", and that code.
        let table: [UInt8] = [0xff, 0xc4, 0, 20, 0x10, 1] + Array(repeating: 0, count: 16)
        let scan: [UInt8] = [0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0, 0x7f]
        func file(scans: Int) -> [UInt8] {
            Array(sound.dropLast(2)) + (0..<scans).flatMap { _ in table + scan } + [0xff, 0xd9]
        }
        #expect(try ImageDecoder().decodeGray(file(scans: 20)).pixels.width == 8)
        let start = ContinuousClock.now
        #expect(error(file(scans: 50_000))?.code == "image.over-limit")
        #expect(ContinuousClock.now - start < .seconds(1))
        var limits = DecodingLimits()
        limits.maximumScans = 15
        #expect(error(file(scans: 20), limits)?.code == "image.over-limit")
        let flag = CancellationFlag()
        flag.raise()
        #expect(throws: ImageDecodingError.cancelled) {
            try ImageDecoder().decodeGray(file(scans: 50_000), cancellation: flag)
        }
    }

    @Test func textBeyondTheLimitIsLeftOut() throws {
        var options = PNGOptions()
        options.text = [
            .init(key: "A", value: String(repeating: "a", count: 99)),
            .init(key: "B", value: String(repeating: "b", count: 100)),
        ]
        let file = try ImageEncoder.png(Image<UInt8>(width: 1, height: 1, filledWith: 1), options: options)
        var limits = DecodingLimits()
        limits.maximumTextBytes = 150
        let metadata = try ImageDecoder(limits: limits).metadata(of: file)
        #expect(metadata.text == [options.text[0]])
        #expect(metadata.warnings == ["text beyond the limit was left out"])
    }

    @Test func chunksBeyondTheLimitAreLeftOut() throws {
        var limits = DecodingLimits()
        limits.maximumChunkBytes = 1000
        let sound = try ImageEncoder.png(Image<UInt8>(width: 3, height: 2, filledWith: 1))
        func file(_ chunks: [UInt8]) -> [UInt8] { Array(sound[..<33]) + chunks + sound[33...] }
        for (count, isKept) in [(990, true), (2000, false)] {
            let text = PNGFile.chunk("tEXt", Array("Title\0".utf8) + [UInt8](repeating: 97, count: count))
            let metadata = try ImageDecoder(limits: limits).decodeGray(file(text)).metadata
            #expect(metadata.text.count == (isKept ? 1 : 0))
            #expect(metadata.warnings.contains("a tEXt chunk over the limit was left out") == !isKept)
        }
        let profile = PNGFile.chunk("iCCP", [UInt8](repeating: 97, count: 100_000))
        #expect(try ImageDecoder(limits: limits).decodeGray(file(profile)).pixels.width == 3)
    }

    @Test func notesWithoutEndCostNoMoreThanTheirBytes() throws {
        // Each block says something else, so that each could be a new complaint or a new text.
        let png = try ImageEncoder.png(Image<UInt8>(width: 3, height: 2, filledWith: 1))
        let jpeg = try ImageEncoder.jpeg(Image<UInt8>(width: 3, height: 2, filledWith: 1))
        func exif(_ orientation: Int) -> [UInt8] {
            [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1]
                + [UInt8(orientation >> 8), UInt8(orientation & 0xff), 0, 0]
        }
        var chunks: [UInt8] = []
        var segments: [UInt8] = []
        for number in 9..<20_000 {
            chunks += PNGFile.chunk("eXIf", exif(number)) + PNGFile.chunk("tEXt", [0])
            segments += [0xff, 0xe1, 0, 30] + Array("Exif\0\0".utf8) + exif(number)
            segments += [0xff, 0xfe, 0, 2]
        }
        for file in [Array(png[..<33]) + chunks + png[33...], Array(jpeg[..<2]) + segments + jpeg[2...]] {
            let metadata = try ImageDecoder().decodeGray(file).metadata
            #expect(metadata.warnings.contains("EXIF orientation 9 is not 1...8 and was ignored"))
            #expect(metadata.warnings.contains("a second EXIF block was ignored"))
            #expect(metadata.warnings.count <= 4, "\(metadata.warnings)")
            let textBytes = metadata.text.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
            #expect(textBytes <= DecodingLimits().maximumTextBytes)
            #expect(metadata.text.count <= DecodingLimits().maximumTextBytes)
        }
    }

    @Test func aSideOverTheLimitIsSaid() {
        let file = PNGFile.signature + PNGFile.header(width: 1_000_001, height: 1) + PNGFile.chunk("IDAT", [])
        #expect(
            error(file)?.description
                == "1000001 x 1 pixels have a side over the limit; crop the picture or raise the limit"
        )
    }

    @Test func arithmeticAndLosslessCodingAreNotSupported() throws {
        let sound = try ImageEncoder.jpeg(Image<UInt8>(width: 8, height: 8, filledWith: 9))
        let frame = try #require(JPEGFile.place(of: 0xc0, in: sound))
        for (process, word) in [
            0xc9: "arithmetic", 0xca: "arithmetic", 0xc3: "lossless", 0xc5: "hierarchical",
        ] {
            var file = sound
            file[frame + 1] = UInt8(process)
            #expect(error(file)?.code == "image.unsupported")
            #expect(error(file)?.description.contains(word) == true)
        }
        var deep = sound
        deep[frame + 4] = 12
        #expect(error(deep)?.code == "image.unsupported")
    }

    @Test func missingScansAreSaid() throws {
        // A progressive picture that ends after some of its scans, properly: libjpeg is content with it.
        let plane = Image<UInt8>(width: 16, height: 16, samples: (0..<256).map { UInt8($0) })
        var options = JPEGOptions()
        options.isProgressive = true
        let file = try ImageEncoder.jpeg(RGBImage(red: plane, green: plane, blue: plane), options: options)
        let scans = file.indices.dropLast().filter { file[$0] == 0xff && file[$0 + 1] == 0xda }
        #expect(scans.count > 5)
        #expect(try ImageDecoder().decodeColor(file).metadata.warnings == [])
        for scan in scans.dropFirst() {
            let cut = Array(file[..<scan]) + [0xff, 0xd9]
            let warnings = try ImageDecoder().decodeColor(cut).metadata.warnings
            #expect(warnings == ["progressive scans are missing: the picture is less sharp than it was"])
        }
    }

    @Test func aMissingComponentIsAnError() throws {
        // A gray picture made to promise two more components, which never come: libjpeg would fill them in.
        var file = try ImageEncoder.jpeg(Image<UInt8>(width: 8, height: 8, filledWith: 9))
        let frame = try #require(JPEGFile.place(of: 0xc0, in: file))
        file[frame + 3] = 17
        file[frame + 9] = 3
        file.insert(contentsOf: [2, 0x11, 0, 3, 0x11, 0], at: frame + 13)
        #expect(error(file) == .truncated(.jpeg, rowsGood: 0, of: 8))
        #expect(throws: ImageDecodingError.self) { try ImageDecoder().decodeColor(file) }
    }
}

/// Just enough of JPEG's outside to change it.
enum JPEGFile {
    /// Where a marker stands, its 0xff.
    static func place(of marker: UInt8, in file: [UInt8]) -> Int? {
        file.indices.dropLast().first { file[$0] == 0xff && file[$0 + 1] == marker }
    }
}
