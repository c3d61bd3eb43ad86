import ClearcoatImage
import ClearcoatSimulator
import Testing

@Suite struct NormalNoiseTests {
    @Test func hasTheMomentsAndTheTailsOfTheBellCurve() {
        let noise = NormalNoise()
        var generator = SplitMix64(seed: 11)
        let count = 1_000_000
        var sum = 0.0
        var squares = 0.0
        var fourth = 0.0
        var within1 = 0
        var beyond3 = 0
        var beyond4 = 0
        for _ in 0..<count {
            let x = noise.next(using: &generator)
            sum += x
            squares += x * x
            fourth += x * x * x * x
            if x.magnitude < 1 { within1 += 1 }
            if x.magnitude > 3 { beyond3 += 1 }
            if x.magnitude > 4 { beyond4 += 1 }
        }
        let n = Double(count)
        // Four standard errors each: 1/√n for the mean, √2/√n for the variance, √96/√n for the fourth moment.
        #expect((sum / n).magnitude < 0.004)
        #expect((squares / n - 1).magnitude < 0.006)
        #expect((fourth / n - 3).magnitude < 0.04)
        // 68.27 %, 0.26998 % and 0.0063342 % of the normal distribution.
        #expect((Double(within1) / n - 0.6827).magnitude < 0.002)
        #expect((2500...2900).contains(beyond3))
        #expect((35...95).contains(beyond4))
    }
}
