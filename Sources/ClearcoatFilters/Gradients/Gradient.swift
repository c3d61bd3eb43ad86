public import ClearcoatImage

/// How brightness changes at each pixel, in both directions, in the units of the kernel that made it.
public struct Gradient<Component: Sample>: Sendable, Hashable {
    /// The rise from left to right.
    public let x: Image<Component>
    /// The rise from top to bottom.
    public let y: Image<Component>

    /// Joins the two directions.
    ///
    /// - Precondition: both have the same size.
    public init(x: Image<Component>, y: Image<Component>) {
        precondition(x.bounds == y.bounds, "directions of \(x.bounds) and \(y.bounds)")
        self.x = x
        self.y = y
    }
}
