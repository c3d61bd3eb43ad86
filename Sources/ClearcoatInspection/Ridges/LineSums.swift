/// Sums along straight lines of every direction, at a few additions a line.
///
/// The plane is cut into strips of ``length`` rows. In each strip, a line starts at column x of the first row
/// and ends at column x + s of the last, for every x and every even s below ``length``: a quarter of all
/// directions. Lines between two such are never more than half a sample off one of them. The other three quarters are
/// the same on the plane with top and bottom exchanged, and on the transposed one (see ``Quarter``). Lines of 2 rows
/// are sums of two samples, lines of 4 rows sums of two of those, and so on.
///
/// There are as many sums as samples, and hardly any stands out. So they are not kept: only how strong they are in each
/// block, and where that is enough, ``strip(_:blocks:)`` sums up once more.
///
/// - Complexity: 4.5 additions a sample and quarter, all along rows.
/// - Reference: M. L. Brady, "A fast discrete approximation algorithm for the Radon transform", SIAM Journal
///   on Computing 27 (1998).
package struct LineSums: Sendable {
    /// Rows in a strip: samples in a line.
    package static let length = 32
    /// Lines that begin at one sample: each goes two columns further aside than the one before.
    package static let slopes = length / 2

    /// How strong they are in blocks of as many columns as there are slopes: a row of blocks a strip. After the strips
    /// of the plane come those of the plane with top and bottom exchanged: next to the lowest strip the lowest one again.
    package let blocks: BlockStatistics
    /// Strips of the plane.
    var stripCount: Int { plane.stripCount }
    private let plane: TurnedPlane

    /// Columns that are summed up at a time: few enough for all steps to stay in the nearest cache.
    private static let tileWidth = 320

    /// The sums of a plane, and of the plane with top and bottom exchanged, after rows of 0 were added below it up to
    /// whole strips. Both at once, since both come from the same samples.
    ///
    /// - Parameter isTransposed: whether rows and columns are exchanged before all that.
    package init(of plane: LinePlane, isTransposed: Bool, with scheduler: some BandScheduler) async throws {
        let plane = TurnedPlane(plane: plane, isTransposed: isTransposed)
        self.plane = plane
        let count = plane.stripCount
        let strips = try await scheduler.map(count) { strip in
            var rows = (upright: BlockStatistics.Rows(), flipped: BlockStatistics.Rows())
            var tile = LineTile(width: Self.tileWidth)
            for left in stride(from: 0, to: plane.width, by: Self.tileWidth) {
                let columns = min(Self.tileWidth, plane.width - left)
                tile.load(plane, strip: strip, column: left)
                tile.sumUp(isFlipped: false)
                tile.appendExtents(to: &rows.upright, columns: columns)
                tile.sumUp(isFlipped: true)
                tile.appendExtents(to: &rows.flipped, columns: columns)
            }
            return rows
        }
        blocks = BlockStatistics(
            strips.map(\.upright) + strips.reversed().map(\.flipped),
            width: plane.width,
            height: 2 * count * Self.slopes
        )
    }

    /// The sums of a strip, one of those of ``blocks``, in some of its blocks, by their columns, and 0 elsewhere: row k at
    /// column x has the line from x in the strip's first row to x + 2 k in its last. Samples outside the plane count as 0.
    package func strip(_ index: Int, blocks chosen: [Int]) -> LineStrip {
        let size = BlockStatistics.blockSize
        let isFlipped = index >= plane.stripCount
        // Strips of the plane with top and bottom exchanged begin with the lowest one.
        let strip = isFlipped ? 2 * plane.stripCount - 1 - index : index
        var result = LineStrip(width: blocks.columns * size)
        var tile = LineTile(width: size)
        for block in chosen {
            tile.load(plane, strip: strip, column: block * size)
            tile.sumUp(isFlipped: isFlipped)
            tile.write(to: &result.sums, width: result.width, column: block * size)
        }
        return result
    }
}

/// The sums of one strip.
package struct LineStrip: Sendable {
    /// Columns: whole blocks.
    package let width: Int
    /// Row-major, a row a slope.
    package fileprivate(set) var sums: [Int16]

    fileprivate init(width: Int) {
        self.width = width
        sums = [Int16](repeating: 0, count: width * LineSums.slopes)
    }

    /// The sum of the line from a column that goes 2 `slope` columns aside.
    package subscript(column: Int, slope: Int) -> Int16 { sums[slope * width + column] }
}
