/// What a plane through the weighted samples around each cell needs to know of them: their number and sum,
/// and both times the coordinates of their cells.
struct Moments {
    private var count, sum, x, y, xx, xy, yy, sumX, sumY: [Int]

    /// Sums over windows that reach `radius` cells to either side, twice over.
    init(of cells: CellSums, radius: Int) {
        let columns = cells.columns
        func moment(_ values: [Int], _ factor: (_ column: Int, _ row: Int) -> Int) -> [Int] {
            var result = values
            for row in 0..<cells.rows {
                for column in 0..<columns { result[row * columns + column] &*= factor(column, row) }
            }
            let once = windowSums(of: result, columns: columns, radius: radius)
            return windowSums(of: once, columns: columns, radius: radius)
        }
        count = moment(cells.counts) { _, _ in 1 }
        sum = moment(cells.sums) { _, _ in 1 }
        x = moment(cells.counts) { column, _ in column }
        y = moment(cells.counts) { _, row in row }
        xx = moment(cells.counts) { column, _ in column * column }
        xy = moment(cells.counts) { column, row in column * row }
        yy = moment(cells.counts) { _, row in row * row }
        sumX = moment(cells.sums) { column, _ in column }
        sumY = moment(cells.sums) { _, row in row }
    }

    /// The samples around one cell.
    func at(_ index: Int) -> WeightedSamples {
        WeightedSamples(
            count: Double(count[index]),
            sum: Double(sum[index]),
            x: Double(x[index]),
            y: Double(y[index]),
            xx: Double(xx[index]),
            xy: Double(xy[index]),
            yy: Double(yy[index]),
            sumX: Double(sumX[index]),
            sumY: Double(sumY[index])
        )
    }
}

/// Samples with their places and weights, as far as a plane through them needs to know.
struct WeightedSamples {
    let count, sum, x, y, xx, xy, yy, sumX, sumY: Double

    /// The least-squares plane read at (x, y), its slope damped by that much extra variance in both
    /// directions.
    func plane(atX placeX: Double, y placeY: Double, damping: Double) -> Double {
        let mean = sum / count
        let centreX = x / count
        let centreY = y / count
        let varianceX = xx / count - centreX * centreX + damping
        let varianceY = yy / count - centreY * centreY + damping
        let covariance = xy / count - centreX * centreY
        let withX = sumX / count - mean * centreX
        let withY = sumY / count - mean * centreY
        // Never 0: both variances are at least the damping.
        let determinant = varianceX * varianceY - covariance * covariance
        let slopeX = (withX * varianceY - withY * covariance) / determinant
        let slopeY = (withY * varianceX - withX * covariance) / determinant
        return mean + slopeX * (placeX - centreX) + slopeY * (placeY - centreY)
    }
}
