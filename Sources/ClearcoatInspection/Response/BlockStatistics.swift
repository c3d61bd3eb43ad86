/// How strong a response is in blocks of 16 × 16 samples: the material of the noise estimate.
package struct BlockStatistics: Sendable {
    /// Samples a block in each direction.
    package static let blockSize = 16

    package let columns: Int
    package let rows: Int
    /// Mean absolute response of each block, each sample's held at 2047 (a contrast of 0.25).
    var meanMagnitude: [Float] = []
    /// Largest response of each block.
    var highest: [Int16] = []
    /// Smallest response of each block.
    var lowest: [Int16] = []

    package init(of response: BandedPlane, with scheduler: some BandScheduler) async throws {
        let size = Self.blockSize
        columns = (response.width + size - 1) / size
        rows = (response.height + size - 1) / size
        let rowsPerPiece = 4
        let rows = rows
        let parts = try await scheduler.map((rows + rowsPerPiece - 1) / rowsPerPiece) { piece in
            var part = Accumulator()
            for row in piece * rowsPerPiece..<min((piece + 1) * rowsPerPiece, rows) {
                part.append(blockRow: row, of: response)
            }
            return part
        }
        for part in parts {
            meanMagnitude += part.meanMagnitude
            highest += part.highest
            lowest += part.lowest
        }
    }
}

/// Statistics of a few rows of blocks: by columns first, which vectorises, then sixteen to a block.
private struct Accumulator {
    var meanMagnitude: [Float] = []
    var highest: [Int16] = []
    var lowest: [Int16] = []

    mutating func append(blockRow: Int, of response: BandedPlane) {
        let size = BlockStatistics.blockSize
        let rows = blockRow * size..<min((blockRow + 1) * size, response.height)
        var sums = [Int16](repeating: 0, count: response.width)
        var maxima = [Int16](repeating: .min, count: response.width)
        var minima = [Int16](repeating: .max, count: response.width)
        for y in rows {
            response.withRow(y) { row in addRow(row, &sums, &maxima, &minima) }
        }
        for left in stride(from: 0, to: response.width, by: size) {
            let xs = left..<min(left + size, response.width)
            var sum: Int32 = 0
            var high = Int16.min
            var low = Int16.max
            for x in xs {
                sum &+= Int32(sums[x])
                high = max(high, maxima[x])
                low = min(low, minima[x])
            }
            meanMagnitude.append(Float(sum) / Float(xs.count * rows.count))
            highest.append(high)
            lowest.append(low)
        }
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
    // SAFETY: all four are of one length, and x stays below it. Checked looks would not be vectorised.
    for x in 0..<row.count {
        let value = unsafe row[unchecked: x]
        let magnitude = value < 0 ? 0 &- value : value
        // Sixteen of these fit 16 bits; noise of a quarter of the brightness is no noise.
        unsafe sums[unchecked: x] = sums[unchecked: x] &+ (magnitude > 2047 ? 2047 : magnitude)
    }
    for x in 0..<row.count {
        unsafe maxima[unchecked: x] = Swift.max(row[unchecked: x], maxima[unchecked: x])
    }
    for x in 0..<row.count {
        unsafe minima[unchecked: x] = Swift.min(row[unchecked: x], minima[unchecked: x])
    }
}
