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
    guard count >= 5 else {
        for x in 0..<count {
            let left = row[mirrored(x - 1, count: count)]
            let right = row[mirrored(x + 1, count: count)]
            out[base + x] = (left &+ row[x] &+ row[x] &+ right &+ 2) &>> 2
        }
        return
    }
    precondition(base >= 0 && base + count <= out.count)
    // SAFETY: x - 1 and x + 1 stay inside the row, and base + x inside what is written.
    for x in 1..<count &- 1 {
        let twice = unsafe row[unchecked: x] &+ row[unchecked: x]
        unsafe out[unchecked: base &+ x] =
            (row[unchecked: x &- 1] &+ twice &+ row[unchecked: x &+ 1] &+ 2) &>> 2
    }
    out[base] = endpoint(row[0], row[1], row[2], row[3], row[4])
    let last = count - 1
    out[base + last] = endpoint(row[last], row[last - 1], row[last - 2], row[last - 3], row[last - 4])
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
    if plane.height >= 5, y == 0 || y == plane.height - 1 {
        endpointRow(of: plane, last: y > 0, into: &scratch)
        return binomialHorizontal(scratch.span, into: &out, at: base)
    }
    plane.withRow(mirrored(y - 1, count: plane.height)) { above in
        plane.withRow(y) { row in
            plane.withRow(mirrored(y + 1, count: plane.height)) { below in
                binomialVertical(above, row, below, into: &scratch)
            }
        }
    }
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
    let upper = y / 2
    coarse.withRow(upper) { row in
        if y % 2 == 0 {
            interleave(row, into: &out, at: base, count: count)
        } else {
            coarse.withRow(upper + 1) { next in average(row, next, into: &scratch) }
            interleave(scratch.span, into: &out, at: base, count: count)
        }
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
    precondition(count / 2 < row.count && base >= 0 && base + count <= out.count)
    // SAFETY: x + 1 is at most count / 2, which lies in the row; what is written lies before base + count.
    for x in 0..<count / 2 {
        let here = unsafe row[unchecked: x]
        unsafe out[unchecked: base &+ x &* 2] = here
        unsafe out[unchecked: base &+ x &* 2 &+ 1] = (here &+ row[unchecked: x &+ 1]) &>> 1
    }
    if count % 2 == 1 { out[base + count - 1] = row[count / 2] }
}

// MARK: - Differences

/// Writes what is left of `row` without `background` into `out` from `base`.
@inline(__always)
func subtract(
    _ background: Span<Int16>,
    from row: Span<Int16>,
    into out: inout MutableSpan<Int16>,
    at base: Int,
    count: Int
) {
    precondition(
        background.count >= count && row.count >= count && base >= 0 && base + count <= out.count
    )
    // SAFETY: x stays below the count that all three have.
    for x in 0..<count {
        unsafe out[unchecked: base &+ x] = row[unchecked: x] &- background[unchecked: x]
    }
}

/// `near + second / 4 (middle - near) + third / 4 (far - middle)`, rounded half up, into `out` from `base`.
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
    let (second, third) = (weights.second, weights.third)
    // SAFETY: x stays below the count that all three have.
    for x in 0..<count {
        let here = unsafe Int32(near[unchecked: x])
        let beyond = unsafe Int32(middle[unchecked: x])
        let change = unsafe second &* (beyond &- here) &+ third &* (Int32(far[unchecked: x]) &- beyond)
        let value = here &+ ((change &+ 2) &>> 2)
        unsafe out[unchecked: base &+ x] = Int16(truncatingIfNeeded: min(max(value, -8191), 8191))
    }
}
