/// A quarter of all directions: which way a line goes, and how the plane is turned to sum along it.
package enum Quarter: Sendable, CaseIterable {
    /// Down, and to the right by at most as much.
    case downRight
    /// Up, and to the right by at most as much.
    case upRight
    /// To the right, and down by at most as much.
    case rightDown
    /// To the left, and down by at most as much.
    case leftDown

    /// Whether rows and columns are exchanged, so that the quarter's lines go down, or up.
    package var isTransposed: Bool { self == .rightDown || self == .leftDown }
    /// Whether top and bottom are exchanged then, so that they go down: see ``LineSums/init(of:isTransposed:with:)``.
    package var isFlipped: Bool { self == .upRight || self == .leftDown }

    init(isTransposed: Bool, isFlipped: Bool) {
        self =
            isTransposed ? (isFlipped ? .leftDown : .rightDown) : (isFlipped ? .upRight : .downRight)
    }

    /// The place in the plane of a place in the turned plane.
    package func place(x: Double, y: Double, width: Int, height: Int) -> (x: Double, y: Double) {
        switch self {
        case .downRight: (x, y)
        case .upRight: (x, lastRow(height) - y)
        case .rightDown: (y, x)
        case .leftDown: (lastRow(width) - y, x)
        }
    }

    /// The last row of the strips that hold so many rows.
    private func lastRow(_ rows: Int) -> Double {
        Double((rows + LineSums.length - 1) / LineSums.length * LineSums.length - 1)
    }
}
