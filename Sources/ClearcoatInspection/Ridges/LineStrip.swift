/// The sums of one strip, and how strong they are in its blocks.
struct LineStrip: Sendable {
    /// Row-major, ``LineSums/length`` rows.
    private(set) var sums: [Int16]
    /// Of the strip's two rows of blocks, one after the other.
    private(set) var blocks: [BlockStatistics.Rows]

    /// Columns that are summed up at a time: few enough for all steps to stay in the nearest cache.
    private static let tileWidth = 192

    init(of plane: LinePlane, isMirrored: Bool, from firstRow: Int) {
        let width = plane.width
        let count = width * LineSums.length
        // SAFETY: any bits are an Int16, and the tiles together write every place.
        sums = unsafe [Int16](unsafeUninitializedCapacity: count) { $1 = count }
        blocks = Array(repeating: BlockStatistics.Rows(), count: LineSums.length / BlockStatistics.blockSize)
        var tile = LineTile(width: Self.tileWidth)
        for left in stride(from: 0, to: width, by: Self.tileWidth) {
            tile.sumUpQuarters(plane, isMirrored: isMirrored, row: firstRow, column: left)
            tile.sumUp(into: &sums, width: width, column: left, blocks: &blocks)
        }
    }
}

extension BlockStatistics.Rows {
    fileprivate mutating func append(_ extent: LineExtent) {
        meanMagnitude.append(extent.meanMagnitude)
        highest.append(extent.highest)
        lowest.append(extent.lowest)
    }
}

// Eight columns at a time by hand, since the compiler does not see that rows of one array lie apart.

private typealias Lane = SIMD8<Int16>

/// Some columns of a strip on the way from samples to sums, with the columns to their right that lines run into.
private struct LineTile {
    /// Whole lanes and whole blocks.
    private let width: Int
    /// Columns in a row. A line runs 31 to the right; the first step reads up to 3 more, and whole lanes.
    private let stride: Int
    private var samples: [Int16]
    private var lines: [Int16]
    private var longer: [Int16]
    private var sums: [Int16]

    init(width: Int) {
        precondition(width % BlockStatistics.blockSize == 0, "\(width) columns are no whole blocks")
        self.width = width
        stride = width + LineSums.length + 8
        samples = [Int16](repeating: 0, count: stride * LineSums.length)
        lines = samples
        longer = samples
        sums = [Int16](repeating: 0, count: width * LineSums.length)
    }

    /// Sums of lines of four rows, from the samples themselves: two steps in one.
    mutating func sumUpQuarters(_ plane: LinePlane, isMirrored: Bool, row: Int, column: Int) {
        let isInside = row + LineSums.length <= plane.height && column + stride <= plane.width
        if isInside && !isMirrored {
            let place = row * plane.width + column
            sumFours(plane.samples, at: place, plane.width, into: &lines, stride, width: width + 32)
        } else {
            load(plane, isMirrored: isMirrored, row: row, column: column)
            sumFours(samples, at: 0, stride, into: &lines, stride, width: width + 32)
        }
    }

    /// The samples from a row and column on; what lies outside the plane is 0.
    private mutating func load(_ plane: LinePlane, isMirrored: Bool, row: Int, column: Int) {
        let rows = min(LineSums.length, plane.height - row)
        let columns = min(stride, plane.width - column)
        if rows < LineSums.length || columns < stride { clear(&samples) }
        for y in 0..<rows {
            let start = (row + y) * plane.width
            if isMirrored {
                let end = start + plane.width - column
                let places = end - columns..<end
                copyBackwards(plane.samples.span.extracting(places), into: &samples, at: y * stride)
            } else {
                let places = start + column..<start + column + columns
                copy(plane.samples.span.extracting(places), into: &samples, at: y * stride)
            }
        }
    }

    /// Writes the sums of the lines that begin in the tile to the columns from `column` on of a strip, and what they
    /// are in each block.
    mutating func sumUp(
        into sums: inout [Int16],
        width outWidth: Int,
        column: Int,
        blocks: inout [BlockStatistics.Rows]
    ) {
        join(lines, 4, stride, into: &longer, width: width + 24)
        join(longer, 8, stride, into: &lines, width: width + 16)
        let size = BlockStatistics.blockSize
        let columns = min(width, outWidth - column)
        for left in Swift.stride(from: 0, to: columns, by: size) {
            for index in blocks.indices {
                let place = index * size * width + left
                var extent = LineExtent()
                if left + size <= columns {
                    joinBlock(lines, stride, index, left, into: &self.sums, at: place, width, &extent)
                } else {
                    let rest = left..<columns
                    joinColumns(lines, stride, index, rest, into: &self.sums, at: place, width, &extent)
                }
                blocks[index].append(extent)
            }
        }
        // Row by row: block by block every store would go to another row of a strip that is in no cache yet.
        for row in 0..<LineSums.length {
            let line = row * width..<row * width + columns
            copy(self.sums.span.extracting(line), into: &sums, at: row * outWidth + column)
        }
    }
}

