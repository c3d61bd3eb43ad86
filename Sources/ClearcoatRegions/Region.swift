public import ClearcoatImage

/// A set of pixels, at least one, kept as runs.
///
/// The labeller makes connected regions, but nothing here demands it: the fragments of one scratch
/// may be one region. Coordinates are those of the picture the region was found in.
public struct Region: Sendable, Hashable {
    /// The pixels in reading order: disjoint runs, sorted by row and start, with a gap between two of
    /// the same row.
    public let runs: [Run]
    /// How many pixels there are.
    public let pixelCount: Int
    // Four times 32 bits and not a `Rectangle`: a noisy mask has millions of regions.
    private let minX: Int32
    private let minY: Int32
    private let maxX: Int32
    private let maxY: Int32

    /// The pixels of `runs`, which may come in any order, touch and overlap.
    ///
    /// - Precondition: there is at least one run.
    /// - Complexity: O(*n*) in runs when they are sorted and disjoint, else O(*n* log *n*).
    public init(runs: [Run]) {
        precondition(!runs.isEmpty, "a region has at least one pixel")
        self.init(normalizedRuns: runs.normalized())
    }

    /// For callers that know their runs to be in the form that ``runs`` promises.
    init(normalizedRuns runs: [Run]) {
        assert(!runs.isEmpty && runs.isNormalized, "not a region's runs")
        var count = 0
        var left = Int.max
        var right = Int.min
        for run in runs {
            count &+= run.length
            left = min(left, run.start)
            right = max(right, run.end)
        }
        self.runs = runs
        pixelCount = count
        minX = Int32(truncatingIfNeeded: left)
        maxX = Int32(truncatingIfNeeded: right)
        minY = Int32(truncatingIfNeeded: runs[0].row)
        maxY = Int32(truncatingIfNeeded: runs[runs.count - 1].row + 1)
    }

    /// The smallest upright box that holds every pixel.
    public var boundingBox: Rectangle {
        Rectangle(columns: Int(minX)..<Int(maxX), rows: Int(minY)..<Int(maxY))
    }

    /// The pixel that comes first when the picture is read row by row.
    public var firstPixel: PixelCoordinate { PixelCoordinate(x: runs[0].start, y: runs[0].row) }

    /// Whether the pixel at (x, y) belongs to the region.
    ///
    /// - Complexity: O(log *n*) in runs.
    public func contains(x: Int, y: Int) -> Bool {
        // The last run that does not begin after (x, y) is the only one that may hold it.
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            let run = runs[middle]
            if run.row < y || (run.row == y && run.start <= x) { low = middle + 1 } else { high = middle }
        }
        return low > 0 && runs[low - 1].row == y && x < runs[low - 1].end
    }

    /// Every pixel that belongs to this region or the other.
    public func union(_ other: Region) -> Region { Region(runs: runs + other.runs) }

    /// Every pixel at most `radius` columns and `radius` rows away from one of the region's: dilation
    /// by a square of side 2 `radius` + 1. Not limited by any picture; see ``clipped(to:)``.
    ///
    /// - Complexity: O(*n* log *n*) in *n* = runs × (2 `radius` + 1).
    public func dilated(by radius: Int) -> Region {
        precondition(radius >= 0, "dilation by \(radius)")
        if radius == 0 { return self }
        let grown = runs.flatMap { run in
            (run.row - radius...run.row + radius).map {
                Run(row: $0, start: run.start - radius, end: run.end + radius)
            }
        }
        return Region(runs: grown)
    }

    /// The pixels inside `rectangle`, or nil when there are none.
    public func clipped(to rectangle: Rectangle) -> Region? {
        let inside = runs.compactMap { run -> Run? in
            guard rectangle.rows.contains(run.row) else { return nil }
            let columns = run.columns.clamped(to: rectangle.columns)
            return columns.isEmpty
                ? nil : Run(row: run.row, start: columns.lowerBound, end: columns.upperBound)
        }
        return inside.isEmpty ? nil : Region(normalizedRuns: inside)
    }

    /// The region moved by `x` columns and `y` rows.
    public func translated(x: Int, y: Int) -> Region {
        Region(
            normalizedRuns: runs.map { Run(row: $0.row + y, start: $0.start + x, end: $0.end + x) }
        )
    }

    /// Whether a pixel of the region lies on the outermost rows or columns of `bounds`, or beyond: what
    /// the picture's edge cut off cannot be measured.
    public func touches(_ bounds: Rectangle) -> Bool {
        Int(minX) <= bounds.x || Int(minY) <= bounds.y
            || Int(maxX) >= bounds.x + bounds.width || Int(maxY) >= bounds.y + bounds.height
    }
}
