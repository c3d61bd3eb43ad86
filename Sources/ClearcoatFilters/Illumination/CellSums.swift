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

    /// The surface over the grid: the plane through the weighted samples around each cell, read at its
    /// centre; see ``Illumination``.
    ///
    /// - Parameter radius: how many cells the window reaches to either side.
    func surface(radius: Int) -> Image<Float> {
        let total = counts.reduce(0, +)
        guard total > 0 else { return Image(width: columns, height: rows, filledWith: 0) }

        let overallMean = Double(sums.reduce(0, +)) / Double(total)
        var range: (low: Double, high: Double) = (overallMean, overallMean)
        for (sum, count) in zip(sums, counts) where count > 0 {
            let mean = Double(sum) / Double(count)
            range = (min(range.low, mean), max(range.high, mean))
        }
        // The variance of a whole window along one side, (k² − 1)/12 cells², twice for the two sums.
        let side = Double(2 * radius + 1)
        let damping = 0.01 * (side * side - 1) / 6
        let moments = Moments(of: self, radius: radius)
        var knots = [Float](repeating: Float(overallMean), count: columns * rows)
        for row in 0..<rows {
            for column in 0..<columns {
                let around = moments.at(row * columns + column)
                guard around.count > 0 else { continue }
                let value = around.plane(atX: Double(column), y: Double(row), damping: damping)
                knots[row * columns + column] = Float(min(max(value, range.low), range.high))
            }
        }
        return Image(width: columns, height: rows, samples: knots)
    }
}
