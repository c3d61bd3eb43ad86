#if canImport(Glibc)
    import Glibc
#endif

/// The regularised lower incomplete gamma function P(a, x), 0...1: the distribution of a gamma variable.
///
/// Series below a + 1, continued fraction above (Press et al., Numerical Recipes, 6.2).
///
/// - Precondition: `a` is positive; `x` is not negative.
func incompleteGamma(_ a: Double, _ x: Double) -> Double {
    if x <= 0 { return 0 }
    let front = exp(-x + a * log(x) - lgamma(a))
    if x < a + 1 {
        var term = 1 / a
        var sum = term
        var n = a
        while abs(term) > abs(sum) * 1e-17 {
            n += 1
            term *= x / n
            sum += term
        }
        return min(1, sum * front)
    }
    func term(_ step: Int) -> (a: Double, b: Double) {
        let k = Double(step)
        return (step == 0 ? 1 : k * (a - k), x + 1 - a + 2 * k)
    }
    let fraction = continuedFraction(term)
    return max(0, 1 - front * fraction)
}

/// The regularised incomplete beta function I_x(a, b), 0...1: the distribution of a beta variable
/// (Numerical Recipes, 6.4).
///
/// - Precondition: `a` and `b` are positive.
func incompleteBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    // The fraction converges fast on this side only.
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(b, a, 1 - x) }
    let binomial: Double = lgamma(a + b) - lgamma(a) - lgamma(b)
    let front = exp(binomial + a * log(x) + b * log(1 - x)) / a
    func term(_ step: Int) -> (a: Double, b: Double) {
        if step == 0 { return (1, 1) }
        let m = Double(step / 2)
        let last = a + 2 * m
        if step % 2 == 0 {
            let numerator: Double = m * (b - m) * x
            return (numerator / ((last - 1) * last), 1)
        }
        let numerator: Double = -(a + m) * (a + b + m) * x
        return (numerator / (last * (last + 1)), 1)
    }
    let fraction = continuedFraction(term)
    return min(1, front * fraction)
}

/// a₀/(b₀ + a₁/(b₁ + …)) by the modified method of Lentz.
private func continuedFraction(_ term: (Int) -> (a: Double, b: Double)) -> Double {
    let tiny = 1e-300
    var value = tiny
    var c = value
    var d = 0.0
    for step in 0..<100_000 {
        let (a, b) = term(step)
        d = b + a * d
        d = 1 / (d == 0 ? tiny : d)
        c = b + a / c
        if c == 0 { c = tiny }
        value *= c * d
        if abs(c * d - 1) < 1e-16 { break }
    }
    return value
}

/// Where a rising function passes `target` between two places, to the last bits: by halving.
func crossing(of target: Double, from lower: Double, to upper: Double, _ value: (Double) -> Double) -> Double
{
    var (lower, upper) = (lower, upper)
    for _ in 0..<200 {
        let middle = 0.5 * (lower + upper)
        if middle <= lower || middle >= upper { break }
        if value(middle) < target { lower = middle } else { upper = middle }
    }
    return 0.5 * (lower + upper)
}
