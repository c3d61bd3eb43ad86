#if canImport(Glibc)
    import Glibc
#endif

/// The probability of detection as a function of size, from hits and misses: a generalised linear model
/// with the log-odds link in the logarithm of size, as MIL-HDBK-1823A (2009, appendix G) has it.
///
/// logit POD = b₀ + b₁ ln a, fitted by maximum likelihood.
package struct HitMissFit: Sendable, Hashable {
    /// b₀, with the size in the unit it came in.
    package let intercept: Double
    /// b₁; positive.
    package let slope: Double
    /// The logarithm of the likelihood at the maximum.
    package let logLikelihood: Double
    /// Twice the logarithm of the likelihood that the slope gains over none: chi-squared with one degree of
    /// freedom when size does not matter.
    package let slopeStatistic: Double

    private let trials: Trials

    /// Why hits and misses do not determine a curve.
    package enum Problem: String, Error, Sendable, Hashable, Codable {
        /// Fewer than ``HitMissFit/leastOfEach`` hits.
        case tooFewHits
        /// Fewer than ``HitMissFit/leastOfEach`` misses.
        case tooFewMisses
        /// Every hit is at least as large as every miss: any steep enough curve fits, none best.
        case separation
        /// Larger defects are found no more often than small ones.
        case slopeNotPositive
        /// What the slope gains is within chance (95 %).
        case slopeNotSignificant
    }

    /// Fewer of either say nothing about where the curve runs.
    package static let leastOfEach = 5
    /// The 95 % and 90 % quantiles of chi-squared with one degree of freedom. Twice the log-likelihood may
    /// fall by the second on a one-sided 95 % bound.
    private static let chiSquared95 = 3.841458820694124
    private static let chiSquared90 = 2.705543454095414

    /// Fits the curve.
    ///
    /// - Parameters:
    ///   - sizes: positive.
    ///   - hits: for each of them whether it was found.
    /// - Throws: ``Problem``.
    package init(sizes: [Double], hits: [Bool]) throws(Problem) {
        precondition(sizes.count == hits.count, "\(sizes.count) sizes and \(hits.count) outcomes")
        let trials = Trials(x: sizes.map { log($0) }, hits: hits)
        let found = hits.count { $0 }
        if found < Self.leastOfEach { throw .tooFewHits }
        if hits.count - found < Self.leastOfEach { throw .tooFewMisses }
        let smallestHit = zip(sizes, hits).filter(\.1).map(\.0).min() ?? 0
        let largestHit = zip(sizes, hits).filter(\.1).map(\.0).max() ?? 0
        let smallestMiss = zip(sizes, hits).filter { !$0.1 }.map(\.0).min() ?? 0
        let largestMiss = zip(sizes, hits).filter { !$0.1 }.map(\.0).max() ?? 0
        if largestHit <= smallestMiss { throw .slopeNotPositive }
        if largestMiss <= smallestHit { throw .separation }
        let (intercept, slope) = trials.maximum()
        if !(slope > 0) { throw .slopeNotPositive }
        logLikelihood = trials.logLikelihood(intercept, slope)
        let share = Double(found) / Double(hits.count)
        let without = Double(found) * log(share) + Double(hits.count - found) * log(1 - share)
        slopeStatistic = 2 * (logLikelihood - without)
        if slopeStatistic < Self.chiSquared95 { throw .slopeNotSignificant }
        self.intercept = intercept
        self.slope = slope
        self.trials = trials
    }

    /// The probability of detection of a size.
    package func probability(ofSize size: Double) -> Double {
        1 / (1 + exp(-(intercept + slope * log(size))))
    }

    /// The size that is found with a probability: a90 for 0.9.
    package func size(atProbability probability: Double) -> Double {
        exp((logit(probability) - intercept) / slope)
    }

    /// The upper one-sided 95 % bound of ``size(atProbability:)`` by profile likelihood: a90/95 for 0.9.
    package func upperSize(atProbability probability: Double) -> Double {
        let odds = logit(probability)
        let best = (odds - intercept) / slope
        // The slope is significant, so twice the fall passes the quantile on its way to the flat curve.
        let fall = { (x: Double) in
            2 * (logLikelihood - trials.profile(odds: odds, at: x, startingFrom: slope))
        }
        var step = 1.0
        while fall(best + step) < Self.chiSquared90, step < 64 { step *= 2 }
        return exp(crossing(of: Self.chiSquared90, from: best, to: best + step, fall))
    }

    private func logit(_ probability: Double) -> Double { log(probability / (1 - probability)) }
}

/// Hits and misses over the logarithm of size.
private struct Trials: Sendable, Hashable {
    let x: [Double]
    let hits: [Bool]

    func logLikelihood(_ intercept: Double, _ slope: Double) -> Double {
        var sum = 0.0
        for (x, hit) in zip(x, hits) {
            let odds = intercept + slope * x
            // ln(1 / (1 + e^-odds)) without overflow.
            let signed = hit ? -odds : odds
            sum -= signed > 0 ? signed + log1p(exp(-signed)) : log1p(exp(signed))
        }
        return sum
    }

    /// Newton's steps from a flat curve, halved where they overshoot; sizes centred so that the two are
    /// nearly independent.
    func maximum() -> (intercept: Double, slope: Double) {
        let centre = x.reduce(0, +) / Double(x.count)
        let centred = Trials(x: x.map { $0 - centre }, hits: hits)
        let share = Double(hits.count { $0 }) / Double(hits.count)
        var (a, b) = (log(share / (1 - share)), 0.0)
        var value = centred.logLikelihood(a, b)
        for _ in 0..<200 {
            var (ga, gb, haa, hab, hbb) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for (x, hit) in zip(centred.x, hits) {
                let p = 1 / (1 + exp(-(a + b * x)))
                let residual = (hit ? 1 : 0) - p
                let weight = p * (1 - p)
                ga += residual
                gb += residual * x
                haa += weight
                hab += weight * x
                hbb += weight * x * x
            }
            let determinant = haa * hbb - hab * hab
            guard determinant > 0 else { break }
            var (da, db) = ((hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant)
            var next = centred.logLikelihood(a + da, b + db)
            while next < value, abs(da) + abs(db) > 1e-14 {
                (da, db) = (da / 2, db / 2)
                next = centred.logLikelihood(a + da, b + db)
            }
            (a, b, value) = (a + da, b + db, next)
            if abs(da) + abs(db) <= 1e-13 * (1 + abs(a) + abs(b)) { break }
        }
        return (a - b * centre, b)
    }

    /// The largest log-likelihood of curves that pass `odds` at `place`, over slopes that are not negative.
    func profile(odds: Double, at place: Double, startingFrom slope: Double) -> Double {
        var lower = 0.0
        var upper = max(slope, 1e-3)
        // The derivative falls with the slope: bracket its zero, then halve.
        func derivative(_ slope: Double) -> Double {
            var sum = 0.0
            for (x, hit) in zip(x, hits) {
                let p = 1 / (1 + exp(-(odds + slope * (x - place))))
                sum += ((hit ? 1 : 0) - p) * (x - place)
            }
            return sum
        }
        while derivative(upper) > 0, upper < 1e6 { upper *= 2 }
        if derivative(0) <= 0 { upper = 0 }
        for _ in 0..<100 where upper - lower > 1e-14 * upper {
            let middle = 0.5 * (lower + upper)
            if derivative(middle) > 0 { lower = middle } else { upper = middle }
        }
        let best = 0.5 * (lower + upper)
        return logLikelihood(odds - best * place, best)
    }
}
