/// What a plane through the weighted samples around each cell needs to know of them: their number and sum,
/// and both times the coordinates of their cells.
struct Moments {
    private var count, sum, x, y, xx, xy, yy, sumX, sumY: [Int]

    /// Sums over windows that reach `radius` cells to either side, twice over.
    init(of cells: CellSums, radius: Int) {
        let columns = cells.columns
        let smoother = WindowSums(columns: columns, rows: cells.rows, radius: radius)
        func moment(_ values: [Int], _ factor: (_ column: Int, _ row: Int) -> Int) -> [Int] {
            var result = values
            for row in 0..<cells.rows {
                for column in 0..<columns { result[row * columns + column] &*= factor(column, row) }
            }
            return smoother.twice(result)
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

/// Sums over square windows of a grid, in which nothing outside counts.
private struct WindowSums {
    let columns: Int
    let rows: Int
    let radius: Int

    /// Replaces each number by the sum over its window, and does it again.
    func twice(_ values: [Int]) -> [Int] {
        let once = down(along(values))
        return down(along(once))
    }

    /// Sums along each row by adding what enters and taking what leaves.
    private func along(_ values: [Int]) -> [Int] {
        var result = [Int](repeating: 0, count: values.count)
        var output = result.mutableSpan
        for row in 0..<rows {
            let base = row * columns
            let input = values.span.extracting(base..<base + columns)
            var sum = 0
            for column in 0..<min(radius, columns) { sum &+= input[column] }
            for column in 0..<columns {
                if column &+ radius < columns { sum &+= input[column &+ radius] }
                if column > radius { sum &-= input[column &- radius &- 1] }
                output[base &+ column] = sum
            }
        }
        return result
    }

    /// Sums down all columns at once, row by row.
    private func down(_ values: [Int]) -> [Int] {
        var result = [Int](repeating: 0, count: values.count)
        var running = [Int](repeating: 0, count: columns)
        var sums = running.mutableSpan
        var output = result.mutableSpan
        for entering in 0..<rows + radius {
            if entering < rows {
                let row = values.span.extracting(entering * columns..<(entering + 1) * columns)
                for column in 0..<row.count { sums[column] &+= row[column] }
            }
            let leaving = entering - 2 * radius - 1
            if leaving >= 0 {
                let row = values.span.extracting(leaving * columns..<(leaving + 1) * columns)
                for column in 0..<row.count { sums[column] &-= row[column] }
            }
            let centre = entering - radius
            if centre >= 0 {
                let base = centre * columns
                for column in 0..<sums.count { output[base &+ column] = sums[column] }
            }
        }
        return result
    }
}
