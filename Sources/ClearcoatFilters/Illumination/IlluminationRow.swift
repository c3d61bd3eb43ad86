import ClearcoatImage

/// One row of an illumination, read from its grid.
struct IlluminationRow {
    /// The illumination at each column, in groups as wide as a cell: column `x` is at `x + lead`.
    private(set) var light: [Float]
    /// How many places come before the first column: the half of a cell, so that a group begins where
    /// the centre of a cell is passed.
    let lead: Int
    /// The row at the centres of the cells, and one more, before the first and after the last.
    private var knots: [Float]
    /// How much of the way from one centre to the next each column of a group is.
    private let shares: [Float]

    init(_ illumination: Illumination) {
        let cell = illumination.cell
        let groups = illumination.grid.width + 1
        lead = cell - cell / 2
        light = [Float](repeating: 0, count: groups * cell)
        knots = [Float](repeating: 0, count: groups + 1)
        shares = (0..<cell).map { Self.place(of: cell / 2 + $0, cell: cell, count: 2).share }
    }

    /// Reads row `y`, between the two rows of cells on either side of it.
    mutating func read(_ y: Int, of illumination: Illumination) {
        let grid = illumination.grid
        let (top, share) = Self.place(of: y, cell: illumination.cell, count: grid.height)
        let upper = grid.samples.span.extracting(grid.row(top))
        let lower = grid.samples.span.extracting(grid.row(min(top + 1, grid.height - 1)))
        var between = knots.mutableSpan
        for column in 0..<upper.count {
            between[column &+ 1] = upper[column] + (lower[column] - upper[column]) * share
        }
        // Beyond the outermost centres: constant.
        between[0] = between[1]
        between[upper.count + 1] = between[upper.count]
        if illumination.cell == 8 { spread8() } else { spread() }
    }

    /// Fills the groups, each between two knots.
    private mutating func spread() {
        let cell = shares.count
        for group in 0..<knots.count - 1 {
            let start = knots[group]
            let rise = knots[group + 1] - start
            for step in 0..<cell { light[group * cell + step] = start + rise * shares[step] }
        }
    }

    /// The same for the usual size of a cell, in a form that is vectorised.
    private mutating func spread8() {
        var share = SIMD8<Float>()
        for step in 0..<8 { share[step] = shares[step] }
        let knots = self.knots
        let ends = knots.span
        var output = light.mutableSpan
        for group in 0..<ends.count - 1 {
            let start = ends[group]
            let values = start + (ends[group &+ 1] - start) * share
            for step in 0..<8 { output[group &* 8 &+ step] = values[step] }
        }
    }

    /// The centre of a cell at or before `position`, and how much of the way to the next it is.
    private static func place(of position: Int, cell: Int, count: Int) -> (index: Int, share: Float) {
        // Centres lie at cell · index + (cell − 1)/2; doubled to stay in whole numbers.
        let doubled = 2 * position - (cell - 1)
        if doubled <= 0 { return (0, 0) }
        let index = doubled / (2 * cell)
        if index >= count - 1 { return (count - 1, 0) }
        return (index, Float(doubled % (2 * cell)) / Float(2 * cell))
    }
}
