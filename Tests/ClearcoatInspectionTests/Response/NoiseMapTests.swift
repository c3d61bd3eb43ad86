import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct NoiseMapTests {
    /// A response of independent, nearly normal samples; the right half `rightFactor` times as strong.
    private func noise(sigma: Double, rightFactor: Double = 1, flakes: Int = 0) -> NoiseMap {
        var generator = SplitMix64(seed: 11)
        var samples: [Int16] = []
        for _ in 0..<320 {
            for x in 0..<480 {
                let normal = (0..<12).reduce(-6.0) { sum, _ in sum + generator.nextUnit() }
                samples.append(Int16((normal * sigma * (x < 240 ? 1 : rightFactor)).rounded()))
            }
        }
        for _ in 0..<flakes { samples[Int(generator.next() % UInt64(samples.count))] = Int16(9 * sigma) }
        let response = BandedPlane(width: 480, height: 320, bandHeight: 320, bands: [samples])
        let blocks = BlockStatistics(of: response)
        let judged = [Float](repeating: 1, count: blocks.columns * blocks.rows)
        return NoiseMap(blocks, floor: 1, normalThreshold: 5, judgedShare: judged)
    }

    @Test func sigmaOfNormalNoiseIsMeasured() {
        let map = noise(sigma: 40)
        for sigma in map.sigmas { #expect(abs(sigma - 40) < 3) }
        #expect(map.brightThreshold < 5.6)
        #expect(map.darkThreshold < 5.6)
    }

    @Test func noiseIsRaisedWhereItIsAndNowhereElse() {
        let map = noise(sigma: 20, rightFactor: 4)
        #expect(abs(map.sigmas[5 * 30 + 4] - 20) < 3)
        #expect(abs(map.sigmas[5 * 30 + 25] - 80) < 12)
    }

    @Test func brightFlakesRaiseTheBrightSideOnly() {
        let plain = noise(sigma: 20)
        let flaky = noise(sigma: 20, flakes: 400)
        func bright(_ map: NoiseMap) -> Float { map.brightThreshold * (median(of: map.brightSigmas) ?? 0) }
        func dark(_ map: NoiseMap) -> Float { map.darkThreshold * (median(of: map.darkSigmas) ?? 0) }
        #expect(bright(flaky) > 1.5 * bright(plain))
        #expect(dark(flaky) < 1.2 * dark(plain))
    }
}
