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
        let columns = layout.columns
        let rows = layout.rows(ofAreaRow: areaRow)
        var sums = ColumnSums(count: columns.count)
        var looked = 0
        for y in stride(from: rows.lowerBound, to: rows.upperBound, by: layout.rowStep) {
            add(rowAt: y, of: image, columns, to: &sums)
            looked += 1
        }
        let cellColumns = (image.width + CellGrid.cellSize - 1) / CellGrid.cellSize
        for index in 0..<layout.areaColumns {
            let area = layout.columns(ofArea: index)
            let local = area.lowerBound - columns.lowerBound..<area.upperBound - columns.lowerBound
            var energies = sums.energies(in: local, rows: looked)
            energies.isJudged = Self.isJudged(area, rows, judged, cellColumns: cellColumns)
            areas.append(energies)
        }
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

    private mutating func add<Element: FixedWidthInteger & UnsignedInteger & Sample>(
        rowAt y: Int,
        of image: Image<Element>,
        _ columns: Range<Int>,
        to sums: inout ColumnSums
    ) {
        let samples = image.samples.span
        let row = samples.extracting(image.row(y))
        var all = Element.zero
        for x in 0..<row.count { all |= row[x] }
        bits |= UInt(all)
        addNeighbours(row, columns)
        var difference = [Float](repeating: 0, count: row.count)
        for (index, step) in Self.mixedSteps.enumerated() {
            secondDifference(
                samples.extracting(image.row(y - step)),
                row,
                samples.extracting(image.row(y + step)),
                into: &difference
            )
            if step == Self.nearStep { addSquares(difference.span, columns, to: &sums.near[1]) }
            addSquaresOfDifferences(difference.span, step, columns, to: &sums.mixed[index])
        }
        secondDifference(
            samples.extracting(image.row(y - Self.farStep)),
            row,
            samples.extracting(image.row(y + Self.farStep)),
            into: &difference
        )
        addSquares(difference.span, columns, to: &sums.far[1])
        for x in 0..<row.count { difference[x] = Float(row[x]) }
        addSquaresOfDifferences(difference.span, Self.nearStep, columns, to: &sums.near[0])
        addSquaresOfDifferences(difference.span, Self.farStep, columns, to: &sums.far[0])
    }

    private mutating func addNeighbours<Element: FixedWidthInteger & UnsignedInteger>(
        _ row: Span<Element>,
        _ columns: Range<Int>
    ) {
        var sums = [UInt64](repeating: 0, count: CellGrid.cellSize)
        for x in columns {
            let one = row[x]
            let other = row[x &+ 1]
            sums[x & 7] &+= UInt64(one > other ? one &- other : other &- one)
        }
        for index in sums.indices { neighbours[index] += Double(sums[index]) }
    }
}

/// Sums of squares by column, over the rows that are looked at.
private struct ColumnSums {
    var mixed: [[Float]]
    var near: [[Float]]
    var far: [[Float]]

    init(count: Int) {
        let zeros = [Float](repeating: 0, count: count)
        mixed = DetailRows.mixedSteps.map { _ in zeros }
        near = [zeros, zeros]
        far = [zeros, zeros]
    }

    /// Mean squares in a range of columns, so that white noise of one gives one: a second difference has 1 + 4 + 1 of
    /// it, and along both axes 36.
    func energies(in columns: Range<Int>, rows: Int) -> FineDetail.Energies {
        let count = Double(columns.count * max(rows, 1))
        let mixed = totals(of: self.mixed[0], self.mixed[1], self.mixed[2], self.mixed[3], in: columns)
        let others = totals(of: near[0], near[1], far[0], far[1], in: columns)
        return FineDetail.Energies(
            mixed: [mixed[0], mixed[1], mixed[2], mixed[3]].map { $0 / count / 36 },
            near: [others[0], others[1]].map { $0 / count / 6 },
            far: [others[2], others[3]].map { $0 / count / 6 }
        )
    }
}

/// The sums over some columns of four rows at once: of one alone every addition would wait for the last.
private func totals(
    of first: [Float],
    _ second: [Float],
    _ third: [Float],
    _ fourth: [Float],
    in columns: Range<Int>
) -> SIMD4<Double> {
    let first = first.span.extracting(columns)
    let second = second.span.extracting(columns)
    let third = third.span.extracting(columns)
    let fourth = fourth.span.extracting(columns)
    var totals = SIMD4<Double>.zero
    for x in 0..<columns.count {
        totals += SIMD4(Double(first[x]), Double(second[x]), Double(third[x]), Double(fourth[x]))
    }
    return totals
}

/// `2 row - above - below`.
@inline(__always)
private func secondDifference<Element: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ above: Span<Element>,
    _ row: Span<Element>,
    _ below: Span<Element>,
    into out: inout [Float]
) {
    precondition(above.count == row.count && below.count == row.count && out.count == row.count)
    var out = out.mutableSpan
    // SAFETY: x stays below the count that all four have.
    for x in 0..<row.count {
        let both = unsafe Float(above[unchecked: x]) + Float(below[unchecked: x])
        unsafe out[unchecked: x] = 2 * Float(row[unchecked: x]) - both
    }
}

/// Adds the squares of `row` in `columns`.
@inline(__always)
private func addSquares(_ row: Span<Float>, _ columns: Range<Int>, to sums: inout [Float]) {
    let row = row.extracting(columns)
    precondition(sums.count == row.count)
    var sums = sums.mutableSpan
    // SAFETY: x stays below the count that both have.
    for x in 0..<row.count {
        unsafe sums[unchecked: x] = sums[unchecked: x] + row[unchecked: x] * row[unchecked: x]
    }
}

/// Adds the squares of the second differences of `row` over `step`.
@inline(__always)
private func addSquaresOfDifferences(
    _ row: Span<Float>,
    _ step: Int,
    _ columns: Range<Int>,
    to sums: inout [Float]
) {
    let left = row.extracting(columns.lowerBound - step..<columns.upperBound - step)
    let middle = row.extracting(columns)
    let right = row.extracting(columns.lowerBound + step..<columns.upperBound + step)
    precondition(sums.count == middle.count && left.count == middle.count && right.count == middle.count)
    var sums = sums.mutableSpan
    // SAFETY: x stays below the count that all four have.
    for x in 0..<middle.count {
        let difference = unsafe 2 * middle[unchecked: x] - left[unchecked: x] - right[unchecked: x]
        unsafe sums[unchecked: x] = sums[unchecked: x] + difference * difference
    }
}
