import ClearcoatImage
import ClearcoatSimulator
import Testing

@Suite struct LensBlurTests {
    @Test(arguments: [0, 0.3, 0.7, 1.5, 4.0])
    func losesNoLightAndSpreadsByItsSigma(_ sigma: Double) {
        let blur = LensBlur(sigmaPx: sigma)
        let side = 4 * blur.radius + 1
        var samples = [Float](repeating: 0, count: side * side)
        samples[(side / 2) * side + side / 2] = 1
        let spread = blur.applied(to: Image(width: side, height: side, samples: samples))
        #expect(spread.width == side - 2 * blur.radius)
        var sum = 0.0
        var variance = 0.0
        for y in 0..<spread.height {
            for x in 0..<spread.width {
                let dx = Double(x - spread.width / 2)
                sum += Double(spread[x, y])
                variance += Double(spread[x, y]) * dx * dx
            }
        }
        #expect((sum - 1).magnitude < 1e-6)
        // A sampled bell narrower than half a pixel has less variance than the bell itself.
        if sigma >= 0.7 { #expect((variance / (sigma * sigma) - 1).magnitude < 0.01) }
    }

    @Test func equalsThePlainDoubleSum() {
        var generator = SplitMix64(seed: 3)
        let blur = LensBlur(sigmaPx: 0.9)
        let radius = blur.radius
        let image = Image<Float>(
            width: 23,
            height: 19,
            samples: (0..<23 * 19).map { _ in Float(generator.nextUnit()) }
        )
        let fast = blur.applied(to: image)
        for y in 0..<fast.height {
            for x in 0..<fast.width {
                var sum: Float = 0
                for dy in -radius...radius {
                    for dx in -radius...radius {
                        let weight = blur.weights[abs(dx)] * blur.weights[abs(dy)]
                        sum += weight * image[x + radius + dx, y + radius + dy]
                    }
                }
                #expect((fast[x, y] - sum).magnitude < 1e-5)
            }
        }
    }
}
