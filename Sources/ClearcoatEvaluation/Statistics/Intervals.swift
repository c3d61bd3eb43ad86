package import ClearcoatInspection

#if canImport(Glibc)
    import Glibc
#endif

/// A range that holds the true value with a stated confidence.
package struct Interval: Sendable, Hashable, Codable {
    package var lower: Double
    package var upper: Double

    package init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }
}

/// How many of a number of things are so, with what that says about all such things.
package struct Proportion: Sendable, Hashable, Codable {
    package var count: Int
    package var total: Int
    /// `count / total`; null of nothing.
    @Nullable package var rate: Double?
    /// The exact 95 % interval of Clopper and Pearson (Biometrika 26, 1934); 0...1 of nothing.
    package var interval: Interval
    /// The 95 % score interval of Wilson (JASA 22, 1927), which is shorter and right on average.
    package var wilson: Interval

    /// - Precondition: `0 <= count <= total`.
    package init(_ count: Int, of total: Int) {
        precondition(count >= 0 && count <= total, "\(count) of \(total)")
        self.count = count
        self.total = total
        rate = total == 0 ? nil : Double(count) / Double(total)
        interval = Self.clopperPearson(count, of: total)
        wilson = Self.wilson(count, of: total)
    }

    /// - Parameter elements: for each thing whether it is so.
    package init(_ elements: some Sequence<Bool>) {
        var count = 0
        var total = 0
        for element in elements {
            total += 1
            count += element ? 1 : 0
        }
        self.init(count, of: total)
    }

    private static func clopperPearson(_ count: Int, of total: Int) -> Interval {
        let (k, n) = (Double(count), Double(total))
        func quantile(_ probability: Double, _ a: Double, _ b: Double) -> Double {
            crossing(of: probability, from: 0, to: 1) { incompleteBeta(a, b, $0) }
        }
        return Interval(
            lower: count == 0 ? 0 : quantile(0.025, k, n - k + 1),
            upper: count == total ? 1 : quantile(0.975, k + 1, n - k)
        )
    }

    private static func wilson(_ count: Int, of total: Int) -> Interval {
        guard total > 0 else { return Interval(lower: 0, upper: 1) }
        let z = normalQuantile975
        let n = Double(total)
        let p = Double(count) / n
        let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        return Interval(
            lower: count == 0 ? 0 : max(0, middle - half),
            upper: count == total ? 1 : min(1, middle + half)
        )
    }
}

/// How often something happens in so much of something, with what that says about the rate.
package struct EventRate: Sendable, Hashable, Codable {
    package var count: Int
    /// How many pictures, or square metres, were looked at.
    package var exposure: Double
    /// `count / exposure`; null of nothing.
    @Nullable package var rate: Double?
    /// The exact 95 % interval of a Poisson rate (Garwood, Biometrika 28, 1936); null of nothing.
    @Nullable package var interval: Interval?

    package init(_ count: Int, in exposure: Double) {
        precondition(count >= 0 && exposure >= 0, "\(count) in \(exposure)")
        self.count = count
        self.exposure = exposure
        guard exposure > 0 else { return }
        let k = Double(count)
        // Chernoff: beyond this the distribution is 1 to the last bit.
        let most = k + 20 * (k + 1).squareRoot() + 60
        func quantile(_ probability: Double, _ shape: Double) -> Double {
            crossing(of: probability, from: 0, to: most) { incompleteGamma(shape, $0) }
        }
        rate = k / exposure
        interval = Interval(
            lower: count == 0 ? 0 : quantile(0.025, k) / exposure,
            upper: quantile(0.975, k + 1) / exposure
        )
    }
}

/// Below it lie 97.5 % of a standard normal distribution.
let normalQuantile975 = 1.959963984540054
