import ClearcoatFilters

// Row kernels on 16-bit fixed point. The compiler vectorises them by itself in this form: spans of rows, wrapping
// arithmetic, and looks without checks inside the loop, behind one precondition before it.

/// Relative contrast in fixed point: 1.0 is `one`. A pixel twice as bright as the paint is +1.0 and
/// anything brighter is held there, so that three samples weighted 1 2 1 fit 16 bits.
enum FixedContrast {
    static let one: Float = 8192
    static let maximum: Float = 8191
}

// MARK: - Smoothing

/// `(above + 2 row + below) / 4`, rounded half up.
@inline(__always)
func binomialVertical(
    _ above: Span<Int16>,
    _ row: Span<Int16>,
    _ below: Span<Int16>,
    into out: inout [Int16]
) {
    precondition(above.count == row.count && below.count == row.count && out.count >= row.count)
    var out = out.mutableSpan
    // SAFETY: x stays below the count, which all four have.
    for x in 0..<row.count {
        let twice = unsafe row[unchecked: x] &+ row[unchecked: x]
        unsafe out[unchecked: x] = (above[unchecked: x] &+ twice &+ below[unchecked: x] &+ 2) &>> 2
    }
}

/// `(left + 2 here + right) / 4` into `out` from `base`; the ends by ``endpoint(_:_:_:_:_:)``.
@inline(__always)
func binomialHorizontal(_ row: Span<Int16>, into out: inout MutableSpan<Int16>, at base: Int) {
    let count = row.count
    precondition(base >= 0 && base + count <= out.count)
    for x in outerColumns(of: count) { out[base + x] = binomial(row, at: x) }
    // SAFETY: x - 1 and x + 1 stay inside the row, and base + x inside what is written.
    for columns in innerColumns(of: count) {
        for x in columns { unsafe out[unchecked: base &+ x] = innerBinomial(row, at: x) }
    }
}

/// The first and the last column of a row, which lack a neighbour.
@inline(__always)
func outerColumns(of count: Int) -> [Int] { count > 1 ? [0, count - 1] : [0] }

/// All others, in two parts: the second begins on a whole vector, so that no store lies across two.
@inline(__always)
func innerColumns(of count: Int) -> [Range<Int>] {
    let end = max(count - 1, 1)
    let first = min(8, end)
    return [1..<first, first..<end]
}

/// A row smoothed by 1 2 1 at any of its places.
@inline(__always)
func binomial(_ row: Span<Int16>, at x: Int) -> Int16 {
    let last = row.count - 1
    if row.count < 5 {
        let left = row[mirrored(x - 1, count: row.count)]
        let right = row[mirrored(x + 1, count: row.count)]
        return (left &+ row[x] &+ row[x] &+ right &+ 2) &>> 2
    }
    if x == 0 { return endpoint(row[0], row[1], row[2], row[3], row[4]) }
    if x == last { return endpoint(row[last], row[last - 1], row[last - 2], row[last - 3], row[last - 4]) }
    return (row[x - 1] &+ row[x] &+ row[x] &+ row[x + 1] &+ 2) &>> 2
}

/// The same at a place that has one on either side, which the caller has made sure of.
@inline(__always)
func innerBinomial(_ row: Span<Int16>, at x: Int) -> Int16 {
    // SAFETY: as the caller has made sure.
    let twice = unsafe row[unchecked: x] &+ row[unchecked: x]
    return unsafe (row[unchecked: x &- 1] &+ twice &+ row[unchecked: x &+ 1] &+ 2) &>> 2
}

/// The smoothed value at the end of a row, from the end inwards: weights 5 3 1 1 -2 over 8.
///
/// Mirroring would bend a ramp flat at the border, more on every coarser level, and a slope of the
/// light would respond there like a defect. These weights keep any ramp and smooth nearly as much.
@inline(__always)
func endpoint(_ a: Int16, _ b: Int16, _ c: Int16, _ d: Int16, _ e: Int16) -> Int16 {
    let sum = 5 &* Int32(a) &+ 3 &* Int32(b) &+ Int32(c) &+ Int32(d) &- 2 &* Int32(e)
    return Int16(min(max((sum &+ 4) &>> 3, -8191), 8191))
}

/// The value one sample beyond the end of a row, from the end outwards to inwards: on the straight line that fits the
/// last five best.
@inline(__always)
func beyond(_ a: Int16, _ b: Int16, _ c: Int16, _ d: Int16, _ e: Int16) -> Int16 {
    let sum = 8 &* Int32(a) &+ 5 &* Int32(b) &+ 2 &* Int32(c) &- Int32(d) &- 4 &* Int32(e)
    return Int16(min(max((sum &+ 5) / 10, -8191), 8191))
}

