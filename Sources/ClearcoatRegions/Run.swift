public import ClearcoatImage

/// Neighbouring foreground pixels of one row: the columns `start ..< end` of row `row`.
///
/// Twelve bytes, whatever its length. Runs sort by row and then by column, which is the order in
/// which a picture is read.
public struct Run: Sendable, Hashable {
    private let storedRow: Int32
    private let storedStart: Int32
    private let storedEnd: Int32

    /// The columns `start ..< end` of row `row`.
    ///
    /// - Precondition: `start < end`, and all three fit in 32 bits.
    public init(row: Int, start: Int, end: Int) {
        precondition(start < end, "a run from column \(start) to \(end) holds no pixel")
        storedRow = Int32(row)
        storedStart = Int32(start)
        storedEnd = Int32(end)
    }

    /// For the scanner, whose numbers come from an image and are known to be right.
    init(uncheckedRow row: Int, start: Int, end: Int) {
        storedRow = Int32(truncatingIfNeeded: row)
        storedStart = Int32(truncatingIfNeeded: start)
        storedEnd = Int32(truncatingIfNeeded: end)
    }

    /// The row, counted down from the top.
    public var row: Int { Int(storedRow) }
    /// The first column.
    public var start: Int { Int(storedStart) }
    /// The column after the last one.
    public var end: Int { Int(storedEnd) }
    /// The number of pixels, at least one.
    public var length: Int { end &- start }
    /// The columns it holds.
    public var columns: Range<Int> { start..<end }
    /// The box of its pixels, one row high.
    public var box: Rectangle { Rectangle(columns: columns, rows: row..<row + 1) }
}

extension Run: Comparable {
    /// Whether `left` comes first when a picture is read row by row.
    public static func < (left: Run, right: Run) -> Bool {
        (left.storedRow, left.storedStart, left.storedEnd) < (
            right.storedRow, right.storedStart, right.storedEnd
        )
    }
}

extension [Run] {
    /// Whether the runs are in reading order, disjoint, and with a gap between two of the same row:
    /// the one form in which a set of pixels can be written as runs.
    var isNormalized: Bool {
        guard var last = first else { return true }
        for run in dropFirst() {
            if run.row < last.row || (run.row == last.row && run.start <= last.end) { return false }
            last = run
        }
        return true
    }

    /// The same pixels in reading order, with runs that overlap or touch joined.
    ///
    /// - Complexity: O(*n*) in runs when nothing is to be done, else O(*n* log *n*).
    func normalized() -> [Run] {
        if isNormalized { return self }
        var joined: [Run] = []
        for run in sorted() {
            if let last = joined.last, last.row == run.row, run.start <= last.end {
                joined[joined.count - 1] = Run(
                    row: run.row,
                    start: last.start,
                    end: Swift.max(last.end, run.end)
                )
            } else {
                joined.append(run)
            }
        }
        return joined
    }
}
