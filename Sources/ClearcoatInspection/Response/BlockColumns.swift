/// Statistics of one row of blocks: by columns first, which vectorises, then sixteen to a block.
struct BlockColumns {
    private let width: Int
    private var sums: [Int16]
    private var maxima: [Int16]
    private var minima: [Int16]
    private var evenSums: [Int16]

    init(width: Int) {
        self.width = width
        sums = [Int16](repeating: 0, count: width)
        maxima = sums
        minima = sums
        evenSums = sums
        clear()
    }

    /// Begins a row of blocks.
    mutating func clear() {
        for x in 0..<width {
            sums[x] = 0
            maxima[x] = .min
            minima[x] = .max
            evenSums[x] = 0
        }
    }

    /// Writes the responses of a row to the places of `out` from `base` on, and adds them.
    mutating func respond(_ row: ResponseRow, into out: inout [Int16], at base: Int) {
        var out = out.mutableSpan
        for x in 0..<width {
            take(response(row.column.span, row.background.span, x), x, into: &out, at: base)
        }
    }

    /// The same for two rows, whose statistics are read and written but once.
    mutating func respond(
        _ upper: ResponseRow,
        _ lower: ResponseRow,
        into out: inout [Int16],
        at upperBase: Int,
        _ lowerBase: Int
    ) {
        var out = out.mutableSpan
        for x in outerColumns(of: width) {
            take(response(upper.column.span, upper.background.span, x), x, into: &out, at: upperBase)
            take(response(lower.column.span, lower.background.span, x), x, into: &out, at: lowerBase)
        }
        writeInnerResponses(
            upper,
            lower,
            into: &out,
            at: upperBase,
            lowerBase,
            extremes: &maxima,
            &minima,
            sums: &sums
        )
    }

    private mutating func take(_ response: Int16, _ x: Int, into out: inout MutableSpan<Int16>, at base: Int)
    {
        out[base + x] = response
        maxima[x] = max(response, maxima[x])
        minima[x] = min(response, minima[x])
        sums[x] &+= heldMagnitude(response)
    }

    /// Adds the magnitudes of what the even response of a row would be.
    mutating func addEvenMagnitudes(of row: ResponseRow) {
        addMagnitudes(ofResponsesOf: row.column.span, row.background.span, to: &evenSums)
    }

    /// Ends a row of blocks.
    func append(to part: inout BlockStatistics.Rows, rowCount: Int) {
        forEachBlock { columns in
            var high = Int16.min
            var low = Int16.max
            for x in columns {
                high = max(high, maxima[x])
                low = min(low, minima[x])
            }
            part.highest.append(high)
            part.lowest.append(low)
        }
        appendMeans(of: sums, to: &part.meanMagnitude, rowCount: rowCount)
    }

    func appendEvenMagnitudes(to means: inout [Float], rowCount: Int) {
        appendMeans(of: evenSums, to: &means, rowCount: rowCount)
    }

    private func appendMeans(of sums: [Int16], to means: inout [Float], rowCount: Int) {
        forEachBlock { columns in
            var sum: Int32 = 0
            for x in columns { sum &+= Int32(sums[x]) }
            means.append(Float(sum) / Float(columns.count * rowCount))
        }
    }

    private func forEachBlock(_ body: (Range<Int>) -> Void) {
        for left in stride(from: 0, to: width, by: BlockStatistics.blockSize) {
            body(left..<min(left + BlockStatistics.blockSize, width))
        }
    }
}

/// The magnitude, at most ``BlockStatistics/mostMagnitude``.
@inline(__always)
private func heldMagnitude(_ value: Int16) -> Int16 {
    min(max(value, 0 &- value), BlockStatistics.mostMagnitude)
}

/// A sample, smoothed by 1 2 1 along the row, less what is around it.
@inline(__always)
private func response(_ column: Span<Int16>, _ background: Span<Int16>, _ x: Int) -> Int16 {
    binomial(column, at: x) &- background[x]
}

/// The same at a place inside both that has one on either side, which the caller has made sure of.
@inline(__always)
private func innerResponse(_ column: Span<Int16>, _ background: Span<Int16>, _ x: Int) -> Int16 {
    // SAFETY: as the caller has made sure.
    unsafe innerBinomial(column, at: x) &- background[unchecked: x]
}

/// Writes the responses of two rows at their inner columns and adds them to the statistics of each column while they
/// are at hand.
@inline(__always)
private func writeInnerResponses(
    _ upper: ResponseRow,
    _ lower: ResponseRow,
    into out: inout MutableSpan<Int16>,
    at upperBase: Int,
    _ lowerBase: Int,
    extremes maxima: inout [Int16],
    _ minima: inout [Int16],
    sums: inout [Int16]
) {
    let count = maxima.count
    let (upperColumn, upperBackground) = (upper.column.span, upper.background.span)
    let (lowerColumn, lowerBackground) = (lower.column.span, lower.background.span)
    precondition(upperColumn.count >= count && lowerColumn.count >= count)
    precondition(upperBackground.count >= count && lowerBackground.count >= count)
    precondition(minima.count == count && sums.count == count)
    precondition(upperBase >= 0 && lowerBase >= upperBase && lowerBase + count <= out.count)
    var maxima = maxima.mutableSpan
    var minima = minima.mutableSpan
    var sums = sums.mutableSpan
    // SAFETY: x - 1 and x + 1 stay inside the columns, and x inside all others.
    for columns in innerColumns(of: count) {
        for x in columns {
            let upper = innerResponse(upperColumn, upperBackground, x)
            let lower = innerResponse(lowerColumn, lowerBackground, x)
            unsafe out[unchecked: upperBase &+ x] = upper
            unsafe out[unchecked: lowerBase &+ x] = lower
            unsafe maxima[unchecked: x] = max(max(upper, lower), maxima[unchecked: x])
            unsafe minima[unchecked: x] = min(min(upper, lower), minima[unchecked: x])
            unsafe sums[unchecked: x] = sums[unchecked: x] &+ heldMagnitude(upper) &+ heldMagnitude(lower)
        }
    }
}

/// Adds the magnitudes of the responses alone.
@inline(__always)
private func addMagnitudes(
    ofResponsesOf column: Span<Int16>,
    _ background: Span<Int16>,
    to sums: inout [Int16]
) {
    let count = sums.count
    precondition(column.count >= count && background.count >= count)
    var sums = sums.mutableSpan
    for x in outerColumns(of: count) { sums[x] &+= heldMagnitude(response(column, background, x)) }
    // SAFETY: x - 1 and x + 1 stay inside the column, and x inside both others.
    for columns in innerColumns(of: count) {
        for x in columns {
            let magnitude = heldMagnitude(innerResponse(column, background, x))
            unsafe sums[unchecked: x] = sums[unchecked: x] &+ magnitude
        }
    }
}
