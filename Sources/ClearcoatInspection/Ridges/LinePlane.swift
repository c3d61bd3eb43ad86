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
}

/// A plane, or the plane with rows and columns exchanged.
struct TurnedPlane: Sendable {
    let plane: LinePlane
    let isTransposed: Bool

    var width: Int { isTransposed ? plane.height : plane.width }
    var height: Int { isTransposed ? plane.width : plane.height }
    /// Strips to sum up along, the last one perhaps not full.
    var stripCount: Int { (height + LineSums.length - 1) / LineSums.length }

    /// Writes some of its rows and columns to `out`, whose rows are `stride` long.
    func copy(rows: Range<Int>, columns: Range<Int>, into out: inout [Int16], stride: Int) {
        var out = out.mutableSpan
        let samples = plane.samples.span
        guard !isTransposed else {
            return transpose(samples, plane.width, rows: columns, columns: rows, into: &out, stride)
        }
        for y in rows {
            let row = samples.extracting(
                y * plane.width + columns.lowerBound..<y * plane.width + columns.upperBound
            )
            ClearcoatInspection.copy(row, into: &out, at: (y - rows.lowerBound) * stride)
        }
    }
}

/// Writes some rows of a plane as columns, and its columns as rows of `stride`.
private func transpose(
    _ samples: Span<Int16>,
    _ width: Int,
    rows: Range<Int>,
    columns: Range<Int>,
    into out: inout MutableSpan<Int16>,
    _ stride: Int
) {
    let tile = 8
    for top in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: tile) {
        for left in Swift.stride(from: columns.lowerBound, to: columns.upperBound, by: tile) {
            let place = top * width + left
            let outPlace = (left - columns.lowerBound) * stride + top - rows.lowerBound
            if top + tile <= rows.upperBound, left + tile <= columns.upperBound {
                transposeTile(samples, width, at: place, into: &out, stride, at: outPlace)
                continue
            }
            for y in 0..<min(tile, rows.upperBound - top) {
                for x in 0..<min(tile, columns.upperBound - left) {
                    out[outPlace + x * stride + y] = samples[place + y * width + x]
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

/// Exchanges rows and columns of the 8 x 8 samples from `place`: of 2 x 2 samples first, then of squares of such squares.
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
    func row(_ y: Int) -> TwoSamples {
        // SAFETY: the tile's last row ends inside.
        unsafe bytes.unsafeLoadUnaligned(
            fromUncheckedByteOffset: (place &+ y &* width) &* 2,
            as: TwoSamples.self
        )
    }
    let upper = exchanged(exchanged(row(0), row(1)), exchanged(row(2), row(3)))
    let lower = exchanged(exchanged(row(4), row(5)), exchanged(row(6), row(7)))
    var outBytes = unsafe out.mutableBytes
    // SAFETY: the last row written ends inside.
    unsafe outBytes.store(upper.0, lower.0, toRow: 0, outWidth, at: outPlace)
    unsafe outBytes.store(upper.1, lower.1, toRow: 1, outWidth, at: outPlace)
    unsafe outBytes.store(upper.2, lower.2, toRow: 2, outWidth, at: outPlace)
    unsafe outBytes.store(upper.3, lower.3, toRow: 3, outWidth, at: outPlace)
}

extension MutableRawSpan {
    /// Stores the two columns that four upper and four lower rows had, the second one four rows below the first.
    @inline(__always) @unsafe
    fileprivate mutating func store(
        _ upper: FourSamples,
        _ lower: FourSamples,
        toRow y: Int,
        _ width: Int,
        at place: Int
    ) {
        let columns = (SIMD2(upper[0], lower[0]), SIMD2(upper[1], lower[1]))
        let (first, second) = ((place &+ y &* width) &* 2, (place &+ (y &+ 4) &* width) &* 2)
        // SAFETY: as the caller has made sure.
        unsafe storeBytes(of: columns.0, toUncheckedByteOffset: first, as: FourSamples.self)
        unsafe storeBytes(of: columns.1, toUncheckedByteOffset: second, as: FourSamples.self)
    }
}

/// Eight samples of a row, two in each number, the left one in its lower half; and four in each.
///
/// Shifts and masks of whole numbers: shuffles of single samples are not made one instruction by the compiler.
private typealias TwoSamples = SIMD4<UInt32>
private typealias FourSamples = SIMD2<UInt64>

/// The even columns of two rows, and the odd ones: the samples of a column side by side.
@inline(__always)
private func exchanged(_ one: TwoSamples, _ two: TwoSamples) -> (even: TwoSamples, odd: TwoSamples) {
    let low = TwoSamples(repeating: 0xFFFF)
    return ((one & low) | (two &<< 16), (one &>> 16) | (two & ~low))
}

/// Columns 0 and 4, 1 and 5, 2 and 6, 3 and 7 of four rows.
@inline(__always)
private func exchanged(
    _ upper: (even: TwoSamples, odd: TwoSamples),
    _ lower: (even: TwoSamples, odd: TwoSamples)
) -> (FourSamples, FourSamples, FourSamples, FourSamples) {
    // SAFETY: any bits are a number.
    let even = unsafe exchanged(
        unsafeBitCast(upper.even, to: FourSamples.self),
        unsafeBitCast(lower.even, to: FourSamples.self)
    )
    let odd = unsafe exchanged(
        unsafeBitCast(upper.odd, to: FourSamples.self),
        unsafeBitCast(lower.odd, to: FourSamples.self)
    )
    return (even.0, odd.0, even.1, odd.1)
}

@inline(__always)
private func exchanged(_ one: FourSamples, _ two: FourSamples) -> (FourSamples, FourSamples) {
    let low = FourSamples(repeating: 0xFFFF_FFFF)
    return ((one & low) | (two &<< 32), (one &>> 32) | (two & ~low))
}
