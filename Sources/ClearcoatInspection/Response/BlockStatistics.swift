/// How strong a response is in blocks of 16 × 16 samples: the material of the noise estimate.
package struct BlockStatistics: Sendable, Hashable {
    /// Samples a block in each direction.
    package static let blockSize = 16

    package let columns: Int
    package let rows: Int
    /// Mean absolute response of each block, each sample's held at 2047 (a contrast of 0.25).
    package let meanMagnitude: [Float]
    /// Largest response of each block.
    package let highest: [Int16]
    /// Smallest response of each block.
    package let lowest: [Int16]

    /// Of some rows of blocks.
    struct Rows: Sendable {
        var meanMagnitude: [Float] = []
        var highest: [Int16] = []
        var lowest: [Int16] = []
    }

    /// Rows of blocks from top to bottom, of a plane of `width` × `height` samples.
    init(_ parts: [Rows], width: Int, height: Int) {
        columns = (width + Self.blockSize - 1) / Self.blockSize
        rows = (height + Self.blockSize - 1) / Self.blockSize
        meanMagnitude = parts.flatMap(\.meanMagnitude)
        highest = parts.flatMap(\.highest)
        lowest = parts.flatMap(\.lowest)
    }

    package init(of response: BandedPlane, with scheduler: some BandScheduler) async throws {
        let (width, height) = (response.width, response.height)
        let bandHeight = 4 * Self.blockSize
        let bandCount = BandedPlane.bandCount(height: height, bandHeight: bandHeight)
        let parts = try await scheduler.map(bandCount) { index in
            let rows = BandedPlane.rows(ofBand: index, height: height, bandHeight: bandHeight)
            var part = Rows()
            var columns = BlockColumns(width: width)
            for top in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.blockSize) {
                let blockRows = top..<min(top + Self.blockSize, rows.upperBound)
                columns.clear()
                for y in blockRows { response.withRow(y) { columns.add($0) } }
                columns.append(to: &part, rowCount: blockRows.count)
            }
            return part
        }
        self.init(parts, width: width, height: height)
    }
}

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

    /// Adds a row of responses.
    mutating func add(_ row: Span<Int16>) {
        addRow(row, &sums, &maxima, &minima)
    }

    /// Adds a row of what the even response would be.
    mutating func addMagnitudes(of row: Span<Int16>, around background: Span<Int16>) {
        addHeldMagnitudes(ofDifferencesOf: row, to: background, into: &evenSums)
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

    func appendMagnitudes(to means: inout [Float], rowCount: Int) {
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

/// Sixteen of these fit 16 bits; noise of a quarter of the brightness is no noise.
@inline(__always)
private func heldMagnitude(_ value: Int16) -> Int16 {
    let magnitude = value < 0 ? 0 &- value : value
    return magnitude > 2047 ? 2047 : magnitude
}

@inline(__always)
private func addHeldMagnitudes(
    ofDifferencesOf row: Span<Int16>,
    to background: Span<Int16>,
    into sums: inout [Int16]
) {
    precondition(row.count >= sums.count && background.count >= sums.count)
    let count = sums.count
    var sums = sums.mutableSpan
    // SAFETY: x stays below the count of the sums, and the others have no fewer.
    for x in 0..<count {
        let difference = unsafe row[unchecked: x] &- background[unchecked: x]
        unsafe sums[unchecked: x] = sums[unchecked: x] &+ heldMagnitude(difference)
    }
}

@inline(__always)
private func addRow(
    _ row: Span<Int16>,
    _ sums: inout [Int16],
    _ maxima: inout [Int16],
    _ minima: inout [Int16]
) {
    precondition(sums.count == row.count && maxima.count == row.count && minima.count == row.count)
    var sums = sums.mutableSpan
    var maxima = maxima.mutableSpan
    var minima = minima.mutableSpan
    // SAFETY: x stays below the count that all have.
    for x in 0..<row.count {
        let value = unsafe row[unchecked: x]
        unsafe sums[unchecked: x] = sums[unchecked: x] &+ heldMagnitude(value)
        unsafe maxima[unchecked: x] = Swift.max(value, maxima[unchecked: x])
        unsafe minima[unchecked: x] = Swift.min(value, minima[unchecked: x])
    }
}
