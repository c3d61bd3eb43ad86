import ClearcoatCodecs
import ClearcoatImage
import ClearcoatTestSupport
import Foundation
import Testing

/// Files that were cut, flipped or stirred: each is a picture or a typed error, and a cut one never a picture.
@Suite struct DamageTests {
    /// Small sound files of all kinds: from the golden set and from our encoders.
    static func seeds() throws -> [[UInt8]] {
        let names = [
            "gray1i.png", "palette4-alpha.png", "rgba16i.png", "rgb8n.png", "graya8n.png", "text.png",
            "turned6-rgb16.png",
            "gray.jpg", "color420.jpg", "color422-progressive.jpg", "restarts.jpg", "cmyk.jpg", "turned6.jpg",
        ]
        return try names.map { try bytes(of: GoldenTests.folder.appending(path: $0)) } + [
            ourPNG(), ourJPEG(),
        ]
    }

    static func ourPNG() throws -> [UInt8] {
        var generator = SplitMix64(seed: 3)
        return try ImageEncoder.png(Image<UInt8>.random(width: 11, height: 7, using: &generator))
    }

    static func ourJPEG() throws -> [UInt8] {
        let ramp = Image<UInt8>(width: 40, height: 40, samples: (0..<1600).map { UInt8($0 % 251) })
        return try ImageEncoder.jpeg(ramp, quality: 95)
    }

    /// Reads a file in every way; whether all of them gave a picture. Traps on anything but a typed error.
    @discardableResult
    static func isDecoded(_ content: [UInt8]) -> Bool {
        let decoder = ImageDecoder()
        _ = try? decoder.metadata(of: content)
        let gray = Result { () throws(ImageDecodingError) in try decoder.decodeGray(content).pixels }
        let color = Result { () throws(ImageDecodingError) in try decoder.decodeColor(content).pixels }
        switch (gray, color) {
        case (.success(let gray), .success(let color)):
            #expect(gray.width == color.width && gray.height == color.height && gray.width > 0)
            return true
        default: return false
        }
    }

    @Test func everyTruncationThrows() throws {
        for seed in try Self.seeds() {
            #expect(Self.isDecoded(seed))
            for count in 0..<seed.count {
                let cut = Array(seed.prefix(count))
                #expect(throws: ImageDecodingError.self) { try ImageDecoder().decodeGray(cut) }
                #expect(throws: ImageDecodingError.self) { try ImageDecoder().decodeColor(cut) }
            }
        }
    }

    @Test func aTruncatedPictureSaysHowManyRowsAreGood() throws {
        for seed in try [Self.ourJPEG(), Self.ourPNG()] {
            var rows: Set<Int> = []
            var last = 0
            for count in 0..<seed.count {
                let cut = Array(seed.prefix(count))
                guard
                    case .truncated(_, let good, let height) = #expect(
                        throws: ImageDecodingError.self,
                        performing: { try ImageDecoder().decodeGray(cut) }
                    ), height > 0
                else { continue }
                #expect(good >= last && good <= height, "more bytes do not make fewer rows")
                last = good
                rows.insert(good)
            }
            #expect(rows.count > 2 && rows.contains(0), "\(rows.sorted())")
        }
    }

    @Test func aCutJPEGWithAnEndMarkerIsStillTruncated() throws {
        let jpeg = try Self.ourJPEG()
        let cut = Array(jpeg.prefix(jpeg.count * 2 / 3)) + [0xff, 0xd9]
        let error = #expect(throws: ImageDecodingError.self) { try ImageDecoder().decodeGray(cut) }
        #expect(error?.code == "image.truncated")
        #expect(error?.mayStillBeWriting == true)
    }

    @Test func everyFlippedBitOfAPNGIsNoticed() throws {
        let png = try Self.ourPNG()
        for bit in 0..<png.count * 8 {
            var flipped = png
            flipped[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: ImageDecodingError.self, "bit \(bit)") { try ImageDecoder().decodeGray(flipped) }
        }
    }

    @Test func everyFlippedBitIsAPictureOrATypedError() throws {
        for seed in try Self.seeds() {
            var pictures = 0
            for bit in 0..<seed.count * 8 {
                var flipped = seed
                flipped[bit / 8] ^= 1 << (bit % 8)
                if Self.isDecoded(flipped) { pictures += 1 }
            }
            #expect(pictures < seed.count * 8)
        }
    }
}
