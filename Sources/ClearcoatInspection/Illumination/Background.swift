import ClearcoatImage
import ClearcoatRegions

/// The brightness the paint would have without defects, on the grid of cells, and which cells can be
/// judged at all.
///
/// A plane is fitted to the cell means around every place, in a soft window three times the largest
/// defect; then cells that stand out are left out and it is done again, so that a large defect does
/// not pull the estimate towards itself. Ignored, saturated and lightless cells never take part, so
/// they bleed into nothing, and since it is a plane and not a mean, neither a mask nor the picture's
/// border bends it.
struct Background: Sendable {
    let columns: Int
    let rows: Int
    /// 1 / brightness of each cell.
    let gains: [Float]
    /// Which cells are judged.
    let judged: [Bool]
    /// The median of the judged cells' means, as a share of full scale.
    let medianBrightness: Double

    /// Cells that stand out by more than this many robust sigmas, and by more than
    /// `outlierFloor`, are left out of the second estimate.
    private static let outlierSigmas: Float = 3
    private static let outlierFloor: Float = 0.005

    init(_ grid: CellGrid, judged: [Bool], windowInCells: Int, fullScale: Int) {
        columns = grid.columns
        rows = grid.rows
        self.judged = judged
        let means = grid.means
        let looks = samplePlaces(where: judged)
        let typical = median(of: looks.map { means[$0] }) ?? 0
        medianBrightness = Double(typical) / Double(fullScale)

        let planes = PlaneFit(columns: columns, rows: rows, window: windowInCells)
        var moments = planes.moments(of: means, where: judged)
        let first = planes.fit(moments, fallback: typical)
        let spread = robustSpread(of: looks.map { residual(means[$0], of: first[$0]) })
        let bound = Self.outlierSigmas * spread + Self.outlierFloor
        let isNear = means.mapped(with: first) { abs(residual($0, of: $1)) <= bound }
        let quiet = judged.mapped(with: isNear) { $0 && $1 }
        planes.update(&moments, of: means, from: judged, to: quiet)
        let second = planes.fit(moments, fallback: typical)
        // Below this there is no signal to divide by.
        let least = max(Float(fullScale) * 0.004, typical / 20, 1)
        gains = second.mapped { 1 / max($0, least) }
    }
}

/// How far a mean lies above the estimate, as a share of it.
@inline(__always)
private func residual(_ mean: Float, of estimate: Float) -> Float { mean / max(estimate, 1) - 1 }

