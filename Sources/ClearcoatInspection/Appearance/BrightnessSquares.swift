import ClearcoatImage

/// The mean brightness of the squares that an area is laid out in, each of a whole number of cells.
struct BrightnessSquares: Sendable {
    /// Where each square is, in squares from the picture's corner, and its mean sample.
    private(set) var squares: [Square] = []

    /// A square.
    typealias Square = (x: Double, y: Double, brightness: Double)

    /// With fewer squares, a surface of the second degree leaves nothing over.
    static let fewest = 12
    /// Squares that stand out by more robust sigmas are left out of the surface.
    private static let outlierSigmas: Float = 3
    /// A square counts when so much of it belongs to the area.
    private static let leastShare = 0.5

    /// - Parameter side: cells on a side of a square.
    init(_ grid: CellGrid, of cells: [Bool], side: Int) {
        let columns = (grid.columns + side - 1) / side
        var sums = [Double](repeating: 0, count: columns * ((grid.rows + side - 1) / side))
        var pixels = sums
        for row in 0..<grid.rows {
            let base = row * grid.columns
            for square in 0..<columns {
                var sum = 0
                var count = 0
                for column in square * side..<min((square + 1) * side, grid.columns)
                where cells[base + column] {
                    sum += Int(grid.sums[base + column])
                    count += grid.pixelCount(column: column, row: row)
                }
                sums[row / side * columns + square] += Double(sum)
                pixels[row / side * columns + square] += Double(count)
            }
        }
        let whole = Double(side * side * CellGrid.cellSize * CellGrid.cellSize)
        for index in sums.indices where pixels[index] >= Self.leastShare * whole {
            squares.append((Double(index % columns), Double(index / columns), sums[index] / pixels[index]))
        }
    }

    /// Robust standard deviation of the squares around a surface of the second degree, relative to it.
    ///
    /// Fitted twice: squares that stand out, with a large defect, are left out of the second surface.
    var mottling: Double? {
        guard squares.count >= Self.fewest else { return nil }
        let first = residuals(ofFitTo: squares)
        let bound = Self.outlierSigmas * robustSpread(of: first)
        let quiet = zip(squares, first).filter { abs($1) <= bound }.map(\.0)
        return Double(robustSpread(of: residuals(ofFitTo: quiet.count >= Self.fewest ? quiet : squares)))
    }

    /// From the 5th to the 95th percentile of the squares' brightness, relative to the median.
    var unevenness: Double? {
        let values = squares.map(\.brightness)
        guard values.count >= Self.fewest, let low = quantile(0.05, of: values),
            let high = quantile(0.95, of: values), let middle = median(of: values), middle > 0
        else { return nil }
        return (high - low) / middle
    }

    /// How far all squares are from the surface of the second degree that fits some of them best, relative to it.
    private func residuals(ofFitTo some: [Square]) -> [Float] {
        let xs = squares.map(\.x), ys = squares.map(\.y)
        guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max() else {
            return []
        }
        // To -1 ... 1, which keeps the sums of a like size.
        func terms(_ square: Square) -> [Double] {
            let u = right > left ? (2 * square.x - left - right) / (right - left) : 0
            let v = bottom > top ? (2 * square.y - top - bottom) / (bottom - top) : 0
            return [1, u, v, u * u, u * v, v * v]
        }
        let count = 6
        var normal = [[Double]](repeating: Array(repeating: 0, count: count + 1), count: count)
        for square in some {
            let row = terms(square)
            for i in 0..<count {
                for j in 0..<count { normal[i][j] += row[i] * row[j] }
                normal[i][count] += row[i] * square.brightness
            }
        }
        let coefficients = solved(normal)
        return squares.map { square in
            let fitted = zip(terms(square), coefficients).reduce(0) { $0 + $1.0 * $1.1 }
            return Float(square.brightness / max(fitted, 1) - 1)
        }
    }

    /// Solves normal equations by elimination. A term that follows from those before it (all squares in one row
    /// say nothing about columns) gets no share.
    private func solved(_ equations: [[Double]]) -> [Double] {
        var rows = equations
        let count = rows.count
        let least = 1e-9 * Double(squares.count)
        for pivot in 0..<count where rows[pivot][pivot] > least {
            for other in 0..<count where other != pivot {
                let factor = rows[other][pivot] / rows[pivot][pivot]
                for column in pivot...count { rows[other][column] -= factor * rows[pivot][column] }
            }
        }
        return (0..<count).map { rows[$0][$0] > least ? rows[$0][count] / rows[$0][$0] : 0 }
    }
}
