import ClearcoatImage

/// The valid samples of each cell of a grid: how many, and what they add up to.
struct CellSums {
    let columns: Int
    let rows: Int
    private(set) var counts: [Int]
    private(set) var sums: [Int]

    /// Sums the samples of `image` where `mask` is not 0, in cells of `cell` x `cell` pixels.
    init<Element: GraySample>(of image: Image<Element>, mask: Mask?, cell: Int) {
        columns = (image.width + cell - 1) / cell
        rows = (image.height + cell - 1) / cell
        counts = [Int](repeating: 0, count: columns * rows)
        sums = counts
        var columnSums = [UInt32](repeating: 0, count: image.width)
        var columnCounts = columnSums
        for cellRow in 0..<rows {
            let pixelRows = cellRow * cell..<min((cellRow + 1) * cell, image.height)
            Self.addRows(pixelRows, of: image, mask: mask, to: &columnSums, &columnCounts)
            for column in 0..<columns {
                var sum: UInt32 = 0
                var count: UInt32 = 0
                for x in column * cell..<min((column + 1) * cell, image.width) {
                    sum &+= columnSums[x]
                    count &+= columnCounts[x]
                }
                sums[cellRow * columns + column] = Int(sum)
                counts[cellRow * columns + column] = Int(count)
            }
        }
    }

    /// What the valid samples of some rows add up to in each column.
    @inline(__always)
    private static func addRows<Element: GraySample>(
        _ rows: Range<Int>,
        of image: Image<Element>,
        mask: Mask?,
        to sums: inout [UInt32],
        _ counts: inout [UInt32]
    ) {
        var sums = sums.mutableSpan
        var counts = counts.mutableSpan
        let initialCount = mask == nil ? UInt32(rows.count) : 0
        for x in 0..<sums.count {
            sums[x] = 0
            counts[x] = initialCount
        }
        for y in rows {
            let samples = image.samples.span.extracting(image.row(y))
            guard let mask else {
                for x in 0..<samples.count { sums[x] &+= UInt32(truncatingIfNeeded: samples[x]) }
                continue
            }
            let valid = mask.samples.span.extracting(image.row(y))
            for x in 0..<samples.count {
                sums[x] &+= valid[x] != 0 ? UInt32(truncatingIfNeeded: samples[x]) : 0
                counts[x] &+= valid[x] != 0 ? 1 : 0
            }
        }
    }

    /// The plane through the weighted samples around each cell, read at its centre; see ``Illumination``.
    ///
    /// - Parameter radius: how many cells the window reaches to either side.
    func surface(radius: Int) -> Image<Float> {
        var moments = [[Int]](repeating: counts, count: 9)
        for row in 0..<rows {
            for column in 0..<columns {
                let index = row * columns + column
                let count = counts[index]
                let sum = sums[index]
                moments[1][index] = sum
                moments[2][index] = count * column
                moments[3][index] = count * row
                moments[4][index] = count * column * column
                moments[5][index] = count * column * row
                moments[6][index] = count * row * row
                moments[7][index] = sum * column
                moments[8][index] = sum * row
            }
        }
        for index in moments.indices { smoothTwice(&moments[index], radius: radius) }

        let total = counts.reduce(0, +)
        let overallMean = total > 0 ? Double(sums.reduce(0, +)) / Double(total) : 0
        var range: (low: Double, high: Double) = (overallMean, overallMean)
        for (sum, count) in zip(sums, counts) where count > 0 {
            let mean = Double(sum) / Double(count)
            range = (min(range.low, mean), max(range.high, mean))
        }
        // The variance of a whole window along one side, (k² − 1)/12 cells², twice for the two sums.
        let side = Double(2 * radius + 1)
        let damping = 0.01 * (side * side - 1) / 6
        let samples = (0..<columns * rows).map { index -> Float in
            let around = WeightedSamples(moments.map { Double($0[index]) })
            guard around.count > 0 else { return Float(overallMean) }
            let value = around.plane(
                atX: Double(index % columns),
                y: Double(index / columns),
                damping: damping
            )
            return Float(min(max(value, range.low), range.high))
        }
        return Image(width: columns, height: rows, samples: samples)
    }

    /// Replaces each number by the sum over its window, twice; outside the grid is 0.
    private func smoothTwice(_ values: inout [Int], radius: Int) {
        var scratch = values
        for _ in 0..<2 {
            for row in 0..<rows {
                sumWindows(of: values, from: row * columns, step: 1, count: columns, radius, into: &scratch)
            }
            sumWindowsDown(scratch, radius, into: &values)
        }
    }

    /// Sums along one row by adding what enters and taking what leaves.
    private func sumWindows(
        of values: [Int],
        from start: Int,
        step: Int,
        count: Int,
        _ radius: Int,
        into result: inout [Int]
    ) {
        var sum = 0
        for index in 0..<min(radius, count) { sum += values[start + index * step] }
        for index in 0..<count {
            if index + radius < count { sum += values[start + (index + radius) * step] }
            if index - radius - 1 >= 0 { sum -= values[start + (index - radius - 1) * step] }
            result[start + index * step] = sum
        }
    }

    /// Sums down all columns at once, row by row.
    private func sumWindowsDown(_ values: [Int], _ radius: Int, into result: inout [Int]) {
        var running = [Int](repeating: 0, count: columns)
        var sums = running.mutableSpan
        var output = result.mutableSpan
        let input = values.span
        for entering in 0..<rows + radius {
            if entering < rows {
                let row = input.extracting(entering * columns..<(entering + 1) * columns)
                for column in 0..<row.count { sums[column] &+= row[column] }
            }
            let leaving = entering - 2 * radius - 1
            if leaving >= 0 {
                let row = input.extracting(leaving * columns..<(leaving + 1) * columns)
                for column in 0..<row.count { sums[column] &-= row[column] }
            }
            let centre = entering - radius
            if centre >= 0 {
                for column in 0..<sums.count { output[centre * columns + column] = sums[column] }
            }
        }
    }
}

/// Samples with their places and weights, as far as a plane through them needs to know.
private struct WeightedSamples {
    let count, sum, x, y, xx, xy, yy, sumX, sumY: Double

    init(_ moments: [Double]) {
        count = moments[0]
        sum = moments[1]
        x = moments[2]
        y = moments[3]
        xx = moments[4]
        xy = moments[5]
        yy = moments[6]
        sumX = moments[7]
        sumY = moments[8]
    }

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
