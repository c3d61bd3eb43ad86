/// An upright box of whole pixels, half-open: it holds the columns `x ..< x + width` and the rows
/// `y ..< y + height`.
public struct Rectangle: Sendable, Hashable, Codable {
    /// The leftmost column.
    public var x: Int
    /// The topmost row.
    public var y: Int
    /// The number of columns. Never negative.
    public var width: Int
    /// The number of rows. Never negative.
    public var height: Int

    /// A box from its top-left pixel and its size in pixels.
    public init(x: Int, y: Int, width: Int, height: Int) {
        precondition(width >= 0 && height >= 0, "negative size \(width) x \(height)")
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// A box from the columns and rows it holds.
    public init(columns: Range<Int>, rows: Range<Int>) {
        self.init(x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
    }

    /// The columns inside.
    public var columns: Range<Int> { x..<x + width }
    /// The rows inside.
    public var rows: Range<Int> { y..<y + height }
    /// The number of pixels inside.
    public var pixelCount: Int { width * height }
    /// Whether there is no pixel inside.
    public var isEmpty: Bool { width == 0 || height == 0 }

    /// Whether the pixel at (x, y) is inside.
    public func contains(x: Int, y: Int) -> Bool { columns.contains(x) && rows.contains(y) }

    /// The pixels that both boxes hold; empty when there are none.
    public func intersection(_ other: Rectangle) -> Rectangle {
        Rectangle(columns: columns.clamped(to: other.columns), rows: rows.clamped(to: other.rows))
    }

    /// The smallest box that holds both. An empty box adds nothing.
    public func union(_ other: Rectangle) -> Rectangle {
        if isEmpty { return other }
        if other.isEmpty { return self }
        return Rectangle(
            columns: min(x, other.x)..<max(x + width, other.x + other.width),
            rows: min(y, other.y)..<max(y + height, other.y + other.height)
        )
    }

    /// The box with `margin` more pixels on every side. A negative margin shrinks it, at most to nothing.
    public func expanded(by margin: Int) -> Rectangle {
        let width = max(0, width + 2 * margin)
        let height = max(0, height + 2 * margin)
        return Rectangle(x: x - margin, y: y - margin, width: width, height: height)
    }
}

/// A place in the picture, in pixels: x to the right, y down, (0, 0) the centre of the top-left pixel.
public struct Point: Sendable, Hashable {
    /// Columns to the right of the centre of the leftmost one.
    public var x: Double
    /// Rows below the centre of the topmost one.
    public var y: Double

    /// A place from its coordinates in pixels.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// The distance to another place, in pixels.
    public func distance(to other: Point) -> Double {
        let dx = x - other.x
        let dy = y - other.y
        return (dx * dx + dy * dy).squareRoot()
    }
}
