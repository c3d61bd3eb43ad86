package import ClearcoatInspection

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Fits how votes become probabilities (see ``ClassifierModel/Calibration``) to votes of which it is known
/// whether they were right.
///
/// Newton's method on the likelihood, with the step halved until it helps. The targets are pulled away from 0
/// and 1 as if one more of each kind had been seen, so that a perfect separation gives no infinite slope.
///
/// - Reference: J. Platt, 1999; H.-T. Lin, C.-J. Lin, R. Weng, "A note on Platt's probabilistic outputs for
///   support vector machines", Machine Learning 68, 2007.
package func fitPlatt(_ votes: [Double], isRight: [Bool]) -> ClassifierModel.Calibration {
    precondition(votes.count == isRight.count, "\(votes.count) votes for \(isRight.count) truths")
    let right = Double(isRight.count { $0 }), wrong = Double(votes.count) - right
    guard right > 0, wrong > 0 else { return .identity }
    let odds = votes.map(ClassifierModel.Calibration.logOdds)
    let targets = isRight.map { $0 ? (right + 1) / (right + 2) : 1 / (wrong + 2) }
    var slope = 1.0, offset = 0.0
    var loss = plattLoss(odds, targets, slope, offset)
    for _ in 0..<100 {
        var gradient = (0.0, 0.0)
        // The ridge keeps the matrix regular when all votes are the same.
        var curvature = (1e-9, 0.0, 1e-9)
        for (x, target) in zip(odds, targets) {
            let p = 1 / (1 + exp(-(slope * x + offset)))
            gradient.0 += (p - target) * x
            gradient.1 += p - target
            curvature.0 += p * (1 - p) * x * x
            curvature.1 += p * (1 - p) * x
            curvature.2 += p * (1 - p)
        }
        let determinant = curvature.0 * curvature.2 - curvature.1 * curvature.1
        guard max(abs(gradient.0), abs(gradient.1)) > 1e-7, determinant > 0 else { break }
        let stepSlope = (curvature.2 * gradient.0 - curvature.1 * gradient.1) / determinant
        let stepOffset = (curvature.0 * gradient.1 - curvature.1 * gradient.0) / determinant
        var size = 1.0
        while size > 1e-6 {
            let next = plattLoss(odds, targets, slope - size * stepSlope, offset - size * stepOffset)
            if next < loss {
                (slope, offset, loss) = (slope - size * stepSlope, offset - size * stepOffset, next)
                break
            }
            size /= 2
        }
        if size <= 1e-6 { break }
    }
    // A forest that is worse than chance for a class is not turned round: its votes then say nothing.
    return .init(slope: min(max(slope, 0), 20), offset: min(max(offset, -50), 50))
}

/// The sum of the negative logarithms of the likelihood of each target.
package func plattLoss(_ odds: [Double], _ targets: [Double], _ slope: Double, _ offset: Double) -> Double {
    zip(odds, targets).reduce(0) { sum, pair in
        let z = slope * pair.0 + offset
        // log(1 + exp(z)) without overflow.
        return sum + max(z, 0) + log1p(exp(-abs(z))) - pair.1 * z
    }
}
