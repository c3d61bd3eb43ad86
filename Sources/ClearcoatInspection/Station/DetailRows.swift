import ClearcoatImage

/// The differences of one row of areas, as ``FineDetail`` needs them.
struct DetailRows: Sendable {
    /// From left to right.
    private(set) var areas: [FineDetail.Energies] = []
    /// Sums of how much neighbours differ, by the left one's column modulo 8.
    private(set) var neighbours = [Double](repeating: 0, count: CellGrid.cellSize)
    /// All samples, joined by "or": trailing zeros are of numbers that the camera does not use.
    private(set) var bits: UInt = 0

    /// Pixels that the mixed differences reach.
    static let mixedSteps = [1, 2, 4, 8]
    private static let nearStep = 4
    private static let farStep = 16

    /// Where areas lie in a picture.
    struct Layout: Sendable {
        let width: Int
        let height: Int
        /// Pixels an area in each direction; a picture that is smaller is one area.
        static let areaWidth = 128
        static let areaHeight = 64
        /// One row in so many is looked at: of a picture of many millions of pixels fewer tell as much.
        var rowStep: Int {
            switch width * height {
            case ...2_000_000: 8
            case ...8_000_000: 16
            default: 32
            }
        }

        /// Columns around which the differences of the largest step are inside.
        var columns: Range<Int> { DetailRows.farStep..<max(width - DetailRows.farStep, DetailRows.farStep) }
        var rows: Range<Int> { DetailRows.farStep..<max(height - DetailRows.farStep, DetailRows.farStep) }
        var areaRows: Int {
            columns.isEmpty || rows.isEmpty ? 0 : max(rows.count / Self.areaHeight, 1)
        }
        var areaColumns: Int { max(columns.count / Self.areaWidth, 1) }

        /// The columns of an area; the last one also has what is left over.
        func columns(ofArea index: Int) -> Range<Int> {
            let first = columns.lowerBound + index * Self.areaWidth
            return first..<(index == areaColumns - 1 ? columns.upperBound : first + Self.areaWidth)
        }

        func rows(ofAreaRow index: Int) -> Range<Int> {
            let first = rows.lowerBound + index * Self.areaHeight
            return first..<(index == areaRows - 1 ? rows.upperBound : first + Self.areaHeight)
        }
    }

    /// - Parameter judged: of each cell, whether it is judged.
    init<Element: FixedWidthInteger & UnsignedInteger & Sample>(
        of image: Image<Element>,
        areaRow: Int,
        _ layout: Layout,
        judged: [Bool]
    ) {
        let rows = layout.rows(ofAreaRow: areaRow)
        let cellColumns = (image.width + CellGrid.cellSize - 1) / CellGrid.cellSize
        let parts = (0..<layout.areaColumns).map(layout.columns(ofArea:))
        areas = parts.map { columns in
            FineDetail.Energies(isJudged: Self.isJudged(columns, rows, judged, cellColumns: cellColumns))
        }
        let looks = Array(stride(from: rows.lowerBound, to: rows.upperBound, by: layout.rowStep))
        // A row as numbers to calculate with, and its difference to rows above and below.
        var own = [Float](repeating: 0, count: image.width)
        var difference = own
        for y in looks { add(rowAt: y, of: image, parts, &own, &difference) }
        for (index, columns) in parts.enumerated() { areas[index].divide(by: columns.count * looks.count) }
    }

    /// Whether at least nine tenths of an area are judged.
    private static func isJudged(
        _ columns: Range<Int>,
        _ rows: Range<Int>,
        _ judged: [Bool],
        cellColumns: Int
    ) -> Bool {
        let size = CellGrid.cellSize
        var count = 0
        var all = 0
        for row in rows.lowerBound / size...(rows.upperBound - 1) / size {
            for column in columns.lowerBound / size...(columns.upperBound - 1) / size {
                all += 1
                count += judged[row * cellColumns + column] ? 1 : 0
            }
        }
        return 10 * count >= 9 * all
    }

    /// Adds the differences around one row, part by part.
    private mutating func add<Element: FixedWidthInteger & UnsignedInteger & Sample>(
        rowAt y: Int,
        of image: Image<Element>,
        _ parts: [Range<Int>],
        _ own: inout [Float],
        _ difference: inout [Float]
    ) {
        let samples = image.samples.span
        let row = samples.extracting(image.row(y))
        bits |= UInt(joined(row))
        widen(row, into: &own)
        func takeDifference(_ step: Int) {
            secondDifference(
                samples.extracting(image.row(y - step)),
                own.span,
                samples.extracting(image.row(y + step)),
                into: &difference
            )
        }
        for (index, step) in Self.mixedSteps.enumerated() {
            takeDifference(step)
            for (area, columns) in parts.enumerated() {
                areas[area].mixed[index] += squaresOfDifferences(difference.span, step, columns)
                if step == Self.nearStep {
                    areas[area].near[1] += squares(difference.span, columns)
                }
            }
        }
        takeDifference(Self.farStep)
        for (area, columns) in parts.enumerated() {
            areas[area].far[1] += squares(difference.span, columns)
            areas[area].near[0] += squaresOfDifferences(own.span, Self.nearStep, columns)
            areas[area].far[0] += squaresOfDifferences(own.span, Self.farStep, columns)
            addNeighbours(row, columns)
        }
    }

