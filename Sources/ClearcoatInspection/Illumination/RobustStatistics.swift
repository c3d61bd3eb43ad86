/// The middle value, the lower one of the two for an even count; nil when there is none.
package func median<Value: Comparable>(of values: [Value]) -> Value? { quantile(0.5, of: values) }

/// The value below which the share `level` of `values` lies, without interpolation; nil when there is
/// none.
///
/// - Complexity: O(*n*) on average: only as much is put in order as must be.
/// - Reference: C. A. R. Hoare, "Algorithm 65: Find", Communications of the ACM 4 (1961).
@inline(__always)
package func quantile<Value: Comparable>(_ level: Double, of values: [Value]) -> Value? {
    guard !values.isEmpty else { return nil }
    let rank = Int(level * Double(values.count - 1))
    if values.count > 4096, let found = valueOfMany(rank, in: values) { return found }
    var ordered = values
    select(rank, in: &ordered)
    return ordered[rank]
}

/// The value of this rank among many: a sample of them says between which two it lies, and only what is between
/// them is put in order. Nil when the sample was wrong.
///
/// - Reference: R. W. Floyd, R. L. Rivest, "Expected time bounds for selection", Communications of the ACM 18 (1975).
@inline(__always)
private func valueOfMany<Value: Comparable>(_ rank: Int, in values: [Value]) -> Value? {
    let step = 32
    var some = stride(from: 0, to: values.count, by: step).map { values[$0] }
    let middle = rank / step
    // Three standard errors of a rank in the sample.
    let reach = Int(1.5 * Double(some.count).squareRoot()) + 1
    func bound(_ rank: Int) -> Value {
        let rank = min(max(rank, 0), some.count - 1)
        select(rank, in: &some)
        return some[rank]
    }
    let low = middle - reach < 0 ? nil : bound(middle - reach)
    let high = middle + reach >= some.count ? nil : bound(middle + reach)
    var below = 0
    var between: [Value] = []
    for value in values {
        if let low, value < low {
            below &+= 1
        } else if high.map({ value <= $0 }) ?? true {
            between.append(value)
        }
    }
    guard between.indices.contains(rank - below) else { return nil }
    select(rank - below, in: &between)
    return between[rank - below]
}

/// Puts the value of this rank in its place, smaller ones before and larger ones behind it.
@inline(__always)
private func select<Value: Comparable>(_ rank: Int, in ordered: inout [Value]) {
    var low = 0
    var high = ordered.count - 1
    var values = ordered.mutableSpan
    // SAFETY: low and high are inside, and a value that stops i and j lies between them on either side.
    while low < high {
        let pivot = unsafe values[unchecked: low + (high - low) / 2]
        var i = low
        var j = high
        while i <= j {
            while unsafe values[unchecked: i] < pivot { i &+= 1 }
            while unsafe pivot < values[unchecked: j] { j &-= 1 }
            if i <= j {
                unsafe values.swapAt(unchecked: i, unchecked: j)
                i &+= 1
                j &-= 1
            }
        }
        if rank <= j { high = j } else if rank >= i { low = i } else { break }
    }
}

/// Some of the valid places, spread evenly over them: few enough to be put in order quickly and enough to tell a quantile
/// of all to a percent.
///
/// One of each so many, but not always the same one: where that is a share of the columns, most of them would not be
/// seen.
package func samplePlaces(where isValid: [Bool]) -> [Int] {
    let span = isValid.span
    let count = truths(in: span)
    let step = max(count / 10_000, 1)
    var places: [Int] = []
    places.reserveCapacity(count / step + 1)
    var passed = 0
    var next = scattered(0) % step
    for start in stride(from: 0, to: span.count, by: 8) {
        let word = eightTruths(span, start)
        let inWord = truths(in: word)
        while next - passed < inWord {
            places.append(start + place(ofTruth: next - passed, in: word))
            next = places.count * step + scattered(places.count) % step
        }
        passed += inWord
    }
    return places
}

/// A number that looks drawn at random, the same one for an index each time.
///
/// - Reference: D. E. Knuth, "The Art of Computer Programming", volume 3, 2nd ed., Addison-Wesley 1998, 6.4
///   (multiplicative hashing by the golden ratio).
private func scattered(_ index: Int) -> Int { Int((UInt64(index) &* 0x9E37_79B9_7F4A_7C15) >> 40) }

/// The standard deviation of the bulk of `values`, from their median absolute deviation; 0 for none.
///
/// - Reference: P. J. Huber, E. M. Ronchetti, "Robust Statistics", 2nd ed., Wiley 2009, 5.1: for a
///   normal distribution the deviation is 1.4826 times the median absolute deviation.
package func robustSpread(of values: [Float]) -> Float {
    guard let middle = median(of: values) else { return 0 }
    return 1.4826 * (median(of: values.map { abs($0 - middle) }) ?? 0)
}
