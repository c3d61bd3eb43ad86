import ClearcoatImage
import ClearcoatRegions

/// The brightness the paint would have without defects, on the grid of cells, and which cells can be
/// judged at all.
///
/// Cell means are smoothed over a window three times the largest defect by a masked, normalised box,
/// twice; then cells that stand out are left out and it is done again, so that a large defect does
/// not pull the estimate towards itself. Ignored, saturated and lightless cells never take part, so
/// they bleed into nothing.
struct Background: Sendable {
    let columns: Int
    let rows: Int
    /// 1 / brightness of each cell.
    let gains: [Float]
    /// Which cells are judged.
    let judged: [Bool]
    /// Brightness of each judged cell's surroundings as a share of full scale; 0 elsewhere.
    let medianBrightness: Double

    /// Cells that stand out by more than this many robust sigmas, and by more than
    /// `outlierFloor`, are left out of the second estimate.
    private static let outlierSigmas: Float = 3
    private static let outlierFloor: Float = 0.005

    init(_ grid: CellGrid, judged: [Bool], windowInCells: Int, fullScale: Int) {
        columns = grid.columns
        rows = grid.rows
        self.judged = judged
        var means = [Float](repeating: 0, count: columns * rows)
        for row in 0..<rows {
            for column in 0..<columns {
                let index = row * columns + column
                means[index] = Float(grid.sums[index]) / Float(grid.pixelCount(column: column, row: row))
            }
        }
        let judgedMeans = zip(means, judged).filter(\.1).map(\.0)
        let overall = max(median(of: judgedMeans) ?? 0, 1)
        medianBrightness = Double(median(of: judgedMeans) ?? 0) / Double(fullScale)

        let smoothing = MaskedBox(columns: columns, rows: rows, window: windowInCells)
        let first = smoothing.smoothedTwice(means, where: judged, fallback: overall)
        let residuals = zip(means, first).map { $0 / max($1, 1) - 1 }
        let spread = robustSpread(of: zip(residuals, judged).filter(\.1).map(\.0))
        let bound = Self.outlierSigmas * spread + Self.outlierFloor
        let quiet = zip(residuals, judged).map { abs($0) <= bound && $1 }
        let second = smoothing.smoothedTwice(means, where: quiet, fallback: overall, otherwise: first)
        // Below this there is no signal to divide by.
        let least = max(Float(fullScale) * 0.004, 1)
        gains = second.map { 1 / max($0, least) }
    }
}

/// Means over a square window of cells, of those cells only that a mask lets in.
struct MaskedBox {
    let columns: Int
    let rows: Int
    /// Cells on a side, odd.
    let window: Int

    /// The plain mean; where the window holds no valid cell, `fallback`.
    func smoothedOnce(_ values: [Float], where valid: [Bool], fallback: Float) -> [Float] {
        smoothed(values, where: valid, passes: 1, fallback: fallback, otherwise: nil)
    }

    /// Smooths twice, which makes the window's edges soft. Where the window holds no valid cell the
    /// value is `otherwise`'s, or `fallback`.
    func smoothedTwice(
        _ values: [Float],
        where valid: [Bool],
        fallback: Float,
        otherwise: [Float]? = nil
    ) -> [Float] {
        smoothed(values, where: valid, passes: 2, fallback: fallback, otherwise: otherwise)
    }

    private func smoothed(
        _ values: [Float],
        where valid: [Bool],
        passes: Int,
        fallback: Float,
        otherwise: [Float]?
    ) -> [Float] {
        var numerator = zip(values, valid).map { $1 ? Double($0) : 0 }
        var denominator = valid.map { $0 ? 1.0 : 0 }
        for _ in 0..<passes {
            numerator = boxSums(numerator)
            denominator = boxSums(denominator)
        }
        return numerator.indices.map { index in
            denominator[index] > 0.5
                ? Float(numerator[index] / denominator[index])
                : otherwise?[index] ?? fallback
        }
    }

    /// Sums over the window, clipped at the border.
    private func boxSums(_ values: [Double]) -> [Double] {
        let radius = window / 2
        var horizontal = [Double](repeating: 0, count: values.count)
        var prefix = [Double](repeating: 0, count: max(columns, rows) + 1)
        for row in 0..<rows {
            let base = row * columns
            for column in 0..<columns { prefix[column + 1] = prefix[column] + values[base + column] }
            for column in 0..<columns {
                horizontal[base + column] =
                    prefix[min(column + radius + 1, columns)] - prefix[max(column - radius, 0)]
            }
        }
        var result = horizontal
        for column in 0..<columns {
            for row in 0..<rows { prefix[row + 1] = prefix[row] + horizontal[row * columns + column] }
            for row in 0..<rows {
                result[row * columns + column] =
                    prefix[min(row + radius + 1, rows)] - prefix[max(row - radius, 0)]
            }
        }
        return result
    }
}
