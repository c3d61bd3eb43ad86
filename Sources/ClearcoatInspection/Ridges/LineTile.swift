// Eight columns at a time by hand, since the compiler does not see that rows of one array lie apart.

private typealias Lane = SIMD8<Int16>

/// Some columns of a strip on the way from samples to sums, with the columns to their right that lines run into.
struct LineTile {
    /// Whole blocks.
    private let width: Int
    /// Columns in a row. A line runs 30 to the right; the first step reads up to 3 more, and whole lanes.
    private let stride: Int
    private var samples: [Int16]
    /// Sums of lines of 16 rows at last, of 4 on the way.
    private var lines: [Int16]
    private var longer: [Int16]

    init(width: Int) {
        precondition(width % BlockStatistics.blockSize == 0, "\(width) columns are no whole blocks")
        self.width = width
        stride = width + LineSums.length + 8
        samples = [Int16](repeating: 0, count: stride * LineSums.length)
        lines = samples
        longer = samples
    }

    /// Takes the samples of a strip from a column on; what lies outside the plane is 0.
    mutating func load(_ plane: TurnedPlane, strip: Int, column: Int) {
        let rows = strip * LineSums.length..<min((strip + 1) * LineSums.length, plane.height)
        let columns = column..<min(column + stride, plane.width)
        if rows.count < LineSums.length || columns.count < stride { clear(&samples, at: samples.indices) }
        plane.copy(rows: rows, columns: columns, into: &samples, stride: stride)
    }

    /// Sums of lines of sixteen rows that begin in the tile, from top to bottom or, flipped, from bottom to top.
    mutating func sumUp(isFlipped: Bool) {
        sumFours(samples, stride, isFlipped: isFlipped, into: &lines, width: width + 32)
        join(lines, 4, stride, into: &longer, width: width + 24)
        join(longer, 8, stride, into: &lines, width: width + 16)
    }

    /// How strong the sums are in each of the tile's blocks that has one of its first `columns` columns.
    func appendExtents(to rows: inout BlockStatistics.Rows, columns: Int) {
        let size = BlockStatistics.blockSize
        for left in Swift.stride(from: 0, to: columns, by: size) {
            let extent = extent(ofBlock: left)
            let count = min(size, columns - left) * LineSums.slopes
            rows.meanMagnitude.append(Float(extent.magnitudes) / Float(count))
            rows.highest.append(extent.highest)
            rows.lowest.append(extent.lowest)
        }
    }

    /// Of the lines that begin in the sixteen columns from `left` on.
    private func extent(ofBlock left: Int) -> (magnitudes: Int, highest: Int16, lowest: Int16) {
        var totals = Lane.zero
        var others = Lane.zero
        var highest = Lane(repeating: .min)
        var lowest = Lane(repeating: .max)
        precondition(holdsBlock(left))
        let bytes = unsafe lines.span.bytes
        for slope in 0..<LineSums.slopes {
            let (first, second) = sums(bytes, left, slope)
            // Sixteen magnitudes that are held fit 16 bits.
            totals = totals &+ heldMagnitudes(first)
            others = others &+ heldMagnitudes(second)
            highest = larger(highest, larger(first, second))
            lowest = smaller(lowest, smaller(first, second))
        }
        var extent = (magnitudes: 0, highest: Int16.min, lowest: Int16.max)
        for index in 0..<Lane.scalarCount {
            extent.magnitudes &+= Int(totals[index]) &+ Int(others[index])
            extent.highest = max(extent.highest, highest[index])
            extent.lowest = min(extent.lowest, lowest[index])
        }
        return extent
    }

    /// Writes the sums of the tile's first block to sixteen columns of a strip.
    func write(to sums: inout [Int16], width: Int, column: Int) {
        precondition(column >= 0 && column + BlockStatistics.blockSize <= width)
        precondition(sums.count == width * LineSums.slopes)
        precondition(holdsBlock(0))
        let bytes = unsafe lines.span.bytes
        var span = sums.mutableSpan
        var out = unsafe span.mutableBytes
        for slope in 0..<LineSums.slopes {
            let (first, second) = self.sums(bytes, 0, slope)
            store(first, &out, slope &* width &+ column)
            store(second, &out, slope &* width &+ column &+ Lane.scalarCount)
        }
    }