/// The row below the last one of `plane`.
func rowBeyond(_ plane: BandedPlane, into out: inout [Int16]) {
    let last = plane.height - 1
    for x in 0..<plane.width {
        out[x] =
            last < 4
            ? plane[x, last]
            : beyond(
                plane[x, last],
                plane[x, last - 1],
                plane[x, last - 2],
                plane[x, last - 3],
                plane[x, last - 4]
            )
    }
}

private func endpointRow(of plane: BandedPlane, last: Bool, into out: inout [Int16]) {
    func y(_ distance: Int) -> Int { last ? plane.height - 1 - distance : distance }
    for x in 0..<plane.width {
        out[x] = endpoint(plane[x, y(0)], plane[x, y(1)], plane[x, y(2)], plane[x, y(3)], plane[x, y(4)])
    }
}

/// Row `y` of `plane` smoothed by 1 2 1 along the columns.
@inline(__always)
func binomialColumns(of plane: BandedPlane, _ y: Int, into out: inout [Int16]) {
    if plane.height >= 5, y == 0 || y == plane.height - 1 {
        return endpointRow(of: plane, last: y > 0, into: &out)
    }
    plane.withRow(mirrored(y - 1, count: plane.height)) { above in
        plane.withRow(y) { row in
            plane.withRow(mirrored(y + 1, count: plane.height)) { below in
                binomialVertical(above, row, below, into: &out)
            }
        }
    }
}

/// Row `y` of `plane` smoothed by 1 2 1 in both directions.
@inline(__always)
func binomialRow(of plane: BandedPlane, _ y: Int, scratch: inout [Int16], into out: inout [Int16]) {
    var out = out.mutableSpan
    binomialRow(of: plane, y, scratch: &scratch, into: &out, at: 0)
}

/// The same into `out` from `base`.
@inline(__always)
func binomialRow(
    of plane: BandedPlane,
    _ y: Int,
    scratch: inout [Int16],
    into out: inout MutableSpan<Int16>,
    at base: Int
) {
    binomialColumns(of: plane, y, into: &scratch)
    binomialHorizontal(scratch.span, into: &out, at: base)
}

// MARK: - Between levels

/// Writes every second sample of `row`, from the first.
@inline(__always)
func everySecond(of row: Span<Int16>, into out: inout MutableSpan<Int16>, at base: Int, count: Int) {
    precondition(2 * count <= row.count + 1 && base >= 0 && base + count <= out.count)
    // SAFETY: the last sample read is 2 (count - 1), and the last one written base + count - 1.
    for x in 0..<count { unsafe out[unchecked: base &+ x] = row[unchecked: x &* 2] }
}

/// Writes row `y` of a plane twice as fine as `coarse`: samples of `coarse` lie on the even rows and
/// columns, the others are the means of their neighbours. `coarse` has a sample at or beyond the last one of `out`.
@inline(__always)
func expandedRow(of coarse: BandedPlane, _ y: Int, scratch: inout [Int16], into out: inout [Int16]) {
    var out = out.mutableSpan
    expandedRow(of: coarse, y, scratch: &scratch, into: &out, at: 0, count: out.count)
}

/// The same for `count` samples from `base` on.
@inline(__always)
func expandedRow(
    of coarse: BandedPlane,
    _ y: Int,
    scratch: inout [Int16],
    into out: inout MutableSpan<Int16>,
    at base: Int,
    count: Int
) {
    coarse.withRow(y / 2) { row in
        if y % 2 == 0 {
            interleave(row, into: &out, at: base, count: count)
        } else {
            coarse.withRow(y / 2 + 1) { next in average(row, next, into: &scratch) }
            interleave(scratch.span, into: &out, at: base, count: count)
        }
    }
}

/// The same for row `y`, from the coarser rows that it lies on or between.
@inline(__always)
func expandedRow(of coarse: RowPair, _ y: Int, scratch: inout [Int16], into out: inout [Int16]) {
    var out = out.mutableSpan
    let count = out.count
    if y % 2 == 0 {
        interleave(coarse.upper.span, into: &out, at: 0, count: count)
    } else {
        average(coarse.upper.span, coarse.lower.span, into: &scratch)
        interleave(scratch.span, into: &out, at: 0, count: count)
    }
}

@inline(__always)
private func average(_ one: Span<Int16>, _ two: Span<Int16>, into out: inout [Int16]) {
    precondition(two.count == one.count && out.count >= one.count)
    var out = out.mutableSpan
    // Rounds down; both lie within ±8191, so the sum fits. SAFETY: x stays below the count that all have.
    for x in 0..<one.count {
        unsafe out[unchecked: x] = (one[unchecked: x] &+ two[unchecked: x]) &>> 1
    }
}