/// Fits a plane to masked values on a grid around every place of it.
///
/// The window is a box applied twice, so its weights fall off to the sides like a tent. Fits are made on
/// a lattice of about a ninth of the window, since they vary no faster, and interpolated between.
///
/// - Reference: H. Knutsson, C.-F. Westin, "Normalized and differential convolution", CVPR 1993.
package struct PlaneFit {
    let columns: Int
    let rows: Int
    /// Cells on a side.
    let window: Int
    /// Places of the grid to one of the lattice.
    private let stride: Int
    /// Places of the lattice.
    private let width: Int
    private let height: Int

    package init(columns: Int, rows: Int, window: Int) {
        self.columns = columns
        self.rows = rows
        self.window = window
        stride = max(window / 9, 1)
        width = (columns + stride - 1) / stride
        height = (rows + stride - 1) / stride
    }

    package func fit(_ values: [Float], where valid: [Bool], fallback: Float) -> [Float] {
        fit(moments(of: values, where: valid), fallback: fallback)
    }

    /// Sums over the lattice's cells, all terms of one beside each other.
    package func moments(of values: [Float], where valid: [Bool]) -> [Double] {
        var moments = [Double](repeating: 0, count: Self.terms * width * height)
        for cell in 0..<width * height { take(cell, of: values.span, where: valid.span, into: &moments) }
        return moments
    }

    /// Makes them those of another mask. Where that is as before, so are the sums.
    package func update(_ moments: inout [Double], of values: [Float], from before: [Bool], to valid: [Bool])
    {
        precondition(before.count == valid.count)
        var isOther = [Bool](repeating: false, count: width * height)
        for start in Swift.stride(from: 0, to: valid.count, by: 8)
        where eightTruths(before.span, start) != eightTruths(valid.span, start) {
            for place in start..<min(start + 8, valid.count) where before[place] != valid[place] {
                isOther[place / columns / stride * width + place % columns / stride] = true
            }
        }
        for cell in isOther.indices where isOther[cell] {
            take(cell, of: values.span, where: valid.span, into: &moments)
        }
    }

    /// The planes' values at every place.
    package func fit(_ moments: [Double], fallback: Float) -> [Float] {
        let box = MaskedBox(
            columns: width,
            rows: height,
            terms: Self.terms,
            window: max(window / stride, 3) | 1
        )
        let moments = box.sums(box.sums(moments))
        var fitted = [Float](repeating: fallback, count: width * height)
        for row in 0..<height {
            for column in 0..<width {
                let index = row * width + column
                // The middle of the lattice's cell.
                let x = Double(column * stride) + Double(stride - 1) / 2
                let y = Double(row * stride) + Double(stride - 1) / 2
                let sums = InlineArray<9, Double> { moments[index * Self.terms + $0] }
                if let value = plane(sums, x: x, y: y) { fitted[index] = Float(value) }
            }
        }
        return expanded(fitted)
    }

    /// 1, x, y, x², xy, y², v, vx and vy.
    private static let terms = 9

    /// Writes the sums over a cell of the lattice to its place among the moments.
    private func take(
        _ cell: Int,
        of values: Span<Float>,
        where valid: Span<Bool>,
        into moments: inout [Double]
    ) {
        let left = cell % width * stride
        let top = cell / width * stride
        let lines = top..<min(top + stride, rows)
        precondition(values.count == columns * rows && valid.count == values.count)
        var sums = InlineArray<9, Double>(repeating: 0)
        for column in left..<min(left + stride, columns) {
            // How many there are in the column, and the sums of their rows, of the rows' squares, of the values, and of the
            // values times the row: with rows counted from the first one, so that single precision holds them.
            var (number, y1, y2, v, vy): (Float, Float, Float, Float, Float) = (0, 0, 0, 0, 0)
            var y: Float = 0
            for row in lines {
                // SAFETY: row and column lie on the grid, and values and mask cover it.
                let place = row &* columns &+ column
                let isValid = unsafe valid[unchecked: place]
                let value = unsafe isValid ? values[unchecked: place] : 0
                number += isValid ? 1 : 0
                y1 += isValid ? y : 0
                y2 += isValid ? y * y : 0
                v += value
                vy += value * y
                y += 1
            }
            let x = Double(column)
            sums[0] += Double(number)
            sums[1] += Double(number) * x
            sums[2] += Double(y1)
            sums[3] += Double(number) * x * x
            sums[4] += Double(y1) * x
            sums[5] += Double(y2)
            sums[6] += Double(v)
            sums[7] += Double(v) * x
            sums[8] += Double(vy)
        }
        // To rows of the whole.
        let y = Double(top)
        sums[5] += y * (2 * sums[2] + y * sums[0])
        sums[4] += y * sums[1]
        sums[2] += y * sums[0]
        sums[8] += y * sums[6]
        for term in sums.indices { moments[cell * Self.terms + term] = sums[term] }
    }

    /// The fitted plane's value at (x, y); the mean where the points lie on a line; nil without points.
    private func plane(_ sums: InlineArray<9, Double>, x: Double, y: Double) -> Double? {
        let count = sums[0]
        guard count > 0.5 else { return nil }
        let meanX = sums[1] / count
        let meanY = sums[2] / count
        let mean = sums[6] / count
        let xx = sums[3] / count - meanX * meanX
        let xy = sums[4] / count - meanX * meanY
        let yy = sums[5] / count - meanY * meanY
        let vx = sums[7] / count - mean * meanX
        let vy = sums[8] / count - mean * meanY
        let determinant = xx * yy - xy * xy
        guard determinant > 1e-6 * max(xx * yy, 1) else { return mean }
        let slopeX = (vx * yy - vy * xy) / determinant
        let slopeY = (vy * xx - vx * xy) / determinant
        return mean + slopeX * (x - meanX) + slopeY * (y - meanY)
    }

    /// From the lattice to every cell, linearly in both directions, also beyond its outermost points.
    private func expanded(_ lattice: [Float]) -> [Float] {
        func position(_ index: Int, _ count: Int) -> (Int, Float) {
            let place = (Float(index) - Float(stride - 1) / 2) / Float(stride)
            let lower = min(max(Int(place.rounded(.down)), 0), max(count - 2, 0))
            return (lower, count > 1 ? place - Float(lower) : 0)
        }
        // Along the rows of the lattice first, once for all the rows of cells that lie between two of them.
        let places = (0..<columns).map { position($0, width) }
        var across: [Float] = []
        across.reserveCapacity(columns * height)
        for row in 0..<height {
            let line = lattice.span.extracting(row * width..<(row + 1) * width)
            for (left, share) in places {
                across.append(line[left] * (1 - share) + line[min(left + 1, width - 1)] * share)
            }
        }
        var result = [Float](repeating: 0, count: columns * rows)
        for row in 0..<rows {
            let (upper, down) = position(row, height)
            let lower = min(upper + 1, height - 1)
            mixRows(
                across.span.extracting(upper * columns..<(upper + 1) * columns),
                across.span.extracting(lower * columns..<(lower + 1) * columns),
                down,
                into: &result,
                at: row * columns
            )
        }
        return result
    }
}

