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
    precondition(place + 7 * width + 8 <= samples.count && outPlace + 7 * outWidth + 8 <= out.count)
    let bytes = unsafe samples.bytes
    func row(_ y: Int) -> SIMD8<Int16> {
        // SAFETY: the tile's last row ends inside.
        unsafe bytes.unsafeLoadUnaligned(
            fromUncheckedByteOffset: (place &+ y &* width) &* 2,
            as: SIMD8<Int16>.self
        )
    }
    let rows = TileRows(row(0), row(1), row(2), row(3), row(4), row(5), row(6), row(7))
        .interleaved.interleaved.interleaved
    var outBytes = unsafe out.mutableBytes
    // SAFETY: the last row written ends inside.
    unsafe outBytes.store(rows.a, toRow: 0, outWidth, at: outPlace)
    unsafe outBytes.store(rows.b, toRow: 1, outWidth, at: outPlace)
    unsafe outBytes.store(rows.c, toRow: 2, outWidth, at: outPlace)
    unsafe outBytes.store(rows.d, toRow: 3, outWidth, at: outPlace)
    unsafe outBytes.store(rows.e, toRow: 4, outWidth, at: outPlace)
    unsafe outBytes.store(rows.f, toRow: 5, outWidth, at: outPlace)
    unsafe outBytes.store(rows.g, toRow: 6, outWidth, at: outPlace)
    unsafe outBytes.store(rows.h, toRow: 7, outWidth, at: outPlace)
}

extension MutableRawSpan {
    @inline(__always) @unsafe
    fileprivate mutating func store(_ row: SIMD8<Int16>, toRow y: Int, _ width: Int, at place: Int) {
        // SAFETY: as the caller has made sure.
        unsafe storeBytes(of: row, toUncheckedByteOffset: (place &+ y &* width) &* 2, as: SIMD8<Int16>.self)
    }
}

/// Eight rows of eight samples, one by one: in an array they would not stay in registers.
private struct TileRows {
    typealias Row = SIMD8<Int16>
    let a: Row, b: Row, c: Row, d: Row, e: Row, f: Row, g: Row, h: Row

    @inline(__always)
    init(_ a: Row, _ b: Row, _ c: Row, _ d: Row, _ e: Row, _ f: Row, _ g: Row, _ h: Row) {
        (self.a, self.b, self.c, self.d) = (a, b, c, d)
        (self.e, self.f, self.g, self.h) = (e, f, g, h)
    }

    /// The lower and upper halves of each row of the first four interleaved with those of the row four further on.
    @inline(__always)
    var interleaved: TileRows {
        TileRows(
            Self.interleave(a.lowHalf, e.lowHalf),
            Self.interleave(a.highHalf, e.highHalf),
            Self.interleave(b.lowHalf, f.lowHalf),
            Self.interleave(b.highHalf, f.highHalf),
            Self.interleave(c.lowHalf, g.lowHalf),
            Self.interleave(c.highHalf, g.highHalf),
            Self.interleave(d.lowHalf, h.lowHalf),
            Self.interleave(d.highHalf, h.highHalf)
        )
    }

    @inline(__always)
    private static func interleave(_ even: SIMD4<Int16>, _ odd: SIMD4<Int16>) -> Row {
        var result = Row()
        result.evenHalf = even
        result.oddHalf = odd
        return result
    }
}
