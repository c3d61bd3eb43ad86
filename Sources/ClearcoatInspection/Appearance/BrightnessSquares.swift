import ClearcoatImage

/// The mean brightness of the squares that an area is laid out in, each of a whole number of cells.
struct BrightnessSquares: Sendable {
    private let columns: Int
    private let rows: Int
    /// The mean sample of each square; 0 of those that are not in the area.
    private var means: [Float]
    /// Whether enough of it belongs to the area.
    private var isKnown: [Bool]

    /// With fewer squares nothing can be said of how they vary.
    private static let fewest = 12
    /// A square counts when so much of it belongs to the area.
    private static let leastShare = 0.5
    /// Squares on a side of the window that the light is estimated in: clouds vary within it, the light does not.
    private static let window = 5
    /// Squares that stand out by more robust sigmas are left out of the second estimate.
    private static let outlierSigmas: Float = 3

    /// - Parameter side: cells on a side of a square.
    init(_ grid: CellGrid, of cells: [Bool], side: Int) {
        columns = (grid.columns + side - 1) / side
        rows = (grid.rows + side - 1) / side
        var sums = [Int](repeating: 0, count: columns * rows)
        var pixels = sums
        for row in 0..<grid.rows {
            let base = row * grid.columns
            // All cells of a row are of one size but perhaps the last.
            let size = grid.pixelCount(column: 0, row: row)
            let missing = size - grid.pixelCount(column: grid.columns - 1, row: row)
            for square in 0..<columns {
                var sum = 0
                var count = 0
                for column in square * side..<min((square + 1) * side, grid.columns)
                where cells[base + column] {
                    sum += Int(grid.sums[base + column])
                    count += size
                }
                if square == columns - 1, cells[base + grid.columns - 1] { count -= missing }
                sums[row / side * columns + square] += sum
                pixels[row / side * columns + square] += count
            }
        }
        let whole = Double(side * side * CellGrid.cellSize * CellGrid.cellSize)
        isKnown = pixels.map { Double($0) >= Self.leastShare * whole }
        means = zip(sums, pixels).map { $1 > 0 ? Float($0) / Float($1) : 0 }
    }

    /// Robust standard deviation of the squares around planes fitted around each of them, relative to these.
    ///
    /// Fitted twice: squares that stand out, with a large defect, are left out of the second planes.
    var mottling: Double? {
        let known = means.indices.filter { isKnown[$0] }
        guard known.count >= Self.fewest else { return nil }
        let fit = PlaneFit(columns: columns, rows: rows, window: Self.window)
        func residuals(ofFitTo some: [Bool]) -> [Float] {
            zip(means, fit.fit(means, where: some, fallback: means[known[0]])).map { $0 / max($1, 1) - 1 }
        }
        let first = residuals(ofFitTo: isKnown)
        let bound = Self.outlierSigmas * robustSpread(of: known.map { first[$0] })
        let quiet = zip(isKnown, first).map { $0 && abs($1) <= bound }
        let second = residuals(ofFitTo: quiet)
        return Double(robustSpread(of: known.map { second[$0] }))
    }

    /// From the 5th to the 95th percentile of the squares' brightness, relative to the median.
    var unevenness: Double? {
        let values = zip(means, isKnown).filter(\.1).map { Double($0.0) }
        guard values.count >= Self.fewest, let low = quantile(0.05, of: values),
            let high = quantile(0.95, of: values), let middle = median(of: values), middle > 0
        else { return nil }
        return (high - low) / middle
    }
}
