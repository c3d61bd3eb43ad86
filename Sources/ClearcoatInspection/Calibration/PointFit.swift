import ClearcoatImage

/// Fits a projective map to pairs of places: the direct linear transform on normalised coordinates, then least squares
/// of the distances on the part.
///
/// - Reference: R. Hartley, A. Zisserman, "Multiple View Geometry in Computer Vision", 2nd edition, 2004, algorithms
///   4.2 (normalised DLT) and 4.3 with A6.2 (Levenberg-Marquardt), the error being that on the part alone.
struct PointFit {
    private let from: [Point]
    private let to: [Point]
    private let fromFrame: Frame
    private let toFrame: Frame

    init(_ pairs: [PointCalibration.Pair]) {
        fromFrame = Frame(pairs.map(\.pixels))
        toFrame = Frame(pairs.map(\.millimetres))
        let fromFrame = fromFrame, toFrame = toFrame
        from = pairs.map { fromFrame.normalised($0.pixels) }
        to = pairs.map { toFrame.normalised($0.millimetres) }
    }

    /// Below this share of the largest, an eigenvalue of the linear system counts as zero: the places do not
    /// determine the map. (Places within a hundredth of a percent of a line.)
    private static let degenerateShare = 1e-9

    func map() throws(PointCalibrationError) -> PlaneMap {
        guard fromFrame.size > 0, toFrame.size > 0 else { throw .degenerate }
        let (values, vectors) = symmetricEigen(normalMatrix())
        let order = values.indices.sorted { values[$0] < values[$1] }
        guard values[order[1]] > Self.degenerateShare * values[order[8]] else { throw .degenerate }
        let linear = (0..<9).map { vectors[$0][order[0]] }
        let refined = refined(linear)
        let map = PlaneMap(signed(restored(refined)))
        guard abs(determinant(refined)) > 1e-9 else { throw .degenerate }
        let depths = from.map { refined[6] * $0.x + refined[7] * $0.y + refined[8] }
        guard depths.allSatisfy({ $0 > 0 }) || depths.allSatisfy({ $0 < 0 }) else { throw .folded }
        return map
    }

    /// `AᵀA` of the linear system `A h = 0` with two equations a pair.
    private func normalMatrix() -> [[Double]] {
        var sum = [[Double]](repeating: [Double](repeating: 0, count: 9), count: 9)
        for (p, q) in zip(from, to) {
            for row in [
                [p.x, p.y, 1, 0, 0, 0, -q.x * p.x, -q.x * p.y, -q.x],
                [0, 0, 0, p.x, p.y, 1, -q.y * p.x, -q.y * p.y, -q.y],
            ] {
                for i in 0..<9 { for j in 0..<9 { sum[i][j] += row[i] * row[j] } }
            }
        }
        return sum
    }

    /// Moves a map downhill in the sum of squared distances on the part.
    private func refined(_ start: [Double]) -> [Double] {
        var best = unit(start)
        var error = squaredError(best)
        var damping = 1e-3
        for _ in 0..<50 where error > 1e-30 {
            guard let step = step(from: best, damping: damping) else { break }
            let next = unit(zip(best, step).map { $0 + $1 })
            let nextError = squaredError(next)
            if nextError < error {
                let gain = error - nextError
                (best, error, damping) = (next, nextError, damping / 10)
                if gain < 1e-14 * error { break }
            } else {
                damping *= 10
                if damping > 1e9 { break }
            }
        }
        return best
    }

    private func squaredError(_ h: [Double]) -> Double {
        zip(from, to).reduce(0) { sum, pair in
            let (p, q) = pair
            let w = h[6] * p.x + h[7] * p.y + h[8]
            let dx = (h[0] * p.x + h[1] * p.y + h[2]) / w - q.x
            let dy = (h[3] * p.x + h[4] * p.y + h[5]) / w - q.y
            return sum + dx * dx + dy * dy
        }
    }

    /// A damped Gauss-Newton step. The ninth degree of freedom, the map's common factor, is held by the damping.
    private func step(from h: [Double], damping: Double) -> [Double]? {
        var normal = [[Double]](repeating: [Double](repeating: 0, count: 9), count: 9)
        var right = [Double](repeating: 0, count: 9)
        for (p, q) in zip(from, to) {
            let w = h[6] * p.x + h[7] * p.y + h[8]
            let x = (h[0] * p.x + h[1] * p.y + h[2]) / w
            let y = (h[3] * p.x + h[4] * p.y + h[5]) / w
            let slopeX = [p.x, p.y, 1, 0, 0, 0, -x * p.x, -x * p.y, -x].map { $0 / w }
            let slopeY = [0, 0, 0, p.x, p.y, 1, -y * p.x, -y * p.y, -y].map { $0 / w }
            for (slope, miss) in [(slopeX, q.x - x), (slopeY, q.y - y)] {
                for i in 0..<9 {
                    right[i] += slope[i] * miss
                    for j in 0..<9 { normal[i][j] += slope[i] * slope[j] }
                }
            }
        }
        let trace = (0..<9).reduce(0) { $0 + normal[$1][$1] }
        for i in 0..<9 { normal[i][i] += damping * (normal[i][i] + 1e-3 * trace / 9) }
        return solution(of: normal, right)
    }

