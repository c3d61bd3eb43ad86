import ClearcoatImage
import ClearcoatInspection
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct BandWeightsTests {
    private static let width = 320, height = 256

    /// Independent noise, and waves of all directions and 10 to 20 px length.
    private func texture(noise: Double, waves: Double) -> BandedPlane {
        var generator = SplitMix64(seed: 5)
        let waveCount = 60
        let parts = (0..<waveCount).map { _ in
            let angle = 2 * Double.pi * generator.nextUnit()
            let wavelength = 10 + 10 * generator.nextUnit()
            let k = 2 * Double.pi / wavelength
            return (x: k * cos(angle), y: k * sin(angle), phase: 2 * Double.pi * generator.nextUnit())
        }
        let height = waves * (2 / Double(waveCount)).squareRoot()
        var samples: [Int16] = []
        for y in 0..<Self.height {
            for x in 0..<Self.width {
                let normal = (0..<12).reduce(-6.0) { sum, _ in sum + generator.nextUnit() }
                let wave = parts.reduce(0) { $0 + sin($1.x * Double(x) + $1.y * Double(y) + $1.phase) }
                samples.append(Int16((noise * normal + height * wave).rounded()))
            }
        }
        return BandedPlane(width: Self.width, height: Self.height, bandHeight: Self.height, bands: [samples])
    }

    private func measured(
        _ plane: BandedPlane
    ) async throws -> (pyramid: Pyramid, covariance: BandCovariance) {
        let pyramid = try await Pyramid(plane, levelCount: 5, with: SerialBands())
        let covariance = try await BandCovariance(
            of: pyramid.levels[0],
            around: pyramid.surrounds(of: 0),
            level: 0,
            with: SerialBands()
        )
        return (pyramid, covariance)
    }

    private func response(_ plane: BandedPlane, _ weights: BandWeights) async throws -> BandedPlane {
        let pyramid = try await measured(plane).pyramid
        return try await pyramid.response(0, weights: weights, bandHeight: 64, with: SerialBands()).plane
    }

    private func sigma(_ plane: BandedPlane) -> Double {
        var sum = 0.0
        for y in 16..<plane.height - 16 {
            for x in 16..<plane.width - 16 { sum += Double(plane[x, y]) * Double(plane[x, y]) }
        }
        return (sum / Double((plane.width - 32) * (plane.height - 32))).squareRoot()
    }

    private func spot() -> BandedPlane {
        var samples = [Int16](repeating: 0, count: Self.width * Self.height)
        for y in 119...121 { for x in 159...161 { samples[y * Self.width + x] = 1000 } }
        return BandedPlane(width: Self.width, height: Self.height, bandHeight: Self.height, bands: [samples])
    }

    @Test func whiteNoiseKeepsBothBands() async throws {
        let covariance = try await measured(texture(noise: 60, waves: 0)).covariance
        #expect(BandWeights(for: covariance, level: 0, floor: 1) == .even)
    }

    @Test func whatHasNoTextureKeepsBothBands() async throws {
        let flat = texture(noise: 0, waves: 0)
        #expect(BandWeights(for: try await measured(flat).covariance, level: 0, floor: 1) == .even)
        let faint = try await measured(texture(noise: 1, waves: 2)).covariance
        #expect(BandWeights(for: faint, level: 0, floor: 5) == .even)
    }

    @Test func wavesAreTakenOffTheBandOfTheSpot() async throws {
        let plane = texture(noise: 20, waves: 120)
        let weights = BandWeights(for: try await measured(plane).covariance, level: 0, floor: 1)
        #expect(weights.second < 0)
        // A spot stands out half as much again, at least, from the same waves.
        func quality(_ weights: BandWeights) async throws -> Double {
            Double(try await response(spot(), weights)[160, 120]) / sigma(try await response(plane, weights))
        }
        #expect(try await quality(weights) > 1.5 * quality(.even))
    }

    /// The quality that the covariance promises is that of the response itself.
    @Test func theCovarianceTellsHowTheResponseVaries() async throws {
        let plane = texture(noise: 30, waves: 40)
        let covariance = try await measured(plane).covariance
        for weights in [
            BandWeights.even, BandWeights(second: -2, third: 1), BandWeights(second: 0, third: 0),
        ] {
            let gain = 0.440 + 0.121 * Double(weights.second) / 4 + 0.036 * Double(weights.third) / 4
            let expected = gain / sigma(try await response(plane, weights))
            // A quarter of the places is left out: those with the most power.
            let ratio = try #require(covariance.quality(weights, level: 0)) / expected
            #expect(ratio > 0.95 && ratio < 1.25)
        }
    }
}
