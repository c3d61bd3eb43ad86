/// What is around the samples of a level, at three distances. Rows of it are made when they are asked for: all of it would
/// have to be written to memory and read again.
package struct Surrounds: Sendable {
    /// The next level, twice smoothed, on its own grid.
    let near: BandedPlane
    /// The level after it, on its own grid, which is twice as coarse.
    let middle: BandedPlane
    /// The third; nil where the pyramid ends before it, which leaves the even response.
    let far: BandedPlane?
}

/// Rows of ``Surrounds``, on the grid of the next coarser level.
struct SurroundRows {
    private let surrounds: Surrounds
    /// Two rows of what is far away, on the grid between its own and this one.
    private var coarse: RowPair
    private var middle: [Int16]
    private var far: [Int16]
    private var scratch: [Int16]
    private var coarseScratch: [Int16]

    init(_ surrounds: Surrounds) {
        self.surrounds = surrounds
        coarse = RowPair(width: surrounds.middle.width)
        middle = [Int16](repeating: 0, count: surrounds.near.width)
        far = middle
        scratch = [Int16](repeating: 0, count: surrounds.middle.width)
        coarseScratch = [Int16](repeating: 0, count: surrounds.far?.width ?? 0)
    }

    /// Samples in a row.
    var width: Int { surrounds.near.width }

    /// The one surround that leaves the level's own band, and of the coarser ones as much as `weights` say.
    mutating func readMixed(_ weights: BandWeights, _ y: Int, into out: inout [Int16]) {
        if weights == .even { return readMiddle(y, into: &out) }
        expandedRow(of: surrounds.middle, y, scratch: &scratch, into: &middle)
        takeCoarse(for: y)
        expandedRow(of: coarse, y, scratch: &scratch, into: &far)
        var out = out.mutableSpan
        surrounds.near.withRow(y) { near in mix(near, middle.span, far.span, weights, into: &out, at: 0) }
    }

    mutating func readMiddle(_ y: Int, into out: inout [Int16]) {
        expandedRow(of: surrounds.middle, y, scratch: &scratch, into: &out)
    }

    mutating func readFar(_ y: Int, into out: inout [Int16]) {
        takeCoarse(for: y)
        expandedRow(of: coarse, y, scratch: &scratch, into: &out)
    }

    private mutating func takeCoarse(for y: Int) {
        guard let plane = surrounds.far else { preconditionFailure("the pyramid has no level so coarse") }
        let new = coarse.move(to: y)
        if new.upper { expandedRow(of: plane, y / 2, scratch: &coarseScratch, into: &coarse.upper) }
        if new.lower { expandedRow(of: plane, y / 2 + 1, scratch: &coarseScratch, into: &coarse.lower) }
    }
}

/// The two rows of a coarse plane that a row of one twice as fine lies between, kept for the next one.
struct RowPair {
    var upper: [Int16]
    var lower: [Int16]
    private var upperRow = -1
    private var lowerRow = -1

    init(width: Int) {
        upper = [Int16](repeating: 0, count: width)
        lower = upper
    }

    /// Goes on to the rows that row `y` of the finer plane lies on or between: on row `y / 2`, or also on the one below.
    /// Which of them the caller has to write.
    mutating func move(to y: Int) -> (upper: Bool, lower: Bool) {
        let row = y / 2
        if upperRow != row, lowerRow == row {
            swap(&upper, &lower)
            swap(&upperRow, &lowerRow)
        }
        let isUpperNew = upperRow != row
        upperRow = row
        guard y % 2 == 1 else { return (isUpperNew, false) }
        let isLowerNew = lowerRow != row + 1
        lowerRow = row + 1
        return (isUpperNew, isLowerNew)
    }
}
