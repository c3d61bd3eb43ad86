/// A plane to sum along lines.
package struct LinePlane: Sendable, Hashable {
    package let width: Int
    package let height: Int
    /// Row-major.
    package var samples: [Int16]

    package init(width: Int, height: Int, samples: [Int16]) {
        precondition(samples.count == width * height, "\(samples.count) samples for \(width) x \(height)")
        self.width = width
        self.height = height
        self.samples = samples
    }

    /// Strips to sum up along, the last one perhaps not full.
    var stripCount: Int { (height + LineSums.length - 1) / LineSums.length }

    /// Rows and columns exchanged.
    package var transposed: LinePlane {
        let count = samples.count
        // SAFETY: any bits are an Int16, and every place is written.
        var exchanged = unsafe [Int16](unsafeUninitializedCapacity: count) { $1 = count }
        var out = exchanged.mutableSpan
        let samples = samples.span
        // In squares whose rows, and columns, are whole lines of the cache.
        let side = 32
        for top in stride(from: 0, to: height, by: side) {
            for left in stride(from: 0, to: width, by: side) {
                let rows = top..<min(top + side, height)
                transposeSquare(samples, rows, left..<min(left + side, width), into: &out)
            }
        }
        return LinePlane(width: height, height: width, samples: exchanged)
    }

    private func transposeSquare(
        _ samples: Span<Int16>,
        _ rows: Range<Int>,
        _ columns: Range<Int>,
        into out: inout MutableSpan<Int16>
    ) {
        let tile = 8
        for top in stride(from: rows.lowerBound, to: rows.upperBound, by: tile) {
            for left in stride(from: columns.lowerBound, to: columns.upperBound, by: tile) {
                let (place, outPlace) = (top * width + left, left * height + top)
                if top + tile <= height, left + tile <= width {
                    transposeTile(samples, width, at: place, into: &out, height, at: outPlace)
                    continue
                }
                for y in top..<min(top + tile, height) {
                    for x in left..<min(left + tile, width) { out[x * height + y] = samples[y * width + x] }
                }
            }
        }
    }
}

extension LinePlane {
    /// The size of a plane that holds so many columns and rows in whole strips both ways.
    static func wholeStrips(width: Int, height: Int) -> (width: Int, height: Int) {
        func whole(_ count: Int) -> Int { (count + LineSums.length - 1) / LineSums.length * LineSums.length }
        return (whole(width), whole(height))
    }

    /// For each block of samples (see ``BlockStatistics``), row by row, how many are not 0: those that are judged. Of whole
    /// blocks only.
    var judgedCounts: [Int16] {
        let size = BlockStatistics.blockSize
        var result: [Int16] = []
        result.reserveCapacity(width / size * (height / size))
        var counts = [Int16](repeating: 0, count: width)
        for top in stride(from: 0, to: height - size + 1, by: size) {
            for x in counts.indices { counts[x] = 0 }
            for y in top..<top + size {
                countJudged(samples.span.extracting(y * width..<(y + 1) * width), into: &counts)
            }
            for left in stride(from: 0, to: width - size + 1, by: size) {
                result.append(counts[left..<left + size].reduce(0, &+))
            }
        }
        return result
    }
}

@inline(__always)
private func countJudged(_ row: Span<Int16>, into counts: inout [Int16]) {
    precondition(row.count == counts.count)
    var counts = counts.mutableSpan
    // SAFETY: both are of one length. Checked looks would not be vectorised.
    for x in 0..<row.count {
        let isJudged: Int16 = unsafe row[unchecked: x] == 0 ? 0 : 1
        unsafe counts[unchecked: x] = counts[unchecked: x] &+ isJudged
    }
}

/// Exchanges rows and columns of the 8 x 8 samples from `place`, in three steps that interleave the halves of four
/// pairs of rows.
@inline(__always)
private func transposeTile(
    _ samples: Span<Int16>,
    _ width: Int,
    at place: Int,
    into out: inout MutableSpan<Int16>,
    _ outWidth: Int,
    at outPlace: Int
) {
    typealias Row = SIMD8<Int16>
    precondition(place + 7 * width + 8 <= samples.count && outPlace + 7 * outWidth + 8 <= out.count)
    var rows = InlineArray<8, Row>(repeating: .zero)
    let bytes = unsafe samples.bytes
    // SAFETY: the tile's last row ends inside, and so does the last one written.
    for y in 0..<8 {
        rows[y] = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: (place &+ y &* width) &* 2, as: Row.self)
    }
    for _ in 0..<3 {
        var next = rows
        for pair in 0..<4 {
            next[2 &* pair] = interleaved(rows[pair].lowHalf, rows[pair &+ 4].lowHalf)
            next[2 &* pair &+ 1] = interleaved(rows[pair].highHalf, rows[pair &+ 4].highHalf)
        }
        rows = next
    }
    var outBytes = unsafe out.mutableBytes
    for x in 0..<8 {
        let offset = (outPlace &+ x &* outWidth) &* 2
        unsafe outBytes.storeBytes(of: rows[x], toUncheckedByteOffset: offset, as: Row.self)
    }
}

@inline(__always)
private func interleaved(_ even: SIMD4<Int16>, _ odd: SIMD4<Int16>) -> SIMD8<Int16> {
    var result = SIMD8<Int16>()
    result.evenHalf = even
    result.oddHalf = odd
    return result
}
