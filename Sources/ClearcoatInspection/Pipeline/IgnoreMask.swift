import ClearcoatImage

/// Which pixels the recipe ignores.
struct IgnoreMask: Sendable {
    let area: PixelArea
    let bounds: Rectangle

    /// The ignored columns of row `y`.
    func columns(ofRow y: Int) -> [Range<Int>] { area.rows[y] }

    /// For each cell, whether any of its pixels is ignored.
    func cells(_ grid: CellGrid) -> [Bool] {
        var cells = [Bool](repeating: false, count: grid.columns * grid.rows)
        for y in 0..<bounds.height {
            let base = y / CellGrid.cellSize * grid.columns
            for columns in columns(ofRow: y) where !columns.isEmpty {
                let last = (columns.upperBound - 1) / CellGrid.cellSize
                for cell in columns.lowerBound / CellGrid.cellSize...last { cells[base + cell] = true }
            }
        }
        return cells
    }
}
