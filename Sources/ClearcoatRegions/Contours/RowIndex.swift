import ClearcoatImage

/// Finds pixels of a region in time that does not depend on how many rows it has.
struct RowIndex {
    private let runs: [Run]
    private let firstRow: Int
    /// Where the runs of each row begin, and after the last row where they end.
    private let starts: [Int]

    /// - Complexity: O(*n*) in runs and rows.
    init(of region: Region) {
        let rows = region.boundingBox.rows
        var starts: [Int] = []
        starts.reserveCapacity(rows.count + 1)
        var next = 0
        for y in rows {
            starts.append(next)
            while next < region.runs.count, region.runs[next].row == y { next += 1 }
        }
        starts.append(next)
        runs = region.runs
        firstRow = rows.lowerBound
        self.starts = starts
    }

    /// The runs of row `y` that end right of column `x`; none when the row lies beyond the region.
    ///
    /// - Complexity: O(log *n*) in the runs of the row.
    func runs(ofRow y: Int, endingAfter x: Int) -> ArraySlice<Run> {
        let row = y &- firstRow
        guard row >= 0, row &+ 1 < starts.count else { return [] }
        var low = starts[row]
        var high = starts[row &+ 1]
        while low < high {
            let middle = (low &+ high) / 2
            if runs[middle].end <= x { low = middle &+ 1 } else { high = middle }
        }
        return runs[low..<starts[row &+ 1]]
    }

    /// Whether the pixel at (x, y) belongs to the region.
    ///
    /// - Complexity: O(log *n*) in the runs of its row.
    func contains(x: Int, y: Int) -> Bool {
        guard let run = runs(ofRow: y, endingAfter: x).first else { return false }
        return run.start <= x
    }
}
