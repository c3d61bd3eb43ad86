import ClearcoatCodecs
import ClearcoatImage
import Testing

@Suite struct ImageDecoderTests {
    private func error(_ file: [UInt8]) -> ImageDecodingError? {
        #expect(throws: ImageDecodingError.self) { try ImageDecoder().decodeGray(file) }
    }

    @Test func formatIsToldByContent() throws {
        let image = Image<UInt8>(width: 3, height: 2, filledWith: 7)
        #expect(ImageFormat(firstBytes: try ImageEncoder.png(image)) == .png)
        #expect(ImageFormat(firstBytes: try ImageEncoder.jpeg(image)) == .jpeg)
        #expect(ImageFormat(firstBytes: [0x89, 0x50]) == nil)
        #expect(ImageFormat(firstBytes: Array("GIF89a..".utf8)) == nil)
    }

    @Test func everyErrorSaysWhatHelps() {
        #expect(error([])?.description == "the file is empty; write the picture again")
        #expect(error([])?.code == "image.empty")
        let text = error(Array("hello world".utf8))
        #expect(text?.code == "image.unknown-format")
        #expect(text?.mayStillBeWriting == false)
        #expect(
            text?.description
                == "not a PNG or JPEG file (it starts with 68 65 6c 6c 6f 20 77 6f); save it as PNG or JPEG"
        )
        let cut = ImageDecodingError.truncated(.jpeg, rowsGood: 12, of: 40)
        #expect(cut.description == "the JPEG file is cut short: 12 of 40 rows are good; copy it again")
    }

    @Test func aDamagedDensityIsNotBelieved() throws {
        var options = PNGOptions()
        options.scale = PhysicalScale(mmPerPixel: 0.05)
        var file = try ImageEncoder.png(Image<UInt8>(width: 2, height: 2, filledWith: 7), options: options)
        for name in ["pHYs", "eXIf"] {
            let place = try #require(file.indices.first { file[$0...].starts(with: Array(name.utf8)) })
            file[place + 12] ^= 1
        }
        let decoded = try ImageDecoder().decodeGray(file)
        #expect(decoded.metadata.scale == nil)
        #expect(decoded.metadata.warnings.contains("a pHYs chunk with a wrong checksum was ignored"))
        #expect(decoded.metadata.warnings.contains("a eXIf chunk with a wrong checksum was ignored"))
    }

    @Test func fewExtraBytesAreHarmlessAndManyAreNot() throws {
        let sound = try ImageEncoder.jpeg(Image<UInt8>(width: 16, height: 16, filledWith: 100))
        func file(_ count: Int) -> [UInt8] {
            Array(sound.dropLast(2)) + Array(repeating: 1, count: count) + [0xff, 0xd9]
        }
        #expect(try ImageDecoder().decodeGray(file(20)).metadata.warnings.count == 1)
        #expect(error(file(3000))?.code == "image.malformed")
    }

    @Test func aRaisedFlagStopsEveryDecoder() throws {
        let flag = CancellationFlag()
        #expect(!flag.isRaised)
        let plane = Image<UInt8>(width: 40, height: 40, samples: (0..<1600).map { UInt8($0 % 251) })
        let color = RGBImage(red: plane, green: plane, blue: plane)
        var options = JPEGOptions()
        options.isProgressive = true
        let files = try [
            ImageEncoder.png(plane), ImageEncoder.png(color), ImageEncoder.jpeg(plane),
            ImageEncoder.jpeg(color),
            ImageEncoder.jpeg(plane, options: options), ImageEncoder.jpeg(color, options: options),
        ]
        for file in files {
            #expect(try ImageDecoder().decodeColor(file, cancellation: flag).metadata.width == 40)
        }
        flag.raise()
        #expect(flag.isRaised)
        for file in files {
            #expect(throws: ImageDecodingError.cancelled) {
                try ImageDecoder().decodeGray(file, cancellation: flag)
            }
            #expect(throws: ImageDecodingError.cancelled) {
                try ImageDecoder().decodeColor(file, cancellation: flag)
            }
        }
    }
}
