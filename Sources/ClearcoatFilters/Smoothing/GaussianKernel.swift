import ClearcoatImage

#if canImport(Glibc)
    import Glibc
#endif

/// The weights of a sampled Gaussian on one side of its centre.
struct GaussianKernel {
    /// `weights[k]` for the samples `k` away on either side, in 65536ths; all of them, the centre once
    /// and the others twice, add up to 65536.
    let weights: [UInt16]
    /// The same in single precision, before rounding to 65536ths, adding up to 1.
    let floatWeights: [Float]

    /// How many samples it reaches to either side.
    var radius: Int { weights.count - 1 }

    /// The kernel exp(−k²/2σ²), cut off after 4σ (rounded to whole samples, at least one).
    ///
    /// Each weight is rounded to the nearest 65536th; what then lacks to 65536 goes to the centre, so
    /// that a constant stays exactly what it is.
    ///
    /// - Precondition: `sigma` is 0.25 at least (below, the kernel is a single sample) and 1000 at most.
    init(sigma: Double) {
        precondition(sigma >= 0.25 && sigma <= 1000, "a Gaussian of sigma \(sigma)")
        let radius = max(1, Int(4 * sigma + 0.5))
        let bell = (0...radius).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
        let total = bell[0] + 2 * bell.dropFirst().reduce(0, +)
        var weights = bell.map { UInt16(65536 * $0 / total + 0.5) }
        weights[0] = UInt16(65536 - 2 * weights.dropFirst().reduce(0) { $0 + Int($1) })
        self.weights = weights
        floatWeights = bell.map { Float($0 / total) }
    }
}
