/// How many of some cells each block of a level holds (see ``BlockStatistics``), finest level first: a block of level
/// 0 has 2 × 2 cells, and each level doubles its side.
///
/// - Complexity: O(cells).
package func countsInBlocks(of cells: [Bool], columns: Int, rows: Int, levels: Int) -> [[Int32]] {
    var counts: [[Int32]] = []
    var (width, height) = (columns, rows)
    var finer = cells.mapped { $0 ? 1 : 0 as Int32 }
    while counts.count < levels {
        finer = sumsOfFour(finer, width: width, height: height)
        (width, height) = ((width + 1) / 2, (height + 1) / 2)
        counts.append(finer)
    }
    return counts
}

/// The sums of 2 × 2 values; at the right and lower border of what is there.
private func sumsOfFour(_ values: [Int32], width: Int, height: Int) -> [Int32] {
    let columns = (width + 1) / 2
    var sums = [Int32](repeating: 0, count: columns * ((height + 1) / 2))
    for row in 0..<height {
        let line = values.span.extracting(row * width..<(row + 1) * width)
        addPairs(of: line, to: &sums, at: row / 2 * columns)
    }
    return sums
}

@inline(__always)
private func addPairs(of line: Span<Int32>, to sums: inout [Int32], at base: Int) {
    let pairs = line.count / 2
    precondition(base >= 0 && base + (line.count + 1) / 2 <= sums.count)
    var sums = sums.mutableSpan
    // SAFETY: the pairs lie inside the line, and their sums inside as asked above.
    for pair in 0..<pairs {
        let sum = unsafe line[unchecked: 2 &* pair] &+ line[unchecked: 2 &* pair &+ 1]
        unsafe sums[unchecked: base &+ pair] = sums[unchecked: base &+ pair] &+ sum
    }
    if line.count % 2 == 1 { sums[base + pairs] += line[line.count - 1] }
}

/// The share of each block that is judged, on every level.
struct JudgedShares: Sendable {
    /// Blocks of level 0 in a row.
    private let columns: Int
    /// Finest level first.
    private let levels: [[Float]]

    init(_ background: Background, levels: Int) {
        columns = (background.columns + 1) / 2
        let counts = countsInBlocks(
            of: background.judged,
            columns: background.columns,
            rows: background.rows,
            levels: levels
        )
        self.levels = counts.enumerated().map { level, judged in
            let side = 2 << level
            // How many cells a block has along one side.
            func extents(_ cells: Int) -> [Int] {
                stride(from: 0, to: cells, by: side).map { min(side, cells - $0) }
            }
            let widths = extents(background.columns)
            var shares: [Float] = []
            shares.reserveCapacity(judged.count)
            for height in extents(background.rows) {
                for width in widths { shares.append(Float(judged[shares.count]) / Float(width * height)) }
            }
            return shares
        }
    }

    /// The shares of the blocks of a level; of what lies beyond the cells nothing is judged.
    func shares(of blocks: BlockStatistics, level: Int) -> [Float] {
        let shares = levels[level]
        let columns = (self.columns - 1) >> level + 1
        if blocks.columns == columns, blocks.columns * blocks.rows == shares.count { return shares }
        return (0..<blocks.columns * blocks.rows).map { index in
            let (row, column) = (index / blocks.columns, index % blocks.columns)
            return column < columns && row < shares.count / columns ? shares[row * columns + column] : 0
        }
    }
}
