import ClearcoatImage
import ClearcoatInspection
import Testing

/// What a picture's detail says of its sharpness, on pictures of which it is known.
@Suite struct FineDetailTests {
    private static let width = 320
    private static let height = 240

    /// Noise of about `sigma` around the middle: the sum of twelve even numbers is nearly normal.
    private static func noise(sigma: Float, seed: UInt64) -> [Float] {
        var generator = SplitMix64(seed: seed)
        return (0..<width * height).map { _ in
            let sum = (0..<12).reduce(Float(0)) { sum, _ in sum + Float.random(in: 0...1, using: &generator) }
            return (sum - 6) * sigma
        }
    }

    /// Blurred with a Gaussian, mirrored at the borders.
    private static func blurred(_ samples: [Float], sigma: Float) -> [Float] {
        let radius = Int(4 * sigma + 1)
        let bell = (-radius...radius).map { at in
            var exponent = -Float(at * at) / (2 * sigma * sigma)
            // e to the x, by squaring: exactness does not matter here.
            exponent = 1 + exponent / 4096
            var power = max(exponent, 0)
            for _ in 0..<12 { power *= power }
            return power
        }
        let total = bell.reduce(0, +)
        func mirrored(_ at: Int, _ count: Int) -> Int {
            at < 0 ? -at : at >= count ? 2 * count - 2 - at : at
        }
        var rows = samples
        for y in 0..<height {
            for x in 0..<width {
                var sum: Float = 0
                for (index, weight) in bell.enumerated() {
                    sum += weight * samples[y * width + mirrored(x + index - radius, width)]
                }
                rows[y * width + x] = sum / total
            }
        }
        var result = rows
        for y in 0..<height {
            for x in 0..<width {
                var sum: Float = 0
                for (index, weight) in bell.enumerated() {
                    sum += weight * rows[mirrored(y + index - radius, height) * width + x]
                }
                result[y * width + x] = sum / total
            }
        }
        return result
    }

    private func detail(_ samples: [Float]) async throws -> FineDetail {
        let bytes = samples.map { UInt8(min(max(($0 + 128).rounded(), 0), 255)) }
        return try await detail(.uint8(Image(width: Self.width, height: Self.height, samples: bytes)))
    }

    private func detail(_ image: GrayImage) async throws -> FineDetail {
        // Cells of 8 × 8 pixels.
        let cells = (image.width + 7) / 8 * ((image.height + 7) / 8)
        return try await FineDetail.measure(
            image,
            judged: Array(repeating: true, count: cells),
            with: SerialBands()
        )
    }

    @Test func whiteNoiseIsSharpAndHasNoTexture() async throws {
        let detail = try await detail(Self.noise(sigma: 1.2, seed: 1))
        #expect(try #require(detail.grain) > 0.9)
        #expect(detail.focus == nil)
    }

    @Test(arguments: [2, 3, 5] as [Float]) func blurredNoiseHasNoGrain(sigma: Float) async throws {
        for amplitude in [0.8, 1.5, 6] as [Float] {
            let samples = Self.blurred(Self.noise(sigma: amplitude, seed: 2), sigma: sigma)
            let grain = try #require(try await detail(samples).grain)
            #expect(grain < Recipe.Station().minimumGrain, "noise of \(amplitude), blur of \(sigma) px")
        }
    }

    /// The lens blurs the texture, the noise comes after it.
    @Test func textureOutOfFocusLosesFocusAndKeepsGrain() async throws {
        let texture = Self.noise(sigma: 40, seed: 3)
        let noise = Self.noise(sigma: 1, seed: 4)
        var last = 2.0
        for sigma in [0.7, 1.5, 2.5, 4] as [Float] {
            let seen = Self.blurred(texture, sigma: sigma)
            let detail = try await detail(zip(seen, noise).map { $0 + $1 })
            let focus = try #require(detail.focus)
            #expect(focus < 0.98 * last, "\(sigma) px: \(focus) after \(last)")
            #expect(try #require(detail.grain) > 0.15, "\(sigma) px")
            last = focus
        }
        #expect(last < 0.4)
    }

    @Test func oneSharpBorderProvesThatNothingWasSmoothed() async throws {
        var samples = [Float](repeating: 0, count: Self.width * Self.height)
        for y in 0..<Self.height {
            // Slanted, as no part lies along the pixels.
            for x in 0..<Self.width where x > 100 + y / 3 { samples[y * Self.width + x] = 90 }
        }
        #expect(try #require(try await detail(samples).grain) > 0.1)
        #expect(try #require(try await detail(Self.blurred(samples, sigma: 3)).grain) < 0.05)
    }

    @Test func whatHasNoDetailHasNoGrainWhateverItsSize() async throws {
        for size in [(1, 1), (7, 3), (40, 40), (300, 200)] {
            let image = Image<UInt8>(
                width: size.0,
                height: size.1,
                samples: Array(repeating: 9, count: size.0 * size.1)
            )
            #expect(try await detail(.uint8(image)) == .nothing, "\(size)")
        }
    }

    @Test func aSmallPictureCannotBeTold() async throws {
        let samples = (0..<33 * 33).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        let detail = try await detail(
            .uint8(Image(width: 33, height: 32, samples: Array(samples.prefix(33 * 32))))
        )
        #expect(detail.grain == nil && detail.focus == nil)
    }

    @Test func sixteenBitsCountInTheirOwnSteps() async throws {
        // 12 bits in the upper bits of 16.
        let noise = Self.noise(sigma: 3, seed: 5)
        func image(_ samples: [Float]) -> GrayImage {
            .uint16(
                Image(
                    width: Self.width,
                    height: Self.height,
                    samples: samples.map { UInt16(max(($0 + 2000).rounded(), 0)) << 4 }
                )
            )
        }
        #expect(try #require(try await detail(image(noise)).grain) > 0.9)
        #expect(try #require(try await detail(image(Self.blurred(noise, sigma: 3))).grain) < 0.05)
    }

    /// Where a file of high compression lost its noise, its blocks are left, and nothing is said.
    @Test func blocksWithoutNoiseAreNoBlur() async throws {
        var samples = [Float](repeating: 0, count: Self.width * Self.height)
        for y in 0..<Self.height {
            for x in 0..<Self.width where (x / 8 * 7 + y / 8 * 5) % 8 == 0 { samples[y * Self.width + x] = 1 }
        }
        #expect(try await detail(samples).grain == nil)
    }
}
