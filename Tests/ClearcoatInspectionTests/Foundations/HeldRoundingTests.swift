import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct HeldRoundingTests {
    /// Halves, numbers beside them, and the bounds.
    private static let values: [Float] = [
        0, 0.5, -0.5, 1.5, 2.5, -1.5, 0.499_999_97, 39.5, 40.5, -40.5, 126.5, 127.5, -127.5, 8190.5, 8191.5,
        -8191.5,
        1e9, -1e9, .infinity, -.infinity, .leastNonzeroMagnitude,
    ]

    private func plain(_ value: Float, most: Float) -> Int {
        Int(max(min(value.rounded(.toNearestOrEven), most), -most))
    }

    @Test(arguments: [0, 3, -1e30, .infinity, .nan] as [Float])
    func wholeNumbersAreTheNearestWithinTheBounds(late: Float) {
        var generator = SplitMix64(seed: 1)
        let random = (0..<2000).map { _ in Float(generator.nextUnit() * 20_000 - 10_000) }
        for value in Self.values + random {
            #expect(
                Int(HeldRounding(most: 8191, late: late).int16(value)) == plain(value, most: 8191)
            )
            #expect(Int(HeldRounding(most: 40, late: late).int8(value)) == plain(value, most: 40))
        }
    }

    /// As relative brightness becomes contrast: rounded once, though the difference would be rounded before.
    @Test func theOffsetIsTakenOffAWholeNumber() {
        var generator = SplitMix64(seed: 2)
        let rounding = HeldRounding(less: 8192, most: 8191, late: 1)
        for _ in 0..<2000 {
            let value = Float(generator.nextUnit() * 20_000)
            let whole = Int(value.rounded(.toNearestOrEven)) - 8192
            #expect(Int(rounding.int16(value)) == max(min(whole, 8191), -8191))
        }
    }

    @Test func whatIsNotANumberIsTheMost() {
        #expect(HeldRounding(most: 40, late: 1).int8(.nan) == 40)
    }
}