/// How strong the sums of a block are.
private struct LineExtent {
    private var magnitudes = 0
    private var count = 0
    private(set) var highest = Int16.min
    private(set) var lowest = Int16.max

    var meanMagnitude: Float { Float(magnitudes) / Float(count) }

    @inline(__always)
    mutating func add(_ sum: Int16) {
        magnitudes &+= Int(held(sum < 0 ? 0 &- sum : sum))
        count &+= 1
        highest = max(highest, sum)
        lowest = min(lowest, sum)
    }

    /// As in ``BlockStatistics``, so that sixteen of them fit 16 bits.
    @inline(__always)
    private func held(_ magnitude: Int16) -> Int16 { magnitude > 2047 ? 2047 : magnitude }

    /// Adds what eight columns of a block have.
    @inline(__always)
    mutating func add(magnitudes columns: Lane, highest high: Lane, lowest low: Lane) {
        for index in 0..<Lane.scalarCount {
            magnitudes &+= Int(columns[index])
            highest = max(highest, high[index])
            lowest = min(lowest, low[index])
        }
        count &+= Lane.scalarCount * BlockStatistics.blockSize
    }
}

@inline(__always)
private func lane(_ bytes: RawSpan, _ place: Int) -> Lane {
    // SAFETY: whoever calls this has made sure that the eight samples lie inside.
    unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: place &* 2, as: Lane.self)
}

/// As ``LineExtent`` holds them.
@inline(__always)
private func magnitudes(_ sums: Lane) -> Lane {
    let most = Lane(repeating: 2047)
    let magnitudes = larger(sums, Lane.zero &- sums)
    return smaller(magnitudes, most)
}

@inline(__always)
private func larger(_ one: Lane, _ two: Lane) -> Lane { one.replacing(with: two, where: two .> one) }

@inline(__always)
private func smaller(_ one: Lane, _ two: Lane) -> Lane { one.replacing(with: two, where: two .< one) }

@inline(__always)
private func store(_ lane: Lane, _ bytes: inout MutableRawSpan, _ place: Int) {
    // SAFETY: whoever calls this has made sure that the eight samples lie inside.
    unsafe bytes.storeBytes(of: lane, toUncheckedByteOffset: place &* 2, as: Lane.self)
}

/// Sums of lines of four rows: each four rows of samples give four of lines, by how far they go to the right.
private func sumFours(
    _ samples: [Int16],
    at first: Int,
    _ stride: Int,
    into lines: inout [Int16],
    _ outStride: Int,
    width: Int
) {
    let last = LineSums.length - 1
    precondition(first >= 0 && first + last * stride + width + 3 <= samples.count)
    precondition(width % Lane.scalarCount == 0 && last * outStride + width <= lines.count)
    let bytes = unsafe samples.span.bytes
    var span = lines.mutableSpan
    var out = unsafe span.mutableBytes
    for top in Swift.stride(from: 0, to: LineSums.length, by: 4) {
        let row0 = first &+ top &* stride
        let row1 = row0 &+ stride
        let row2 = row1 &+ stride
        let row3 = row2 &+ stride
        let base = top &* outStride
        for x in Swift.stride(from: 0, to: width, by: Lane.scalarCount) {
            let first = lane(bytes, row0 &+ x)
            let straight = first &+ lane(bytes, row1 &+ x)
            let slanted = first &+ lane(bytes, row1 &+ x &+ 1)
            let third = lane(bytes, row2 &+ x &+ 1)
            let aside = lane(bytes, row3 &+ x &+ 1)
            let further = lane(bytes, row3 &+ x &+ 2)
            store(straight &+ (lane(bytes, row2 &+ x) &+ lane(bytes, row3 &+ x)), &out, base &+ x)
            store(straight &+ (third &+ aside), &out, base &+ outStride &+ x)
            store(slanted &+ (third &+ further), &out, base &+ 2 &* outStride &+ x)
            let fourth = lane(bytes, row2 &+ x &+ 2) &+ lane(bytes, row3 &+ x &+ 3)
            store(slanted &+ fourth, &out, base &+ 3 &* outStride &+ x)
        }
    }
}

