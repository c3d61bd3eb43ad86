package import ClearcoatImage

/// The picture in cells of 8 × 8 pixels: what the illumination and the station check are made of.
package struct CellGrid: Sendable {
    /// Pixels a cell in each direction; cells at the right and lower border may be smaller.
    static let cellSize = 8

    package let columns: Int
    package let rows: Int
    /// The picture's size in pixels.
    let width: Int
    let height: Int
    /// Sum of the samples of each cell.
    package fileprivate(set) var sums: [UInt32] = []
    /// Pixels at full scale in each cell.
    package fileprivate(set) var saturated: [UInt8] = []
    /// Pixels at zero in each cell.
    package fileprivate(set) var black: [UInt8] = []
    /// The mean sample of each cell.
    package private(set) var means: [Float] = []

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        columns = (width + Self.cellSize - 1) / Self.cellSize
        rows = (height + Self.cellSize - 1) / Self.cellSize
    }

    /// The number of pixels in cell (column, row).
    func pixelCount(column: Int, row: Int) -> Int {
        min(Self.cellSize, width - column * Self.cellSize) * min(Self.cellSize, height - row * Self.cellSize)
    }

    /// How many pixels some cells have.
    package func pixelCount(of cells: [Bool]) -> Int {
        var total = 0
        for row in 0..<rows where columns > 0 {
            // All cells of a row are of one size but perhaps the last.
            let last = (row + 1) * columns - 1
            let whole = truths(in: cells.span.extracting(last + 1 - columns..<last))
            total += whole * pixelCount(column: 0, row: row)
            if cells[last] { total += pixelCount(column: columns - 1, row: row) }
        }
        return total
    }

    /// Whether a cell of a row has a pixel at either end of the scale.
    package func hasEnds(row: Int) -> Bool {
        let line = row * columns..<(row + 1) * columns
        let saturated = saturated.span.extracting(line)
        let black = black.span.extracting(line)
        var all: UInt8 = 0
        // SAFETY: both are a row long. Checked looks would not be vectorised.
        for column in 0..<columns { unsafe all |= saturated[unchecked: column] | black[unchecked: column] }
        return all != 0
    }

    /// Sums the cells of `image`, one scheduler piece for every few rows of cells.
    package static func measure(_ image: GrayImage, with scheduler: some BandScheduler) async throws
        -> CellGrid
    {
        var grid = CellGrid(width: image.width, height: image.height)
        let empty = grid
        let cellRowsPerPiece = 8
        let parts = try await scheduler.map((grid.rows + cellRowsPerPiece - 1) / cellRowsPerPiece) { piece in
            var part = empty
            for row in piece * cellRowsPerPiece..<min((piece + 1) * cellRowsPerPiece, empty.rows) {
                // Told apart here, so that the compiler makes a version of the loops for each depth.
                switch image {
                // Sums of eight samples fit twice their bits.
                case .uint8(let image): part.appendCells(ofRow: row, image, summedAs: UInt16.self)
                case .uint16(let image): part.appendCells(ofRow: row, image, summedAs: UInt32.self)
                }
            }
            return part
        }
        grid.sums.reserveCapacity(grid.columns * grid.rows)
        grid.saturated.reserveCapacity(grid.columns * grid.rows)
        grid.black.reserveCapacity(grid.columns * grid.rows)
        for part in parts {
            grid.sums += part.sums
            grid.saturated += part.saturated
            grid.black += part.black
        }
        grid.takeMeans()
        return grid
    }

    private mutating func takeMeans() {
        means = sums.mapped { Float($0) / Float(Self.cellSize * Self.cellSize) }
        // Cells in the last row and column may be smaller.
        func take(column: Int, row: Int) {
            let index = row * columns + column
            means[index] = Float(sums[index]) / Float(pixelCount(column: column, row: row))
        }
        if rows > 0 { for column in 0..<columns { take(column: column, row: rows - 1) } }
        if columns > 0 { for row in 0..<rows { take(column: columns - 1, row: row) } }
    }

    /// Adds one row of cells: column sums first, which vectorise, then eight columns to a cell.
    private mutating func appendCells<Element, Total>(
        ofRow cellRow: Int,
        _ image: Image<Element>,
        summedAs: Total.Type
    )
    where
        Element: Sample & FixedWidthInteger & UnsignedInteger,
        Total: FixedWidthInteger & UnsignedInteger & BitwiseCopyable
    {
        var columnSums = [Total](repeating: 0, count: width)
        var columnSaturated = [UInt8](repeating: 0, count: width)
        var columnBlack = [UInt8](repeating: 0, count: width)
        var hasEnds = false
        let firstRow = cellRow * Self.cellSize
        for y in firstRow..<min(firstRow + Self.cellSize, height) {
            let row = image.samples.span.extracting(image.row(y))
            // Hardly any row has pixels at either end of the scale.
            guard addColumns(row, to: &columnSums) else { continue }
            hasEnds = true
            countColumns(row, equalTo: .max, in: &columnSaturated)
            countColumns(row, equalTo: .zero, in: &columnBlack)
        }
        sums += cellSums(of: columnSums.span)
        guard hasEnds else {
            saturated += repeatElement(0, count: columns)
            black += repeatElement(0, count: columns)
            return
        }
        saturated += cellSums(of: columnSaturated.span)
        black += cellSums(of: columnBlack.span)
    }
}

/// Whether any sample is black or saturated.
@inline(__always)
private func addColumns<Element, Total>(_ row: Span<Element>, to sums: inout [Total]) -> Bool
where
    Element: FixedWidthInteger & UnsignedInteger & BitwiseCopyable,
    Total: FixedWidthInteger & UnsignedInteger & BitwiseCopyable
{
    precondition(sums.count == row.count)
    var sums = sums.mutableSpan
    // One more than a sample at either end is 1 or 0.
    var least = Element.max
    // SAFETY: x stays below the count that both have.
    for x in 0..<row.count {
        let sample = unsafe row[unchecked: x]
        unsafe sums[unchecked: x] = sums[unchecked: x] &+ Total(truncatingIfNeeded: sample)
        least = min(least, sample &+ 1)
    }
    return least <= 1
}

/// Counts in each column how often a sample is `value`.
@inline(__always)
private func countColumns<Element: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ row: Span<Element>,
    equalTo value: Element,
    in counts: inout [UInt8]
) {
    precondition(counts.count == row.count)
    var counts = counts.mutableSpan
    // SAFETY: x stays below the count that both have.
    for x in 0..<row.count {
        unsafe counts[unchecked: x] = counts[unchecked: x] &+ (row[unchecked: x] == value ? 1 : 0)
    }
}

/// Sums eight columns to a cell; the last cell may have fewer.
@inline(__always)
private func cellSums<Total, Sum>(of columns: Span<Total>) -> [Sum]
where
    Total: FixedWidthInteger & UnsignedInteger & BitwiseCopyable,
    Sum: FixedWidthInteger & UnsignedInteger & BitwiseCopyable
{
    let size = CellGrid.cellSize
    let whole = columns.count / size
    var cells = [Sum](repeating: 0, count: (columns.count + size - 1) / size)
    var out = cells.mutableSpan
    for cell in 0..<whole {
        let first = cell &* size
        var sum: Sum = 0
        // SAFETY: the eight columns of a whole cell lie inside, and there is a place for each cell.
        for x in 0..<size {
            unsafe sum &+= Sum(truncatingIfNeeded: columns[unchecked: first &+ x])
        }
        unsafe out[unchecked: cell] = sum
    }
    for x in whole * size..<columns.count { out[whole] &+= Sum(truncatingIfNeeded: columns[x]) }
    return cells
}
