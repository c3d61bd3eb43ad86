public import ClearcoatImage

/// One pixel by its column and row.
public struct PixelCoordinate: Sendable, Hashable {
    /// The column, counted from the left.
    public var x: Int
    /// The row, counted from the top.
    public var y: Int

    /// The pixel in column `x` of row `y`.
    public init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }

    /// The pixel's centre.
    public var center: Point { Point(x: Double(x), y: Double(y)) }
}
