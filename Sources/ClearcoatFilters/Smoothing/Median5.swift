import ClearcoatImage

/// The median of 25: columns are put in order once for the five windows that share them, then the
/// rows of equal rank along each window.
///
/// In a square whose columns and rows are both in order, the median is found as in the 3x3 case: an
/// element with 13 or more others on one side of it cannot be the middle one, which leaves the diagonal
/// from the top right to the bottom left and the two beside it. Counting again along those three leaves
/// the largest of the upper, the median of the middle and the smallest of the lower one.
@inline(__always)
func median5<Element: GraySample>(
    _ image: Image<Element>,
    rows: Range<Int>,
    into output: inout MutableSpan<Element>
) {
    let width = image.width
    let empty = [Element](repeating: 0, count: width + 4)
    var (rank0, rank1, rank2, rank3, rank4) = (empty, empty, empty, empty, empty)
    let samples = image.samples.span
    var a = rank0.mutableSpan
    var b = rank1.mutableSpan
    var c = rank2.mutableSpan
    var d = rank3.mutableSpan
    var e = rank4.mutableSpan
    for y in rows {
        func row(_ y: Int) -> Range<Int> { image.row(mirrored(y, count: image.height)) }
        let row0 = samples.extracting(row(y - 2))
        let row1 = samples.extracting(row(y - 1))
        let row2 = samples.extracting(row(y))
        let row3 = samples.extracting(row(y + 1))
        let row4 = samples.extracting(row(y + 2))
        // One loop a rank: with five rows to write in one loop, the compiler gives up on proving that
        // none of them is one of the five it reads.
        for x in 0..<row2.count { a[x &+ 2] = Five(row0[x], row1[x], row2[x], row3[x], row4[x]).a }
        for x in 0..<row2.count { b[x &+ 2] = Five(row0[x], row1[x], row2[x], row3[x], row4[x]).b }
        for x in 0..<row2.count { c[x &+ 2] = Five(row0[x], row1[x], row2[x], row3[x], row4[x]).c }
        for x in 0..<row2.count { d[x &+ 2] = Five(row0[x], row1[x], row2[x], row3[x], row4[x]).d }
        for x in 0..<row2.count { e[x &+ 2] = Five(row0[x], row1[x], row2[x], row3[x], row4[x]).e }
        mirrorEnds(of: &a, radius: 2, width: width)
        mirrorEnds(of: &b, radius: 2, width: width)
        mirrorEnds(of: &c, radius: 2, width: width)
        mirrorEnds(of: &d, radius: 2, width: width)
        mirrorEnds(of: &e, radius: 2, width: width)
        let base = (y - rows.lowerBound) * width
        for x in 0..<width {
            let lowest = Five(a[x], a[x &+ 1], a[x &+ 2], a[x &+ 3], a[x &+ 4])
            let lower = Five(b[x], b[x &+ 1], b[x &+ 2], b[x &+ 3], b[x &+ 4])
            let middle = Five(c[x], c[x &+ 1], c[x &+ 2], c[x &+ 3], c[x &+ 4])
            let higher = Five(d[x], d[x &+ 1], d[x &+ 2], d[x &+ 3], d[x &+ 4])
            let highest = Five(e[x], e[x &+ 1], e[x &+ 2], e[x &+ 3], e[x &+ 4])
            output[base &+ x] = middleOf(
                max(max(lowest.d, lower.c), max(middle.b, higher.a)),
                Five(lowest.e, lower.d, middle.c, higher.b, highest.a).c,
                min(min(lower.e, middle.d), min(higher.c, highest.b))
            )
        }
    }
}

/// Five samples in order, `a` the lowest, by the shortest network of exchanges. What a caller does not
/// read, the compiler leaves out.
private struct Five<Element: Comparable> {
    var a, b, c, d, e: Element

    @inline(__always)
    init(_ a: Element, _ b: Element, _ c: Element, _ d: Element, _ e: Element) {
        (self.a, self.b, self.c, self.d, self.e) = (a, b, c, d, e)
        exchange(&self.a, &self.b)
        exchange(&self.d, &self.e)
        exchange(&self.c, &self.e)
        exchange(&self.c, &self.d)
        exchange(&self.b, &self.e)
        exchange(&self.a, &self.d)
        exchange(&self.a, &self.c)
        exchange(&self.b, &self.d)
        exchange(&self.b, &self.c)
    }
}

/// Puts two in order.
@inline(__always)
private func exchange<Element: Comparable>(_ low: inout Element, _ high: inout Element) {
    (low, high) = (min(low, high), max(low, high))
}