    /// Whether all lines that ``sums(_:_:_:)`` reads for a block are there.
    private func holdsBlock(_ left: Int) -> Bool {
        left >= 0 && left + BlockStatistics.blockSize <= width && width + LineSums.slopes <= stride
            && lines.count == stride * LineSums.length
    }

    /// The last step, for the lines of a slope from the sixteen columns from `left` on: the lower half of a line begins
    /// as far aside as the upper half has run.
    @inline(__always)
    private func sums(_ bytes: RawSpan, _ left: Int, _ slope: Int) -> (Lane, Lane) {
        let upper = slope &* stride &+ left
        let lower = upper &+ LineSums.length / 2 &* stride &+ slope
        return (
            lane(bytes, upper) &+ lane(bytes, lower),
            lane(bytes, upper &+ Lane.scalarCount) &+ lane(bytes, lower &+ Lane.scalarCount)
        )
    }
}

@inline(__always)
private func lane(_ bytes: RawSpan, _ place: Int) -> Lane {
    // SAFETY: whoever calls this has made sure that the eight samples lie inside.
    unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: place &* 2, as: Lane.self)
}

@inline(__always)
private func store(_ lane: Lane, _ bytes: inout MutableRawSpan, _ place: Int) {
    // SAFETY: whoever calls this has made sure that the eight samples lie inside.
    unsafe bytes.storeBytes(of: lane, toUncheckedByteOffset: place &* 2, as: Lane.self)
}

/// As ``BlockStatistics`` holds them.
@inline(__always)
private func heldMagnitudes(_ sums: Lane) -> Lane {
    smaller(larger(sums, Lane.zero &- sums), Lane(repeating: BlockStatistics.mostMagnitude))
}

@inline(__always)
private func larger(_ one: Lane, _ two: Lane) -> Lane { one.replacing(with: two, where: two .> one) }

@inline(__always)
private func smaller(_ one: Lane, _ two: Lane) -> Lane { one.replacing(with: two, where: two .< one) }

/// Sums of lines of four rows: each four rows of samples give four of lines, by how far they go to the right.
private func sumFours(
    _ samples: [Int16],
    _ stride: Int,
    isFlipped: Bool,
    into lines: inout [Int16],
    width: Int
) {
    precondition(width % Lane.scalarCount == 0 && width + 3 <= stride)
    precondition(samples.count == stride * LineSums.length && lines.count == samples.count)
    let bytes = unsafe samples.span.bytes
    var span = lines.mutableSpan
    var out = unsafe span.mutableBytes
    let first = isFlipped ? (LineSums.length - 1) * stride : 0
    let next = isFlipped ? -stride : stride
    for top in Swift.stride(from: 0, to: LineSums.length, by: 4) {
        let row0 = first &+ top &* next
        let row1 = row0 &+ next
        let row2 = row1 &+ next
        let row3 = row2 &+ next
        let base = top &* stride
        for x in Swift.stride(from: 0, to: width, by: Lane.scalarCount) {
            let begin = lane(bytes, row0 &+ x)
            let straight = begin &+ lane(bytes, row1 &+ x)
            let slanted = begin &+ lane(bytes, row1 &+ x &+ 1)
            let third = lane(bytes, row2 &+ x &+ 1)
            let aside = lane(bytes, row3 &+ x &+ 1)
            let further = lane(bytes, row3 &+ x &+ 2)
            store(straight &+ (lane(bytes, row2 &+ x) &+ lane(bytes, row3 &+ x)), &out, base &+ x)
            store(straight &+ (third &+ aside), &out, base &+ stride &+ x)
            store(slanted &+ (third &+ further), &out, base &+ 2 &* stride &+ x)
            let fourth = lane(bytes, row2 &+ x &+ 2) &+ lane(bytes, row3 &+ x &+ 3)
            store(slanted &+ fourth, &out, base &+ 3 &* stride &+ x)
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
