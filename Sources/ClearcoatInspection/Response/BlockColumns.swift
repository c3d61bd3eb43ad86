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

    /// Writes a row of responses to the places of `out` from `base` on, and adds it.
    ///
    /// - Parameters:
    ///   - column: the row of a level, smoothed along its columns only.
    ///   - background: what is around the samples.
    mutating func respond(
        _ column: Span<Int16>,
        around background: Span<Int16>,
        into out: inout [Int16],
        at base: Int
    ) {
        var out = out.mutableSpan
        writeResponses(column, background, into: &out, at: base, extremes: &maxima, &minima, sums: &sums)
    }

    /// Adds a row of what the even response would be.
    mutating func addEvenMagnitudes(of column: Span<Int16>, around background: Span<Int16>) {
        addMagnitudes(ofResponsesOf: column, background, to: &evenSums)
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
    let most = BlockStatistics.mostMagnitude
    let magnitude = value < 0 ? 0 &- value : value
    return magnitude > most ? most : magnitude
}

// A response is a sample, smoothed by 1 2 1 along the row, less what is around it. It is added to the statistics of its
// column while it is at hand.

@inline(__always)
private func writeResponses(
    _ column: Span<Int16>,
    _ background: Span<Int16>,
    into out: inout MutableSpan<Int16>,
    at base: Int,
    extremes maxima: inout [Int16],
    _ minima: inout [Int16],
    sums: inout [Int16]
) {
    let count = maxima.count
    precondition(column.count >= count && background.count >= count && base >= 0 && base + count <= out.count)
    precondition(minima.count == count && sums.count == count)
    var maxima = maxima.mutableSpan
    var minima = minima.mutableSpan
    var sums = sums.mutableSpan
    let inner = vectorColumns(of: count)
    for columns in [0..<inner.lowerBound, inner.upperBound..<count] {
        for x in columns {
            let response = binomial(column, at: x) &- background[x]
            out[base + x] = response
            maxima[x] = max(response, maxima[x])
            minima[x] = min(response, minima[x])
            sums[x] &+= heldMagnitude(response)
        }
    }
    // SAFETY: x - 1 and x + 1 stay inside the column, and x inside all others.
    for x in inner {
        let response = unsafe innerBinomial(column, at: x) &- background[unchecked: x]
        unsafe out[unchecked: base &+ x] = response
        unsafe maxima[unchecked: x] = max(response, maxima[unchecked: x])
        unsafe minima[unchecked: x] = min(response, minima[unchecked: x])
        unsafe sums[unchecked: x] = sums[unchecked: x] &+ heldMagnitude(response)
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
    let inner = vectorColumns(of: count)
    for x in 0..<inner.lowerBound { sums[x] &+= heldMagnitude(binomial(column, at: x) &- background[x]) }
    // SAFETY: x - 1 and x + 1 stay inside the column, and x inside both others.
    for x in inner {
        let response = unsafe innerBinomial(column, at: x) &- background[unchecked: x]
        unsafe sums[unchecked: x] = sums[unchecked: x] &+ heldMagnitude(response)
    }
    for x in inner.upperBound..<count { sums[x] &+= heldMagnitude(binomial(column, at: x) &- background[x]) }
}
