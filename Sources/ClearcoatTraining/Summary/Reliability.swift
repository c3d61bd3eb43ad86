#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How good probabilities are, gathered finding by finding.
package struct Reliability: Sendable, Hashable {
    /// For each range of the highest probability the sum of that probability minus one where it was right.
    private var excess = Array(repeating: 0.0, count: 10)
    private var loss = 0.0
    private var count = 0

    /// Nothing gathered.
    package init() {}

    /// Adds a finding that has this probability of each class, and is of one of them.
    package mutating func add(_ probabilities: [Double], truth: Int) {
        let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
        let range = min(Int(probabilities[best] * Double(excess.count)), excess.count - 1)
        excess[range] += probabilities[best] - (best == truth ? 1 : 0)
        loss -= log(max(probabilities[truth], 1e-6))
        count += 1
    }

    /// The mean of -log of the probability of the true class.
    package var logLoss: Double { count == 0 ? 0 : loss / Double(count) }

    /// The expected calibration error: |mean probability - share right| of each range, weighed by findings.
    package var calibrationError: Double {
        count == 0 ? 0 : excess.reduce(0) { $0 + abs($1) } / Double(count)
    }
}
