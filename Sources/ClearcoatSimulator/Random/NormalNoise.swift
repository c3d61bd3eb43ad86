package import ClearcoatImage

/// Normally distributed random numbers (mean 0, standard deviation 1), with their full tails.
///
/// The ziggurat: the bell curve is covered by 128 layers of equal area; 98 of 100 draws need one
/// random word, one product and one comparison. The box of each layer is chosen with bits that are
/// not used for the place inside it.
///
/// - Reference: G. Marsaglia, W. W. Tsang, "The ziggurat method for generating random variables",
///   Journal of Statistical Software 5 (8), 2000; J. A. Doornik, "An improved ziggurat method to
///   generate normal random samples", 2005.
package struct NormalNoise: Sendable {
    /// The right border of each layer, from the widest to 0.
    private let border: [Double]
    /// How much of each layer lies wholly under the curve.
    private let certain: [Double]

    /// Where the tail begins, and the area of each layer (Marsaglia and Tsang, 128 layers).
    private static let tail = 3.442_619_855_899
    private static let area = 9.912_563_035_262_17e-3

    package init() {
        func curve(_ x: Double) -> Double { exponential(-0.5 * x * x) }
        var border = [Self.area / curve(Self.tail), Self.tail]
        for layer in 2..<128 {
            let inner = border[layer - 1]
            border.append((-2 * logarithm(Self.area / inner + curve(inner))).squareRoot())
        }
        border.append(0)
        self.border = border
        certain = (0..<128).map { border[$0 + 1] / border[$0] }
    }

    /// The next number of the sequence that `generator` gives.
    package func next(using generator: inout SplitMix64) -> Double {
        while true {
            let bits = generator.next()
            let layer = Int(truncatingIfNeeded: bits & 127)
            let place = Double(bits &>> 11) * 0x1p-52 - 1
            if place.magnitude < certain[layer] { return place * border[layer] }
            if layer == 0 { return tailSample(negative: place < 0, using: &generator) }
            let x = place * border[layer]
            let outer = exponential(-0.5 * (border[layer] * border[layer] - x * x))
            let inner = exponential(-0.5 * (border[layer + 1] * border[layer + 1] - x * x))
            if inner + generator.nextUnit() * (outer - inner) < 1 { return x }
        }
    }

    /// A number beyond the last layer, by Marsaglia's method for the normal tail.
    private func tailSample(negative: Bool, using generator: inout SplitMix64) -> Double {
        while true {
            let x = logarithm(1 - generator.nextUnit()) / Self.tail
            let y = logarithm(1 - generator.nextUnit())
            if -2 * y >= x * x { return negative ? x - Self.tail : Self.tail - x }
        }
    }
}
