import ClearcoatImage

/// Finds the edge candidates of one row after the other: the first two steps of ``canny(_:low:high:)``.
///
/// Nearly all of a paint picture is quiet, so each group of 64 columns is first asked whether it can hold
/// an edge at all. Over a 3x3 window whose samples differ by at most *d*, |x| + |y| is at most 6*d*: the
/// two kernels added, or subtracted, have positive weights of 6 in all.
struct EdgeFinder<Element: GraySample> {
    typealias Derivative = Element.Derivative

    private let width: Int
    private let height: Int
    private let low: Derivative
    private let high: Derivative
    /// A window whose samples differ by no more holds no magnitude above `low`.
    private let quiet: Element
    /// The largest and the smallest sample of each column's three rows.
    private var largest: [Element]
    private var smallest: [Element]
    /// The magnitudes of a group and one column on either side, for the row above, the row, the row below.
    private var magnitudes = [Derivative](repeating: 0, count: 3 * magnitudesPerRow)
    /// The derivatives that the last magnitudes came from, to the right and down.
    private var rises = [Derivative](repeating: 0, count: magnitudesPerRow)
    private var falls = [Derivative](repeating: 0, count: magnitudesPerRow)

    private static var magnitudesPerRow: Int { 66 }

    init(width: Int, height: Int, low: Int, high: Int) {
        precondition(low >= 0 && high >= 0, "negative edge thresholds \(low) and \(high)")
        self.width = width
        self.height = height
        self.low = Derivative(clamping: min(low, high))
        self.high = Derivative(clamping: max(low, high))
        quiet = Element(clamping: min(low, high) / 6)
        let stride = (width + 63) / 64 * 64 + 2 * RowRing<Element>.margin
        largest = [Element](repeating: 0, count: stride)
        smallest = largest
    }

    /// Finds the candidates of row `y` and writes them to row `place` of `candidates`, in which that row
    /// must still be empty.
    ///
    /// - Parameter ring: holds the rows from `y - 2` to `y + 2`, as far as they exist.
    @inline(__always)
    mutating func find(
        row y: Int,
        in ring: RowRing<Element>,
        into candidates: inout EdgeCandidates,
        at place: Int
    ) {
        takeExtremes(around: y, in: ring)
        for group in 0..<candidates.all.wordsPerRow where mayHoldEdge(group) {
            let (all, strong) = edges(in: group, ofRow: y, ring: ring)
            let word = place * candidates.all.wordsPerRow + group
            candidates.all.words[word] = all
            candidates.strong.words[word] = strong
        }
    }

    private func row(_ y: Int, of ring: RowRing<Element>) -> Range<Int> {
        ring.row(min(max(y, 0), height - 1))
    }

    @inline(__always)
    private mutating func takeExtremes(around y: Int, in ring: RowRing<Element>) {
        let above = ring.samples.span.extracting(row(y - 1, of: ring))
        let middle = ring.samples.span.extracting(row(y, of: ring))
        let below = ring.samples.span.extracting(row(y + 1, of: ring))
        var large = largest.mutableSpan
        for x in 0..<large.count { large[x] = max(max(above[x], below[x]), middle[x]) }
        var small = smallest.mutableSpan
        for x in 0..<small.count { small[x] = min(min(above[x], below[x]), middle[x]) }
    }

    /// Whether any 3x3 window centred in the group holds samples further apart than ``quiet``.
    @inline(__always)
    private func mayHoldEdge(_ group: Int) -> Bool {
        let start = group * 64 + RowRing<Element>.margin - 1
        let large = largest.span.extracting(start..<start + 66)
        let small = smallest.span.extracting(start..<start + 66)
        var widest: Element = 0
        for x in 0..<64 {
            let top = max(max(large[x], large[x &+ 1]), large[x &+ 2])
            let bottom = min(min(small[x], small[x &+ 1]), small[x &+ 2])
            widest = max(widest, top &- bottom)
        }
        return widest > quiet
    }

