// Truth values eight at a time: masks are long, and each value is a byte.

/// How many values are true.
func truths(in values: Span<Bool>) -> Int {
    var total = 0
    for start in stride(from: 0, to: values.count, by: 8) { total &+= truths(in: eightTruths(values, start)) }
    return total
}

/// The eight truth values from `place` on as bytes of 0 or 1, the first in the lowest byte; beyond the end all are
/// false.
@inline(__always)
func eightTruths(_ values: Span<Bool>, _ place: Int) -> UInt64 {
    if place &+ 8 <= values.count {
        let bytes = unsafe values.bytes
        // SAFETY: the eight values from `place` on lie inside, and each is a byte of 0 or 1.
        return unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian
    }
    var word: UInt64 = 0
    for index in place..<values.count where values[index] { word |= 1 << UInt64(8 * (index - place)) }
    return word
}

/// Eight bytes of 1.
let allTrue: UInt64 = 0x0101_0101_0101_0101

/// How many of eight values are true.
@inline(__always)
func truths(in word: UInt64) -> Int {
    // The highest byte of the product is the sum of all bytes.
    Int(truncatingIfNeeded: (word &* allTrue) >> 56)
}

/// Where the true value of this rank lies among eight.
@inline(__always)
func place(ofTruth rank: Int, in word: UInt64) -> Int {
    if word == allTrue { return rank }
    var word = word
    for _ in 0..<rank { word &= word &- 1 }
    return word.trailingZeroBitCount / 8
}
