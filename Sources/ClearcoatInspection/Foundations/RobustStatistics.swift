/// The middle value, the lower one of the two for an even count; nil when there is none.
package func median<Value: Comparable>(of values: [Value]) -> Value? { quantile(0.5, of: values) }

/// The value below which the share `level` of `values` lies, without interpolation; nil when there is
/// none. All must be comparable with each other: what is not a number has no place.
///
/// - Complexity: O(*n*) on average: only as much is put in order as must be.
/// - Reference: C. A. R. Hoare, "Algorithm 65: Find", Communications of the ACM 4 (1961).
@inline(__always)
package func quantile<Value: Comparable>(_ level: Double, of values: [Value]) -> Value? {
    guard !values.isEmpty else { return nil }
    let rank = Int(level * Double(values.count - 1))
    var ordered = values
    var places = 0..<values.count
    if values.count > 4096 {
        // Whatever the sample says, the value of this rank stays among the places.
        for bound in bounds(of: rank, in: values) {
            places = narrowed(places, to: rank, by: bound, in: &ordered)
        }
    }
    select(rank, of: places, in: &ordered)
    return ordered[rank]
}

/// The two values between which the one of this rank probably lies, as a sample tells.
///
/// - Reference: R. W. Floyd, R. L. Rivest, "Expected time bounds for selection", Communications of the ACM 18 (1975).
@inline(__always)
private func bounds<Value: Comparable>(of rank: Int, in values: [Value]) -> [Value] {
    let step = 32
    var some = stride(from: 0, to: values.count, by: step).map { values[$0] }
    // Three standard errors of a rank in the sample.
    let reach = Int(1.5 * Double(some.count).squareRoot()) + 1
    return [-reach, reach].map { offset in
        let rank = min(max(rank / step + offset, 0), some.count - 1)
        select(rank, of: 0..<some.count, in: &some)
        return some[rank]
    }
}

/// Puts the value of this rank, which is somewhere in these places, in its own, smaller ones before and larger ones
/// behind it.
@inline(__always)
private func select<Value: Comparable>(_ rank: Int, of places: Range<Int>, in ordered: inout [Value]) {
    var places = places
    while places.count > 1 {
        // Not the middle one: of values that fall and rise again it is the lowest, round after round.
        let pivot = ordered[places.lowerBound + scattered(places.count) % places.count]
        places = narrowed(places, to: rank, by: pivot, in: &ordered)
    }
}

/// Puts values smaller than a pivot first and larger ones last; the places among which the one of this rank is then.
@inline(__always)
private func narrowed<Value: Comparable>(
    _ places: Range<Int>,
    to rank: Int,
    by pivot: Value,
    in ordered: inout [Value]
) -> Range<Int> {
    let smaller = moveToFront(places, of: &ordered) { $0 < pivot }
    if rank < smaller { return places.lowerBound..<smaller }
    let equal = moveToFront(smaller..<places.upperBound, of: &ordered) { !(pivot < $0) }
    return rank < equal ? rank..<rank + 1 : equal..<places.upperBound
}

/// Moves what fulfils a condition to the first of some places, and says where the rest begins.
@inline(__always)
private func moveToFront<Value>(
    _ places: Range<Int>,
    of values: inout [Value],
    where belongs: (Value) -> Bool
) -> Int {
    precondition(places.lowerBound >= 0 && places.upperBound <= values.count)
    var values = values.mutableSpan
    var next = places.lowerBound
    for place in places {
        // SAFETY: all places are inside, and the next one is never behind the one that is looked at.
        let value = unsafe values[unchecked: place]
        unsafe values[unchecked: place] = values[unchecked: next]
        unsafe values[unchecked: next] = value
        // SAFETY: a truth value is a byte of 0 or 1. Of a choice between two numbers the compiler makes a branch, which
        // goes wrong every other time: all takes three times as long.
        next &+= Int(unsafe unsafeBitCast(belongs(value), to: UInt8.self))
    }
    return next
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
    return 1.4826 * (median(of: values.mapped { abs($0 - middle) }) ?? 0)
}
