/// A number with three significant digits, for sentences that people read.
func readable(_ value: Double) -> String {
    guard value.isFinite, value != 0, abs(value) < 1e15 else { return value.shortest }
    // Powers of ten up to 10^22 are exact, so the quotient below is the nearest to the decimal number.
    var power = 0
    var size = abs(value)
    while size >= 1000 { (size, power) = (size / 10, power + 1) }
    while size < 100, power > -12 { (size, power) = (size * 10, power - 1) }
    var factor = 1.0
    for _ in 0..<abs(power) { factor *= 10 }
    let rounded = power < 0 ? (value * factor).rounded() / factor : (value / factor).rounded() * factor
    return rounded.shortest
}

/// A share as whole percent, one decimal below 10 %.
func percent(_ share: Double) -> String {
    guard share.isFinite, abs(share) < 1e12 else { return share.shortest }
    let tenths = (abs(share) * 1000).rounded()
    return (tenths < 100 ? (tenths / 10).shortest : (tenths / 10).rounded().shortest) + " %"
}

/// Numbers in a row, at most `most` of them: `1, 2, 3 and 4 more`.
func enumeration(_ numbers: [Int], most: Int = 5) -> String {
    let shown = numbers.prefix(most).map(String.init).joined(separator: ", ")
    return numbers.count > most ? "\(shown) and \(numbers.count - most) more" : shown
}
