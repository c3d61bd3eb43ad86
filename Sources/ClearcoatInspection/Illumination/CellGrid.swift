import ClearcoatImage

/// The picture in cells of 8 × 8 pixels: what the illumination and the station check are made of.
struct CellGrid: Sendable {
    /// Pixels a cell in each direction; cells at the right and lower border may be smaller.
    static let cellSize = 8

    let columns: Int
    let rows: Int
    /// The picture's size in pixels.
    let width: Int
    let height: Int
    /// Sum of the samples of each cell.
    var sums: [UInt32] = []
    /// Pixels at full scale in each cell.
    var saturated: [UInt8] = []
    /// Pixels at zero in each cell.
    var black: [UInt8] = []

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

    /// The mean samples of the cells that a mask lets in.
    func means(where valid: [Bool]) -> [Double] {
        valid.indices.filter { valid[$0] }.map { index in
            Double(sums[index]) / Double(pixelCount(column: index % columns, row: index / columns))
        }
    }

    /// Sums the cells of `image`, one scheduler piece for every few rows of cells.
    static func measure(_ image: GrayImage, with scheduler: some BandScheduler) async throws -> CellGrid {
        var grid = CellGrid(width: image.width, height: image.height)
        let empty = grid
        let cellRowsPerPiece = 8
        let parts = try await scheduler.map((grid.rows + cellRowsPerPiece - 1) / cellRowsPerPiece) { piece in
            var part = empty
            for row in piece * cellRowsPerPiece..<min((piece + 1) * cellRowsPerPiece, empty.rows) {
                // Told apart here, so that the compiler makes a version of the loops for each depth.
                switch image {
                case .uint8(let image): part.appendCells(ofRow: row, image)
                case .uint16(let image): part.appendCells(ofRow: row, image)
                }
            }
            return part
        }
        for part in parts {
            grid.sums += part.sums
            grid.saturated += part.saturated
            grid.black += part.black
        }
        return grid
    }

    /// Adds one row of cells: column sums first, which vectorise, then eight columns to a cell.
    private mutating func appendCells<Element: Sample & FixedWidthInteger & UnsignedInteger>(
        ofRow cellRow: Int,
        _ image: Image<Element>
    ) {
        var columnSums = [UInt32](repeating: 0, count: width)
        var columnSaturated = [UInt8](repeating: 0, count: width)
        var columnBlack = [UInt8](repeating: 0, count: width)
        let firstRow = cellRow * Self.cellSize
        for y in firstRow..<min(firstRow + Self.cellSize, height) {
            let row = image.samples.span.extracting(image.row(y))
            addColumns(row, &columnSums, &columnSaturated, &columnBlack)
        }
        for column in 0..<columns {
            var sum: UInt32 = 0
            var full: UInt8 = 0
            var zero: UInt8 = 0
            for x in column * Self.cellSize..<min((column + 1) * Self.cellSize, width) {
                sum &+= columnSums[x]
                full &+= columnSaturated[x]
                zero &+= columnBlack[x]
            }
            sums.append(sum)
            saturated.append(full)
            black.append(zero)
        }
    }
}

/// Adds a row to the sums of each column and counts samples at full scale and at zero.
@inline(__always)
private func addColumns<Element: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ row: Span<Element>,
    _ sums: inout [UInt32],
    _ saturated: inout [UInt8],
    _ black: inout [UInt8]
) {
    var sums = sums.mutableSpan
    var saturated = saturated.mutableSpan
    var black = black.mutableSpan
    for x in 0..<row.count { sums[x] = sums[x] &+ UInt32(truncatingIfNeeded: row[x]) }
    for x in 0..<row.count {
        let sample = row[x]
        saturated[x] = saturated[x] &+ (sample == .max ? 1 : 0)
        black[x] = black[x] &+ (sample == 0 ? 1 : 0)
    }
}
