/// For each block the level below which 80 % of the extremes in about 12 × 12 blocks lie: highlights too rare to be in
/// every block, but part of the paint. A defect covers fewer than a fifth of the blocks.
package struct RegionalHighs {
    /// One for each block, row by row; 0 where too few are known.
    package let values: [Int16]

    /// Stands for the extreme of a block that is not judged; no response is so dark.
    package static let unknown = Int16.min
    private static let share = 0.8
    /// With fewer blocks a single defect would be a fifth of them.
    private static let fewest = 30
    /// Blocks on a side that have one level in common: that of three times as many on a side.
    private static let tile = 4

    package init(of extremes: [Int16], columns: Int, rows: Int) {
        let tile = Self.tile
        // With a tile of what is not known all round, and room for a whole lane.
        let width = (columns + tile - 1) / tile * tile + 2 * tile + Window.Lane.scalarCount - 3 * tile
        let height = (rows + tile - 1) / tile * tile + 2 * tile
        var padded = [Int16](repeating: Self.unknown, count: width * height)
        for row in 0..<rows {
            let place = (row + tile) * width + tile
            var out = padded.mutableSpan
            copy(extremes.span.extracting(row * columns..<(row + 1) * columns), into: &out, at: place)
        }
        var values = [Int16](repeating: 0, count: extremes.count)
        for top in stride(from: 0, to: rows, by: tile) {
            for left in stride(from: 0, to: columns, by: tile) {
                let window = Window(padded.span, at: top * width + left, width: width)
                guard let high = window.quantile(Self.share, atLeast: Self.fewest) else { continue }
                for row in top..<min(top + tile, rows) {
                    for column in left..<min(left + tile, columns) { values[row * columns + column] = high }
                }
            }
        }
        self.values = values
    }
}

/// Twelve rows of twelve extremes, at the speed of registers.
private struct Window {
    typealias Lane = SIMD16<Int16>
    private static let side = 12
    /// The last four of each are unknown.
    private var rows = InlineArray<12, Lane>(repeating: .zero)

    init(_ samples: Span<Int16>, at place: Int, width: Int) {
        precondition(place >= 0 && place + (Self.side - 1) * width + Lane.scalarCount <= samples.count)
        let bytes = unsafe samples.bytes
        // All bits in the twelve that count; the others become the least number there is.
        var isInside = Lane.zero
        for index in 0..<Self.side { isInside[index] = -1 }
        let outside = ~isInside & Lane(repeating: RegionalHighs.unknown)
        for row in 0..<Self.side {
            let offset = (place &+ row &* width) &* 2
            // SAFETY: the sixteen samples lie inside, as asked above.
            let lane = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Lane.self)
            rows[row] = lane & isInside | outside
        }
    }

    /// The value below which the share `level` of those that are known lies, found by halving the range: a pass without
    /// a branch for each bit of it.
    func quantile(_ level: Double, atLeast least: Int) -> Int16? {
        let all = Self.side * Lane.scalarCount
        let unknown = count(atMost: RegionalHighs.unknown)
        guard all - unknown >= least else { return nil }
        let rank = unknown + Int(level * Double(all - unknown - 1))
        var (low, high) = range
        while low < high {
            let middle = (low + high) >> 1
            if count(atMost: Int16(middle)) > rank { high = middle } else { low = middle + 1 }
        }
        return Int16(low)
    }

    /// The smallest and the largest of the known; at least one is.
    private var range: (low: Int, high: Int) {
        let unknown = Lane(repeating: RegionalHighs.unknown)
        var low = Lane(repeating: .max)
        var high = unknown
        let rows = rows.span
        for row in 0..<Self.side {
            let lane = rows[row]
            high.replace(with: lane, where: lane .> high)
            low.replace(with: lane, where: (lane .< low) .& (lane .> unknown))
        }
        return (Int(low.min()), Int(high.max()))
    }

    @inline(__always)
    private func count(atMost bound: Int16) -> Int {
        let bounds = Lane(repeating: bound)
        var counts = Lane.zero
        // Not the array itself, which would be copied.
        let rows = rows.span
        for row in 0..<Self.side {
            // SAFETY: both are 32 bytes, and where a mask is true all bits are set: -1.
            counts = unsafe counts &- unsafeBitCast(rows[row] .<= bounds, to: Lane.self)
        }
        let eight = counts.lowHalf &+ counts.highHalf
        let four = eight.lowHalf &+ eight.highHalf
        let two = four.lowHalf &+ four.highHalf
        return Int(two[0] &+ two[1])
    }
}