/// Sums over a square window on a grid, clipped at its border, of several terms at once: each lies beside the others
/// of its place.
private struct MaskedBox {
    let columns: Int
    let rows: Int
    let terms: Int
    /// Cells on a side, odd.
    let window: Int

    /// The sums over the window around every place.
    func sums(_ values: [Double]) -> [Double] {
        let radius = window / 2
        let length = columns * terms
        // SAFETY: any bits are a number, and every place is written.
        var horizontal = unsafe [Double](unsafeUninitializedCapacity: values.count) { $1 = values.count }
        var prefix = [Double](repeating: 0, count: length + terms)
        for row in 0..<rows {
            addUp(values.span.extracting(row * length..<(row + 1) * length), step: terms, into: &prefix)
            takeWindows(prefix.span, step: terms, reach: radius * terms, into: &horizontal, at: row * length)
        }
        // Down the picture with one running sum a column: rows lie together in memory, columns do not.
        var result: [Double] = []
        result.reserveCapacity(values.count)
        var running = [Double](repeating: 0, count: length)
        for row in 0..<min(radius, rows) { add(row, of: horizontal, times: 1, to: &running) }
        for row in 0..<rows {
            if row + radius < rows { add(row + radius, of: horizontal, times: 1, to: &running) }
            if row > radius { add(row - radius - 1, of: horizontal, times: -1, to: &running) }
            result += running
        }
        return result
    }

    private func add(_ row: Int, of values: [Double], times factor: Double, to running: inout [Double]) {
        let line = values.span.extracting(row * running.count..<(row + 1) * running.count)
        precondition(running.count == line.count)
        var running = running.mutableSpan
        // SAFETY: both are of one length. Checked looks would not be vectorised.
        for column in 0..<line.count {
            unsafe running[unchecked: column] += factor * line[unchecked: column]
        }
    }
}

/// Writes, behind `step` zeros, each value of a row with all those before it that lie a number of steps away.
private func addUp(_ values: Span<Double>, step: Int, into prefix: inout [Double]) {
    precondition(step > 0 && prefix.count == values.count + step)
    var prefix = prefix.mutableSpan
    // SAFETY: the prefix is a step longer than the values.
    for place in 0..<values.count {
        unsafe prefix[unchecked: place &+ step] = prefix[unchecked: place] + values[unchecked: place]
    }
}

/// Writes the sums over windows, from those of all up to each place, to the values from `base` on.
private func takeWindows(
    _ prefix: Span<Double>,
    step: Int,
    reach: Int,
    into sums: inout [Double],
    at base: Int
) {
    let count = prefix.count - step
    precondition(step > 0 && reach >= 0 && base >= 0 && base + count <= sums.count)
    var sums = sums.mutableSpan
    let inner = min(reach, count)..<max(count - reach, min(reach, count))
    // SAFETY: the inner places have others a reach before and behind them.
    for place in inner {
        unsafe sums[unchecked: base &+ place] =
            prefix[unchecked: place &+ reach &+ step] - prefix[unchecked: place &- reach]
    }
    for place in [0..<inner.lowerBound, inner.upperBound..<count].joined() {
        let first = place >= reach ? place - reach : place % step
        let last = place + reach < count ? place + reach + step : count + place % step
        sums[base + place] = prefix[last] - prefix[first]
    }
}
