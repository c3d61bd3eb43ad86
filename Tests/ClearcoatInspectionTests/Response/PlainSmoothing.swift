import ClearcoatInspection

/// A row or column smoothed by 1 2 1, in the plainest form.
func smoothedLine(_ line: [Int]) -> [Int] {
    let n = line.count
    return line.indices.map { i in
        if n >= 5, i == 0 || i == n - 1 {
            let l = i == 0 ? Array(line.prefix(5)) : Array(line.suffix(5).reversed())
            let sum = 5 * l[0] + 3 * l[1] + l[2] + l[3] - 2 * l[4]
            return min(max((sum + 4) >> 3, -8191), 8191)
        }
        let left = i > 0 ? line[i - 1] : line[min(1, n - 1)]
        let right = i < n - 1 ? line[i + 1] : line[max(n - 2, 0)]
        return (left + 2 * line[i] + right + 2) >> 2
    }
}

/// A plane as rows of numbers.
func rows(of plane: BandedPlane) -> [[Int]] {
    (0..<plane.height).map { y in (0..<plane.width).map { Int(plane[$0, y]) } }
}

/// Smoothed along the columns, then along the rows.
func smoothed(_ rows: [[Int]]) -> [[Int]] {
    let columns = rows[0].indices.map { x in smoothedLine(rows.map { $0[x] }) }
    return rows.indices.map { y in smoothedLine(columns.map { $0[y] }) }
}

/// Brought to a grid twice as fine: between two samples lies their mean, rounded down.
func expanded(_ rows: [[Int]], width: Int, height: Int) -> [[Int]] {
    func place(_ values: [Int], _ index: Int) -> Int {
        index % 2 == 0 ? values[index / 2] : (values[index / 2] + values[index / 2 + 1]) >> 1
    }
    return (0..<height).map { y in
        let row = rows[0].indices.map { x in place(rows.map { $0[x] }, y) }
        return (0..<width).map { place(row, $0) }
    }
}