    /// - Parameter columns: of a part, which begins at a multiple of eight.
    private mutating func addNeighbours<Element: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _ row: Span<Element>,
        _ columns: Range<Int>
    ) {
        precondition(columns.lowerBound % 8 == 0 && columns.upperBound < row.count && columns.count < 1 << 16)
        var sums = InlineArray<8, UInt32>(repeating: 0)
        let whole = columns.lowerBound..<columns.upperBound - columns.count % 8
        for first in stride(from: whole.lowerBound, to: whole.upperBound, by: 8) {
            for column in sums.indices {
                // SAFETY: each column of the part has one beside it.
                let one = unsafe row[unchecked: first &+ column]
                let other = unsafe row[unchecked: first &+ column &+ 1]
                sums[column] &+= UInt32(truncatingIfNeeded: max(one, other) &- min(one, other))
            }
        }
        for x in whole.upperBound..<columns.upperBound {
            sums[x % 8] += UInt32(max(row[x], row[x + 1]) - min(row[x], row[x + 1]))
        }
        for column in sums.indices { neighbours[column] += Double(sums[column]) }
    }
}

extension FineDetail.Energies {
    /// From sums of squares to means, of which white noise of one gives one: a second difference has 1 + 4 + 1 of it,
    /// and along both axes 36.
    fileprivate mutating func divide(by count: Int) {
        for index in mixed.indices { mixed[index] /= Double(count) * 36 }
        for axis in near.indices { near[axis] /= Double(count) * 6 }
        for axis in far.indices { far[axis] /= Double(count) * 6 }
    }
}

/// All samples, joined by "or".
@inline(__always)
private func joined<Element: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ row: Span<Element>
) -> Element {
    var all = Element.zero
    // SAFETY: x stays below the count. Checked looks would not be vectorised.
    for x in 0..<row.count { unsafe all |= row[unchecked: x] }
    return all
}

@inline(__always)
private func widen<Element: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ row: Span<Element>,
    into out: inout [Float]
) {
    precondition(out.count == row.count)
    var out = out.mutableSpan
    // SAFETY: x stays below the count that both have.
    for x in 0..<row.count { unsafe out[unchecked: x] = Float(row[unchecked: x]) }
}

/// `2 row - above - below`.
@inline(__always)
private func secondDifference<Element: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ above: Span<Element>,
    _ row: Span<Float>,
    _ below: Span<Element>,
    into out: inout [Float]
) {
    precondition(above.count == row.count && below.count == row.count && out.count == row.count)
    var out = out.mutableSpan
    // SAFETY: x stays below the count that all four have.
    for x in 0..<row.count {
        let one = unsafe Int32(truncatingIfNeeded: above[unchecked: x])
        let other = unsafe Int32(truncatingIfNeeded: below[unchecked: x])
        unsafe out[unchecked: x] = 2 * row[unchecked: x] - Float(one &+ other)
    }
}

/// Eight sums at once, since one alone would have every addition wait for the last.
private typealias Lane = SIMD8<Float>

extension Span<Float> {
    @inline(__always)
    fileprivate func lane(at place: Int) -> Lane {
        // SAFETY: whoever calls this has asked that eight values from `place` on lie inside.
        unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: place &* 4, as: Lane.self)
    }
}

/// The sum of the squares of `row` in `columns`.
private func squares(_ row: Span<Float>, _ columns: Range<Int>) -> Double {
    precondition(columns.lowerBound >= 0 && columns.upperBound <= row.count)
    var sums = Lane.zero
    let whole = columns.upperBound - columns.count % Lane.scalarCount
    for x in stride(from: columns.lowerBound, to: whole, by: Lane.scalarCount) {
        let values = row.lane(at: x)
        sums += values * values
    }
    return (whole..<columns.upperBound).reduce(Double(sums.sum())) { $0 + Double(row[$1] * row[$1]) }
}

/// The sum of the squares of the second differences of `row` over `step` in `columns`.
private func squaresOfDifferences(_ row: Span<Float>, _ step: Int, _ columns: Range<Int>) -> Double {
    precondition(step >= 0 && columns.lowerBound >= step && columns.upperBound + step <= row.count)
    var sums = Lane.zero
    let whole = columns.upperBound - columns.count % Lane.scalarCount
    for x in stride(from: columns.lowerBound, to: whole, by: Lane.scalarCount) {
        let middle = row.lane(at: x)
        let difference = middle + middle - row.lane(at: x &- step) - row.lane(at: x &+ step)
        sums += difference * difference
    }
    return (whole..<columns.upperBound).reduce(Double(sums.sum())) { sum, x in
        let difference = 2 * row[x] - row[x - step] - row[x + step]
        return sum + Double(difference * difference)
    }
}