    /// The candidates among the 64 columns of a group: all, and the strong ones.
    private mutating func edges(
        in group: Int,
        ofRow y: Int,
        ring: RowRing<Element>
    ) -> (all: UInt64, strong: UInt64) {
        measure(group, row: y - 1, ring: ring, slot: 0)
        measure(group, row: y + 1, ring: ring, slot: 2)
        measure(group, row: y, ring: ring, slot: 1)
        let first = group * 64
        var all: UInt64 = 0
        var strong: UInt64 = 0
        let magnitudes = magnitudes.span
        let rises = rises.span
        let falls = falls.span
        for column in 0..<min(64, width - first) {
            let place = Self.magnitudesPerRow &+ column &+ 1
            guard magnitudes[place] > low else { continue }
            if Self.isLargest(magnitudes, at: place, rises[column &+ 1], falls[column &+ 1]) {
                all |= 1 &<< UInt64(column)
                if magnitudes[place] > high { strong |= 1 &<< UInt64(column) }
            }
        }
        return (all, strong)
    }

    /// The derivatives of row `y` from one column left of the group to one right of it, and their
    /// magnitudes into a slot of ``magnitudes``. Outside the image magnitudes are 0.
    private mutating func measure(_ group: Int, row y: Int, ring: RowRing<Element>, slot: Int) {
        let base = slot * Self.magnitudesPerRow
        let first = group * 64 - 1
        let inside = max(-first, 0)..<min(max(width - first, 0), Self.magnitudesPerRow)
        // From the column left of the first one, in 68 columns: 66 windows of three.
        let start = first - 1 + RowRing<Element>.margin
        let columns = start..<start + Self.magnitudesPerRow + 2
        let samples = ring.samples.span
        Self.differentiate(
            samples.extracting(row(y - 1, of: ring)).extracting(columns),
            samples.extracting(row(y, of: ring)).extracting(columns),
            samples.extracting(row(y + 1, of: ring)).extracting(columns),
            &rises,
            &falls
        )
        let isInside = y >= 0 && y < height
        let right = rises
        let down = falls
        var output = magnitudes.mutableSpan
        for x in 0..<Self.magnitudesPerRow {
            output[base &+ x] = max(right[x], 0 &- right[x]) &+ max(down[x], 0 &- down[x])
        }
        for x in 0..<Self.magnitudesPerRow where !isInside || !inside.contains(x) {
            output[base &+ x] = 0
        }
    }

    /// The Sobel derivatives of the windows of three columns in three rows.
    @inline(__always)
    private static func differentiate(
        _ above: Span<Element>,
        _ middle: Span<Element>,
        _ below: Span<Element>,
        _ rises: inout [Derivative],
        _ falls: inout [Derivative]
    ) {
        var right = rises.mutableSpan
        var down = falls.mutableSpan
        func sample(_ row: Span<Element>, _ x: Int) -> Derivative { Derivative(truncatingIfNeeded: row[x]) }
        for x in 0..<right.count {
            let fall = sample(below, x &+ 2) &- sample(above, x)
            let rise = sample(above, x &+ 2) &- sample(below, x)
            let across = sample(middle, x &+ 2) &- sample(middle, x)
            right[x] = fall &+ rise &+ across &+ across
        }
        for x in 0..<down.count {
            let fall = sample(below, x &+ 2) &- sample(above, x)
            let rise = sample(above, x &+ 2) &- sample(below, x)
            let straight = sample(below, x &+ 1) &- sample(above, x &+ 1)
            down[x] = fall &- rise &+ straight &+ straight
        }
    }

    /// Whether no neighbour along the gradient exceeds the magnitude at a place in the middle row.
    ///
    /// Which neighbour may be equal, and the angles between the sectors, are OpenCV's: 13573/2¹⁵ is the
    /// tangent of 22.5°, and that of 67.5° is larger by 2.
    @inline(__always)
    private static func isLargest(
        _ magnitudes: Span<Derivative>,
        at place: Int,
        _ right: Derivative,
        _ down: Derivative
    ) -> Bool {
        let own = magnitudes[place]
        let steepness = Int(down.magnitude) &<< 15
        let flat = Int(right.magnitude) &* 13573
        if steepness < flat { return own > magnitudes[place - 1] && own >= magnitudes[place + 1] }
        let above = place - magnitudesPerRow
        let below = place + magnitudesPerRow
        if steepness > flat &+ Int(right.magnitude) &<< 16 {
            return own > magnitudes[above] && own >= magnitudes[below]
        }
        let step = (right < 0) != (down < 0) ? -1 : 1
        return own > magnitudes[above - step] && own > magnitudes[below + step]
    }
}