/// Sums of lines of `2 half` rows from those of `half` rows.
///
/// The lower half of a line begins as far aside as the upper half has run, or a column further.
private func join(_ lines: [Int16], _ half: Int, _ stride: Int, into longer: inout [Int16], width: Int) {
    precondition(width % Lane.scalarCount == 0 && width + half <= stride)
    precondition(lines.count == stride * LineSums.length && longer.count == lines.count)
    let bytes = unsafe lines.span.bytes
    var span = longer.mutableSpan
    var out = unsafe span.mutableBytes
    for top in Swift.stride(from: 0, to: LineSums.length, by: 2 * half) {
        for slope in 0..<half {
            let upper = (top &+ slope) &* stride
            let lower = (top &+ half &+ slope) &* stride &+ slope
            let base = (top &+ 2 &* slope) &* stride
            for x in Swift.stride(from: 0, to: width, by: Lane.scalarCount) {
                let line = lane(bytes, upper &+ x)
                store(line &+ lane(bytes, lower &+ x), &out, base &+ x)
                store(line &+ lane(bytes, lower &+ x &+ 1), &out, base &+ stride &+ x)
            }
        }
    }
}

/// The last step, for the sums of block row `index` whose lines begin in the sixteen columns from `left` on.
private func joinBlock(
    _ lines: [Int16],
    _ stride: Int,
    _ index: Int,
    _ left: Int,
    into sums: inout [Int16],
    at place: Int,
    _ outStride: Int,
    _ extent: inout LineExtent
) {
    let half = LineSums.length / 2
    let size = BlockStatistics.blockSize
    let slopes = index * size / 2..<(index + 1) * size / 2
    precondition(lines.count == stride * LineSums.length && left >= 0 && left + size + half <= stride)
    precondition(slopes.upperBound <= half)
    precondition(place >= 0 && place + (size - 1) * outStride + size <= sums.count)
    let bytes = unsafe lines.span.bytes
    var span = sums.mutableSpan
    var out = unsafe span.mutableBytes
    for side in Swift.stride(from: 0, to: size, by: Lane.scalarCount) {
        var total = Lane.zero
        var highest = Lane(repeating: .min)
        var lowest = Lane(repeating: .max)
        var upper = slopes.lowerBound &* stride &+ left &+ side
        var lower = upper &+ half &* stride &+ slopes.lowerBound
        var row = place &+ side
        for _ in slopes {
            let line = lane(bytes, upper)
            let even = line &+ lane(bytes, lower)
            let odd = line &+ lane(bytes, lower &+ 1)
            store(even, &out, row)
            store(odd, &out, row &+ outStride)
            total = total &+ (magnitudes(even) &+ magnitudes(odd))
            highest = larger(highest, larger(even, odd))
            lowest = smaller(lowest, smaller(even, odd))
            upper &+= stride
            lower &+= stride &+ 1
            row &+= 2 &* outStride
        }
        extent.add(magnitudes: total, highest: highest, lowest: lowest)
    }
}

/// The same for fewer columns at the right border.
private func joinColumns(
    _ lines: [Int16],
    _ stride: Int,
    _ index: Int,
    _ columns: Range<Int>,
    into sums: inout [Int16],
    at place: Int,
    _ outStride: Int,
    _ extent: inout LineExtent
) {
    let half = LineSums.length / 2
    for row in 0..<BlockStatistics.blockSize {
        let slope = index * BlockStatistics.blockSize + row
        let upper = slope / 2 * stride
        let lower = (half + slope / 2) * stride + (slope + 1) / 2
        for x in columns {
            let sum = lines[upper + x] &+ lines[lower + x]
            sums[place + row * outStride + x - columns.lowerBound] = sum
            extent.add(sum)
        }
    }
}

@inline(__always)
private func copy(_ row: Span<Int16>, into samples: inout [Int16], at base: Int) {
    precondition(base >= 0 && base + row.count <= samples.count)
    var out = samples.mutableSpan
    // SAFETY: the row fits into the samples from the base on. Checked looks would not be vectorised.
    for x in 0..<row.count { unsafe out[unchecked: base &+ x] = row[unchecked: x] }
}

@inline(__always)
private func copyBackwards(_ row: Span<Int16>, into samples: inout [Int16], at base: Int) {
    precondition(base >= 0 && base + row.count <= samples.count)
    var out = samples.mutableSpan
    let last = row.count - 1
    // SAFETY: the row fits into the samples from the base on. Checked looks would not be vectorised.
    for x in 0..<row.count { unsafe out[unchecked: base &+ x] = row[unchecked: last &- x] }
}

@inline(__always)
private func clear(_ samples: inout [Int16]) {
    var out = samples.mutableSpan
    // SAFETY: all places lie inside.
    for place in 0..<out.count { unsafe out[unchecked: place] = 0 }
}
