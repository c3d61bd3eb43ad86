import ClearcoatCodecs
import ClearcoatImage
import Testing

/// What cannot be written is refused with a typed error.
@Suite struct ImageEncoderTests {
    let pixel = Image<UInt8>(width: 1, height: 1, filledWith: 0)

    @Test func picturesTheFormatsCannotHold() {
        let empty = Image<UInt8>(width: 0, height: 5, samples: [])
        #expect(throws: ImageEncodingError.noPixels) { try ImageEncoder.png(empty) }
        #expect(throws: ImageEncodingError.noPixels) { try ImageEncoder.jpeg(empty) }
        let long = Image<UInt8>(width: 65501, height: 1, filledWith: 0)
        #expect(throws: ImageEncodingError.tooLarge(.jpeg, width: 65501, height: 1, maximumDimension: 65500))
        {
            try ImageEncoder.jpeg(long)
        }
        #expect(throws: Never.self) { try ImageEncoder.png(long) }
    }

    @Test(arguments: [0, 101, -1]) func qualitiesThatDoNotExist(quality: Int) {
        #expect(throws: ImageEncodingError.invalidQuality(quality)) {
            try ImageEncoder.jpeg(pixel, quality: quality)
        }
    }

    @Test(arguments: ["", " a", "a ", "a\u{0}", "漆", String(repeating: "k", count: 80)])
    func keysThatPNGCannotHold(key: String) {
        var options = PNGOptions()
        options.text = [.init(key: key, value: "v")]
        #expect(throws: ImageEncodingError.self) { try ImageEncoder.png(pixel, options: options) }
    }

    @Test func commentsThatJPEGCannotHold() throws {
        var options = JPEGOptions()
        options.text = [.init(key: "Comment", value: String(repeating: "x", count: 65533))]
        #expect(
            try ImageDecoder().metadata(of: ImageEncoder.jpeg(pixel, options: options)).text == options.text
        )
        options.text[0].value += "x"
        #expect(throws: ImageEncodingError.self) { try ImageEncoder.jpeg(pixel, options: options) }
    }

    @Test func theSamePictureGivesTheSameBytes() throws {
        let image = Image<UInt8>(width: 30, height: 20, samples: (0..<600).map { UInt8($0 % 256) })
        #expect(try ImageEncoder.png(image) == ImageEncoder.png(image))
        #expect(try ImageEncoder.jpeg(image) == ImageEncoder.jpeg(image))
    }
}
