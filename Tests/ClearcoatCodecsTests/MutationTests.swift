import ClearcoatCodecs
import ClearcoatImage
import Foundation
import Testing

/// Ten thousand damaged files in one process: each is a picture within the limits or a typed error, and none
/// takes long.
@Suite struct MutationTests {
    static func seeds() throws -> [[UInt8]] {
        try GoldenTests.expectations().map { try bytes(of: GoldenTests.folder.appending(path: $0.name)) }
            + [DamageTests.ourPNG(), DamageTests.ourJPEG()]
    }

    @Test func everyMutationIsAPictureOrATypedError() throws {
        var generator = SplitMix64(seed: 2024)
        var limits = DecodingLimits()
        limits.maximumPixels = 100_000
        let decoder = ImageDecoder(limits: limits)
        let seeds = try Self.seeds()
        var outcomes: [String: Int] = [:]
        var slowest = Duration.zero
        for seed in seeds {
            for _ in 0..<100 {
                var file = seed
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    let mutation = Mutation.allCases.randomElement(using: &generator) ?? .flipBit
                    let other = seeds.randomElement(using: &generator) ?? []
                    mutation.apply(to: &file, other: other, using: &generator)
                }
                // With sound checksums the damage gets past the door.
                if Int.random(in: 0..<4, using: &generator) > 0 { PNGFile.repairChecksums(&file) }
                let start = ContinuousClock.now
                outcomes[outcome(of: file, decoder), default: 0] += 1
                slowest = max(slowest, ContinuousClock.now - start)
            }
        }
        // A watchdog, ten thousand times what a file takes.
        #expect(slowest < .seconds(10))
        // Else nothing was tested behind the header, or nothing was damaged.
        #expect(outcomes["picture", default: 0] > 500, "\(outcomes)")
        for outcome in [
            "picture", "image.truncated", "image.malformed", "image.unsupported", "image.too-large",
        ] {
            #expect(outcomes[outcome, default: 0] > 0, "\(outcomes)")
        }
    }

    /// Reads a file in every way, and says what came of it: the same in all, within the limits.
    private func outcome(of file: [UInt8], _ decoder: ImageDecoder) -> String {
        do {
            let gray = try decoder.decodeGray(file)
            let color = try decoder.decodeColor(file)
            let count = gray.pixels.width * gray.pixels.height
            #expect(count > 0 && count <= decoder.limits.maximumPixels)
            #expect(gray.pixels.width == color.pixels.width && gray.pixels.height == color.pixels.height)
            #expect(gray.metadata == color.metadata)
            #expect(gray.metadata.warnings.count < 20, "complaints do not grow with the file")
            return "picture"
        } catch {
            let inColor = #expect(throws: ImageDecodingError.self) { try decoder.decodeColor(file) }
            #expect(inColor?.code == error.code)
            #expect(error.description.utf8.count < 500, "\(error)")
            return error.code
        }
    }
}
