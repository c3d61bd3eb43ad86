/// How strong a response is in blocks of 16 × 16 samples: the material of the noise estimate.
struct BlockStatistics: Sendable {
    /// Samples a block in each direction.
    static let blockSize = 16

    let columns: Int
    let rows: Int
    /// Mean absolute response of each block.
    var meanMagnitude: [Float] = []
    /// Largest response of each block.
    var highest: [Int16] = []
    /// Smallest response of each block.
    var lowest: [Int16] = []

    init(of response: BandedPlane, with scheduler: some BandScheduler) async throws {
        let size = Self.blockSize
        columns = (response.width + size - 1) / size
        rows = (response.height + size - 1) / size
        let columns = columns
        let rowsPerPiece = 4
        let rows = rows
        let parts = try await scheduler.map((rows + rowsPerPiece - 1) / rowsPerPiece) { piece in
            var part = Accumulator(columns: columns, width: response.width)
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
    let columns: Int
    var meanMagnitude: [Float] = []
    var highest: [Int16] = []
    var lowest: [Int16] = []
    private var sums: [Int32]
    private var maxima: [Int16]
    private var minima: [Int16]

    init(columns: Int, width: Int) {
        self.columns = columns
        sums = Array(repeating: 0, count: width)
        maxima = Array(repeating: 0, count: width)
        minima = Array(repeating: 0, count: width)
    }

    mutating func append(blockRow: Int, of response: BandedPlane) {
        let size = BlockStatistics.blockSize
        let rows = blockRow * size..<min((blockRow + 1) * size, response.height)
        for x in sums.indices {
            sums[x] = 0
            maxima[x] = .min
            minima[x] = .max
        }
        for y in rows {
            response.withRow(y) { row in addRow(row, &sums, &maxima, &minima) }
        }
        for column in 0..<columns {
            let xs = column * size..<min((column + 1) * size, response.width)
            var sum: Int32 = 0
            var high = Int16.min
            var low = Int16.max
            for x in xs {
                sum &+= sums[x]
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
    _ sums: inout [Int32],
    _ maxima: inout [Int16],
    _ minima: inout [Int16]
) {
    var sums = sums.mutableSpan
    var maxima = maxima.mutableSpan
    var minima = minima.mutableSpan
    for x in 0..<row.count {
        let value = row[x]
        let magnitude = value < 0 ? 0 &- value : value
        sums[x] = sums[x] &+ Int32(magnitude)
    }
    for x in 0..<row.count {
        let value = row[x]
        maxima[x] = value > maxima[x] ? value : maxima[x]
        minima[x] = value < minima[x] ? value : minima[x]
    }
}
