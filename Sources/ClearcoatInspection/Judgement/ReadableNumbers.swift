/// A number of things: `1 record`, `2 records`.
package func counted(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }

/// A number with three significant digits, for sentences that people read.
package func readable(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite, value != 0, abs(value) < 1e15 else { return value.shortest }
    // Powers of ten up to 10^22 are exact, so the quotient below is the nearest to the decimal number.
    var power = 0
    var size = abs(value)
    let least = (1..<digits).reduce(1.0) { product, _ in product * 10 }
    while size >= least * 10 { (size, power) = (size / 10, power + 1) }
    while size < least, power > -12 { (size, power) = (size * 10, power - 1) }
    var factor = 1.0
    for _ in 0..<abs(power) { factor *= 10 }
    let rounded = power < 0 ? (value * factor).rounded() / factor : (value / factor).rounded() * factor
    return rounded.shortest
}

/// A measured value beside a bound such as `> 0.96`, with as many digits as tell it from the bound's numbers.
package func readable(_ value: Double, beside bound: String) -> String {
    let numbers = bound.split { !"0123456789.-+e".contains($0) }.compactMap { Double($0) }
    for digits in 3..<9 {
        let text = readable(value, digits: digits)
        guard let shown = Double(text), shown != value, numbers.contains(shown) else { return text }
    }
    return value.shortest
}

/// A measured value with the half-width of its interval, as in `19.6 ± 1.6`: the interval with one digit that
/// counts, or two where the first is a one, and the value to the same place.
package func readable(_ value: Double, plusMinus uncertainty: Double) -> String {
    guard value.isFinite, uncertainty.isFinite, uncertainty > 0, abs(value) < 1e9, uncertainty < 1e9 else {
        return readable(value)
    }
    let place = lastPlace(of: uncertainty)
    return "\(decimal(value, place: place)) ± \(decimal(uncertainty, place: place))"
}

/// An interval, as in `18.0 .. 21.2`, with as many digits as its half-width has that count, or as many more as tell
/// its ends from the numbers of a bound such as `> 21 px`.
package func readable(from lower: Double, to upper: Double, beside bound: String = "") -> String {
    let halfWidth = (upper - lower) / 2
    guard lower.isFinite, upper.isFinite, halfWidth > 0, abs(lower) < 1e9, abs(upper) < 1e9 else {
        return "\(readable(lower)) .. \(readable(upper))"
    }
    let numbers = bound.split { !"0123456789.".contains($0) }.compactMap { Double($0) }
    let place = lastPlace(of: halfWidth)
    let places = (0..<4).map { place - $0 }
    let fine = places.first { place in
        ![lower, upper].contains { end in
            let shown = Double(decimal(end, place: place))
            return shown != end && numbers.contains { $0 == shown }
        }
    }
    let last = fine ?? place
    return "\(decimal(lower, place: last)) .. \(decimal(upper, place: last))"
}

/// The place of an uncertainty's last digit that counts, as a power of ten: that of the first, or one below when
/// it is a one.
private func lastPlace(of uncertainty: Double) -> Int {
    var place = 0
    var leading = uncertainty
    while leading >= 10 { (leading, place) = (leading / 10, place + 1) }
    while leading < 1, place > -12 { (leading, place) = (leading * 10, place - 1) }
    return leading < 1.95 ? place - 1 : place
}

/// A number rounded to a power of ten, with all digits down to there.
private func decimal(_ value: Double, place: Int) -> String {
    var factor = 1.0
    for _ in 0..<abs(place) { factor *= 10 }
    guard place < 0 else { return ((value / factor).rounded() * factor).shortest }
    let digits = String(Int64((abs(value) * factor).rounded()))
    let padded = String(repeating: "0", count: max(0, 1 - place - digits.count)) + digits
    let sign = value < 0 ? "-" : ""
    return sign + padded.dropLast(-place) + "." + padded.suffix(-place)
}

/// A share as whole percent, one decimal below 10 %.
func percent(_ share: Double) -> String {
    guard share.isFinite, abs(share) < 1e12 else { return share.shortest }
    let tenths = (abs(share) * 1000).rounded()
    if tenths == 0, share != 0 { return "less than 0.1 %" }
    return (tenths < 100 ? (tenths / 10).shortest : (tenths / 10).rounded().shortest) + " %"
}

/// Numbers in a row, at most `most` of them: `1, 2, 3 and 4 more`.
func enumeration(_ numbers: [Int], most: Int = 5) -> String {
    let shown = numbers.prefix(most).map(String.init).joined(separator: ", ")
    return numbers.count > most ? "\(shown) and \(numbers.count - most) more" : shown
}
