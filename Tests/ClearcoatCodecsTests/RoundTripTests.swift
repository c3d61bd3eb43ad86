import ClearcoatCodecs
import ClearcoatImage
import ClearcoatTestSupport
import Testing

@Suite struct RoundTripTests {
    @Test func pngKeepsEverySample() throws {
        var generator = SplitMix64(seed: 1)
        let decoder = ImageDecoder()
        for (width, height) in smallSizes where width > 0 && height > 0 {
            let gray8 = Image<UInt8>.random(width: width, height: height, using: &generator)
            #expect(try decoder.decodeGray(ImageEncoder.png(gray8)).pixels == .uint8(gray8))
        }
    }
}
