public import ClearcoatImage

/// Appends the runs of one row of a mask, from left to right. Anything but 0 is foreground.
///
/// Clean paint is nearly all of every row, so 64 columns of background are passed at a time; a
/// noisy row costs a few instructions for each end of a run.
///
/// - Parameters:
///   - row: the samples of the row.
///   - y: the row's number, which the runs will carry.
/// - Complexity: O(*n*) in samples.
public func appendRuns(of row: Span<UInt8>, at y: Int, to runs: inout [Run]) {
    let bytes = unsafe row.bytes
    let width = bytes.byteCount
    var start = -1  // where the open run began; -1 while in the background
    var x = 0
    while x &+ 8 <= width {
        if start < 0 {
            x = endOfBackground(in: bytes, from: x)
            if x &+ 8 > width { break }
        }
        // SAFETY: x + 8 <= width.
        let word = unsafe UInt64(
            littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: x, as: UInt64.self)
        )
        // The high bit of each byte says whether the sample is foreground.
        let high: UInt64 = 0x8080_8080_8080_8080
        let foreground = ((word & ~high) &+ ~high | word) & high
        // A column where the row changes differs from the column on its left.
        var changes = foreground ^ (foreground &<< 8 | (start < 0 ? 0 : 0x80))
        while changes != 0 {
            let column = x &+ changes.trailingZeroBitCount &>> 3
            if start < 0 {
                start = column
            } else {
                runs.append(Run(uncheckedRow: y, start: start, end: column))
                start = -1
            }
            changes &= changes &- 1
        }
        x &+= 8
    }
    while x < width {
        if row[x] != 0 {
            if start < 0 { start = x }
        } else if start >= 0 {
            runs.append(Run(uncheckedRow: y, start: start, end: x))
            start = -1
        }
        x &+= 1
    }
    if start >= 0 { runs.append(Run(uncheckedRow: y, start: start, end: width)) }
}

/// The first column from `start` on that is a whole number of 64-column steps away and whose step holds
/// foreground, or where fewer than 64 columns are left. By hand, because the compiler does not
/// vectorise a loop that may leave early.
@inline(__always)
private func endOfBackground(in bytes: RawSpan, from start: Int) -> Int {
    typealias Lane = SIMD16<UInt8>
    var x = start
    while x &+ 64 <= bytes.byteCount {
        // SAFETY: the loop condition keeps x ..< x + 64 inside the row.
        let first = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: x, as: Lane.self)
        let second = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: x &+ 16, as: Lane.self)
        let third = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: x &+ 32, as: Lane.self)
        let fourth = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: x &+ 48, as: Lane.self)
        if any((first | second) | (third | fourth) .!= Lane(repeating: 0)) { break }
        x &+= 64
    }
    return x
}

/// The runs of a mask, or of some of its rows, in reading order.
///
/// Bands of rows may be scanned at the same time: their runs, one band after the other, are the runs of
/// the whole mask.
///
/// - Parameter rows: the rows to scan; nil means all. Clipped to the mask.
/// - Complexity: O(*n*) in pixels.
public func runs(in mask: Mask, rows: Range<Int>? = nil) -> [Run] {
    precondition(mask.width <= Int(Int32.max) && mask.height <= Int(Int32.max), "mask of \(mask.bounds)")
    var found: [Run] = []
    let samples = mask.samples.span
    for y in (rows ?? mask.bounds.rows).clamped(to: mask.bounds.rows) {
        appendRuns(of: samples.extracting(mask.row(y)), at: y, to: &found)
    }
    return found
}