/// Even columns take `row`, odd ones the mean of their neighbours.
@inline(__always)
private func interleave(_ row: Span<Int16>, into out: inout MutableSpan<Int16>, at base: Int, count: Int) {
    typealias Lane = SIMD8<Int16>
    precondition(count / 2 < row.count && base >= 0 && base + count <= out.count)
    let bytes = unsafe row.bytes
    var outBytes = unsafe out.mutableBytes
    let whole = count / 2 / Lane.scalarCount * Lane.scalarCount
    // Eight at a time by hand, since the compiler does not see that the two do not overlap.
    // SAFETY: x + 8 is at most count / 2, which lies in the row; what is written lies before base + count.
    for x in Swift.stride(from: 0, to: whole, by: Lane.scalarCount) {
        let here = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: x &* 2, as: Lane.self)
        let next = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: x &* 2 &+ 2, as: Lane.self)
        var both = SIMD16<Int16>()
        both.evenHalf = here
        both.oddHalf = (here &+ next) &>> 1
        let offset = (base &+ x &* 2) &* 2
        unsafe outBytes.storeBytes(of: both, toUncheckedByteOffset: offset, as: SIMD16<Int16>.self)
    }
    for x in whole..<count / 2 {
        let here = unsafe row[unchecked: x]
        unsafe out[unchecked: base &+ x &* 2] = here
        unsafe out[unchecked: base &+ x &* 2 &+ 1] = (here &+ row[unchecked: x &+ 1]) &>> 1
    }
    if count % 2 == 1 { out[base + count - 1] = row[count / 2] }
}

// MARK: - Differences

/// `near + second / 4 (middle - near) + third / 4 (far - middle)`, rounded half up, into `out` from `base`; the weights
/// are at most 4 in magnitude.
@inline(__always)
func mix(
    _ near: Span<Int16>,
    _ middle: Span<Int16>,
    _ far: Span<Int16>,
    _ weights: BandWeights,
    into out: inout MutableSpan<Int16>,
    at base: Int
) {
    let count = near.count
    precondition(
        middle.count == count && far.count == count && base >= 0 && base + count <= out.count
    )
    let (second, third) = (Int16(weights.second), Int16(weights.third))
    // Differences are held at half the brightness, so that everything fits 16 bits.
    let most: Int16 = 4095
    // SAFETY: x stays below the count that all three have.
    for x in 0..<count {
        let here = unsafe near[unchecked: x]
        let beyond = unsafe middle[unchecked: x]
        let change = min(max(beyond &- here, 0 &- most), most)
        let further = unsafe min(max(far[unchecked: x] &- beyond, 0 &- most), most)
        let share = (second &* change &+ third &* further &+ 2) &>> 2
        unsafe out[unchecked: base &+ x] = min(max(here &+ share, -8191), 8191)
    }
}

// MARK: - Copying

/// Writes a row to the places of `out` from `base` on.
@inline(__always)
func copy<Value: BitwiseCopyable>(_ row: Span<Value>, into out: inout MutableSpan<Value>, at base: Int) {
    precondition(base >= 0 && base + row.count <= out.count)
    // SAFETY: the row fits into the places from the base on.
    for x in 0..<row.count { unsafe out[unchecked: base &+ x] = row[unchecked: x] }
}

@inline(__always)
func copy<Value: BitwiseCopyable>(_ row: Span<Value>, into out: inout [Value], at base: Int) {
    var out = out.mutableSpan
    copy(row, into: &out, at: base)
}

/// The same in wider numbers.
@inline(__always)
func widen<Narrow, Wide>(_ row: Span<Narrow>, into out: inout MutableSpan<Wide>, at base: Int)
where Narrow: FixedWidthInteger & BitwiseCopyable, Wide: FixedWidthInteger & BitwiseCopyable {
    precondition(base >= 0 && base + row.count <= out.count)
    // SAFETY: the row fits into the places from the base on.
    for x in 0..<row.count { unsafe out[unchecked: base &+ x] = Wide(truncatingIfNeeded: row[unchecked: x]) }
}

/// Writes 0 to some places.
@inline(__always)
func clear<Value: FixedWidthInteger & BitwiseCopyable>(_ values: inout [Value], at places: Range<Int>) {
    precondition(places.lowerBound >= 0 && places.upperBound <= values.count)
    var values = values.mutableSpan
    // SAFETY: the places lie inside.
    for place in places { unsafe values[unchecked: place] = 0 }
}
