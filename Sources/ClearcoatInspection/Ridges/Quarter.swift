/// A quarter of all directions: which way a line goes, and how the plane is turned to sum along it.
package enum Quarter: Sendable, CaseIterable {
    /// Down, and to the right by at most as much.
    case downRight
    /// Down, and to the left by at most as much.
    case downLeft
    /// To the right, and down by at most as much.
    case rightDown
    /// To the right, and up by at most as much.
    case rightUp

    /// Whether rows and columns are exchanged, so that the quarter's lines go down.
    package var isTransposed: Bool { self == .rightDown || self == .rightUp }
    /// Whether left and right are exchanged then, so that they go to the right.
    package var isMirrored: Bool { self == .downLeft || self == .rightUp }

    /// The place in the plane of a place in the turned plane.
    package func place(x: Double, y: Double, width: Int, height: Int) -> (x: Double, y: Double) {
        switch self {
        case .downRight: (x, y)
        case .downLeft: (Double(width - 1) - x, y)
        case .rightDown: (y, x)
        case .rightUp: (y, Double(height - 1) - x)
        }
    }
}