    private func unit(_ h: [Double]) -> [Double] {
        let size = h.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return size > 0 ? h.map { $0 / size } : h
    }

    /// The map between the coordinates as they were: `T⁻¹ H S`.
    private func restored(_ h: [Double]) -> [Double] {
        let s = fromFrame.scale, t = 1 / toFrame.scale
        let shift = [1, 0, -fromFrame.centre.x, 0, 1, -fromFrame.centre.y, 0, 0, 1 / s].map { $0 * s }
        let back = [t, 0, toFrame.centre.x, 0, t, toFrame.centre.y, 0, 0, 1]
        return product(back, product(h, shift))
    }

    /// The same map with `w` at one in the middle of the places, so that it is above zero where the picture is.
    private func signed(_ h: [Double]) -> [Double] {
        let depth = h[6] * fromFrame.centre.x + h[7] * fromFrame.centre.y + h[8]
        return depth == 0 ? h : h.map { $0 / depth }
    }

    private func determinant(_ m: [Double]) -> Double {
        m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6])
            + m[2] * (m[3] * m[7] - m[4] * m[6])
    }

    private func product(_ a: [Double], _ b: [Double]) -> [Double] {
        (0..<9).map { index in
            let row = index / 3 * 3, column = index % 3
            return a[row] * b[column] + a[row + 1] * b[column + 3] + a[row + 2] * b[column + 6]
        }
    }
}

/// Where places are and how far apart: subtracted and divided by, the arithmetic is at its best.
private struct Frame {
    var centre: Point
    /// The mean distance from the centre.
    var size: Double
    /// Brings the mean distance to √2.
    var scale: Double { 2.0.squareRoot() / size }

    init(_ points: [Point]) {
        let count = Double(max(points.count, 1))
        let centre = Point(
            x: points.reduce(0) { $0 + $1.x } / count,
            y: points.reduce(0) { $0 + $1.y } / count
        )
        self.centre = centre
        size = points.reduce(0) { $0 + $1.distance(to: centre) } / count
    }

    func normalised(_ point: Point) -> Point {
        Point(x: (point.x - centre.x) * scale, y: (point.y - centre.y) * scale)
    }
}

/// The eigenvalues of a symmetric matrix and its eigenvectors as columns, by Jacobi's rotations.
private func symmetricEigen(_ matrix: [[Double]]) -> (values: [Double], vectors: [[Double]]) {
    let n = matrix.count
    var a = matrix
    var v = (0..<n).map { i in (0..<n).map { $0 == i ? 1.0 : 0 } }
    for _ in 0..<60 {
        var off = 0.0
        for i in 0..<n { for j in 0..<n where i != j { off += a[i][j] * a[i][j] } }
        if off < 1e-28 { break }
        for p in 0..<n - 1 {
            for q in p + 1..<n where a[p][q] != 0 {
                let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
                let t = (theta < 0 ? -1.0 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
                let c = 1 / (t * t + 1).squareRoot(), s = t * c
                for k in 0..<n { (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]) }
                for k in 0..<n { (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]) }
                for k in 0..<n { (v[k][p], v[k][q]) = (c * v[k][p] - s * v[k][q], s * v[k][p] + c * v[k][q]) }
            }
        }
    }
    return ((0..<n).map { a[$0][$0] }, v)
}

/// Solves a linear system by elimination with pivots; nil when it has no single solution.
private func solution(of matrix: [[Double]], _ right: [Double]) -> [Double]? {
    let n = right.count
    var a = zip(matrix, right).map { $0 + [$1] }
    for column in 0..<n {
        guard let pivot = (column..<n).max(by: { abs(a[$0][column]) < abs(a[$1][column]) }),
            abs(a[pivot][column]) > 0
        else { return nil }
        a.swapAt(column, pivot)
        for row in column + 1..<n {
            let factor = a[row][column] / a[column][column]
            for k in column...n { a[row][k] -= factor * a[column][k] }
        }
    }
    var x = [Double](repeating: 0, count: n)
    for row in stride(from: n - 1, through: 0, by: -1) {
        let known = (row + 1..<n).reduce(0) { $0 + a[row][$1] * x[$1] }
        x[row] = (a[row][n] - known) / a[row][row]
    }
    return x.allSatisfy(\.isFinite) ? x : nil
}
