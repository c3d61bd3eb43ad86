/// A plane to sum along lines. Its samples are held at some sigmas, so that numbers of 8 bits do, which take half the time
/// to fetch from memory.
package struct LinePlane: Sendable, Hashable {
    package let width: Int
    package let height: Int
    /// Row-major.
    package var samples: [Int8]

    package init(width: Int, height: Int, samples: [Int8]) {
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
            widen(row, into: &out, at: (y - rows.lowerBound) * stride)
        }
    }
}

/// Writes some rows of a plane as columns, and its columns as rows of `stride`.
private func transpose(
    _ samples: Span<Int8>,
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
                    out[outPlace + x * stride + y] = Int16(samples[place + y * width + x])
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
private func countJudged(_ row: Span<Int8>, into counts: inout [Int16]) {
    precondition(row.count == counts.count)
    var counts = counts.mutableSpan
    // SAFETY: both are of one length. Checked looks would not be vectorised.
    for x in 0..<row.count {
        let isJudged: Int16 = unsafe row[unchecked: x] == 0 ? 0 : 1
        unsafe counts[unchecked: x] = counts[unchecked: x] &+ isJudged
    }
}

/// Exchanges rows and columns of the 8 x 8 samples from `place`: of 4 x 4 samples first, then of ever smaller squares.
@inline(__always)
private func transposeTile(
    _ samples: Span<Int8>,
    _ width: Int,
    at place: Int,
    into out: inout MutableSpan<Int16>,
    _ outWidth: Int,
    at outPlace: Int
) {
    precondition(place + 7 * width + 8 <= samples.count && outPlace + 7 * outWidth + 8 <= out.count)
    let bytes = unsafe samples.bytes
    // SAFETY: the tile's last row ends inside.
    let rows = unsafe (
        twoRows(bytes, place, place &+ 4 &* width),
        twoRows(bytes, place &+ width, place &+ 5 &* width),
        twoRows(bytes, place &+ 2 &* width, place &+ 6 &* width),
        twoRows(bytes, place &+ 3 &* width, place &+ 7 &* width)
    )
    let even = exchanged(rows.0, rows.2)
    let odd = exchanged(rows.1, rows.3)
    let left = exchanged(even.0, odd.0)
    let right = exchanged(even.1, odd.1)
    var outBytes = unsafe out.mutableBytes
    // SAFETY: the last row written ends inside.
    unsafe outBytes.store(left.0, outPlace, outPlace &+ 4 &* outWidth)
    unsafe outBytes.store(left.1, outPlace &+ outWidth, outPlace &+ 5 &* outWidth)
    unsafe outBytes.store(right.0, outPlace &+ 2 &* outWidth, outPlace &+ 6 &* outWidth)
    unsafe outBytes.store(right.1, outPlace &+ 3 &* outWidth, outPlace &+ 7 &* outWidth)
}

/// Sixteen samples, two in each number, the one of the first row or column in its lower half; and four in each.
///
/// Shifts and masks of whole numbers: shuffles of single samples are not made one instruction by the compiler.
private typealias TwoSamples = SIMD8<UInt16>
private typealias FourSamples = SIMD4<UInt32>

/// Eight samples of two rows: the left halves of both, then the right ones.
@inline(__always) @unsafe
private func twoRows(_ bytes: RawSpan, _ first: Int, _ second: Int) -> FourSamples {
    // SAFETY: as the caller has made sure.
    let first = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: first, as: SIMD2<UInt32>.self)
    let second = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: second, as: SIMD2<UInt32>.self)
    return FourSamples(first[0], second[0], first[1], second[1])
}

/// Exchanges rows and columns of squares of two samples' width.
@inline(__always)
private func exchanged(_ one: FourSamples, _ two: FourSamples) -> (TwoSamples, TwoSamples) {
    let low = FourSamples(repeating: 0xFFFF)
    let (left, right) = ((one & low) | (two &<< 16), (one &>> 16) | (two & ~low))
    // SAFETY: any bits are a number.
    return unsafe (unsafeBitCast(left, to: TwoSamples.self), unsafeBitCast(right, to: TwoSamples.self))
}

/// The same of single samples: then each half is a column.
@inline(__always)
private func exchanged(_ one: TwoSamples, _ two: TwoSamples) -> (TwoSamples, TwoSamples) {
    let low = TwoSamples(repeating: 0xFF)
    return ((one & low) | (two &<< 8), (one &>> 8) | (two & ~low))
}

extension MutableRawSpan {
    /// Stores two columns of eight samples, each as wide as sums are.
    @inline(__always) @unsafe
    fileprivate mutating func store(_ columns: TwoSamples, _ first: Int, _ second: Int) {
        // SAFETY: any bits are a number.
        let samples = unsafe unsafeBitCast(columns, to: SIMD16<Int8>.self)
        // SAFETY: as the caller has made sure.
        unsafe storeBytes(
            of: widened(samples.lowHalf),
            toUncheckedByteOffset: first &* 2,
            as: SIMD8<Int16>.self
        )
        unsafe storeBytes(
            of: widened(samples.highHalf),
            toUncheckedByteOffset: second &* 2,
            as: SIMD8<Int16>.self
        )
    }
}

@inline(__always)
private func widened(_ samples: SIMD8<Int8>) -> SIMD8<Int16> {
    var upper = SIMD16<Int8>.zero
    upper.oddHalf = samples
    // SAFETY: any bits are a number.
    return unsafe unsafeBitCast(upper, to: SIMD8<Int16>.self) &>> 8
}
