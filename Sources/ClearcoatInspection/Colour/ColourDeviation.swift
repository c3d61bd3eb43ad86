import ClearcoatImage

/// How far the colour of each cell is from that of the surface around it, in CIELAB: the a* and the b* of the
/// difference, at the surface's lightness.
///
/// Shade is no colour: light times a factor multiplies the cube roots of X, Y and Z alike, so a* and b* over the cube
/// root of Y stay as they are. What differs there differs in chromaticity, whatever orange peel and light do to the
/// brightness, which has a channel of its own.
struct ColourDeviation: Sendable {
    /// a* and b* of the difference, in 1/64 of a unit; 0 where nothing is judged.
    let planes: [BandedPlane]
    /// How the file has its colours.
    let encoding: ColourCells.Encoding
    /// The pixel that cell (0, 0) begins with.
    let origin: (x: Int, y: Int)

    /// One unit of CIELAB.
    static let one: Float = 64
    /// The level of the luminance's pyramid whose samples are as large as a cell.
    static let level = 2

    /// Cells a block in each direction: the surface's colour is estimated from blocks.
    private static let blockSide = 8
    /// Blocks that stand out by more robust sigmas than this, and by more than so many units, are left out of
    /// the second estimate.
    private static let outlierSigmas: Float = 3
    private static let outlierFloor: Float = 0.3

    init(
        _ cells: ColourCells,
        judged: BackgroundCells,
        windowInPixels: Int,
        bandHeight: Int,
        with scheduler: some BandScheduler
    ) async throws {
        encoding = cells.encoding
        origin = (cells.originX, cells.originY)
        let columns = cells.columns
        let rows = cells.rows
        let size = Self.blockSide
        let blockColumns = (columns + size - 1) / size
        let blockRows = (rows + size - 1) / size
        let parts = try await scheduler.map(blockRows) { row in
            Chromaticity(cells, rows: row * size..<min((row + 1) * size, rows), judged: judged)
        }
        let surface = SurfaceColour(
            parts,
            columns: blockColumns,
            rows: blockRows,
            cells: columns,
            window: windowInPixels / (size * ColourCells.side)
        )
        var planes: [BandedPlane] = []
        for channel in 0..<2 {
            planes.append(
                try await BandedPlane.compute(
                    width: columns,
                    height: rows,
                    bandHeight: bandHeight,
                    with: scheduler
                ) { band in
                    var expected = SurfaceColour.Row(count: columns)
                    for y in band.rows {
                        let part = parts[y / size]
                        let base = (y % size) * columns
                        surface.fill(&expected, y, channel: channel)
                        let values = part.values[channel]
                        let isJudged = part.isJudged
                        let place = band.place(ofRow: y)
                        var out = band.samples.mutableSpan
                        deviations(
                            values.span.extracting(base..<base + columns),
                            isJudged.span.extracting(base..<base + columns),
                            from: expected.values.span,
                            lightness: expected.lightness.span,
                            into: &out,
                            at: place
                        )
                    }
                }
            )
        }
        self.planes = planes
    }

    /// The chromaticity of a few rows of cells.
    fileprivate struct Chromaticity: Sendable {
        /// a* and b* over the cube root of Y.
        var values: [[Float]]
        var isJudged: [Bool]
        /// Of each block its mean a*, its mean b* (over the root) and its mean cube root of Y; not a number where
        /// less than half is judged.
        var means: [(a: Float, b: Float, lightness: Float)] = []

        private static let converter = LabConversion()

        init(_ cells: ColourCells, rows: Range<Int>, judged: BackgroundCells) {
            let columns = cells.columns
            let count = rows.count * columns
            // All rows at once: the loops are as long as they can be.
            let place = rows.lowerBound * columns..<rows.upperBound * columns
            let colours = Self.converter.chromaticity(of: cells, in: place)
            isJudged = []
            isJudged.reserveCapacity(count)
            let side = ColourCells.side
            let judgedColumns = (0..<columns).map { judged.column(ofX: cells.originX + side * $0 + side / 2) }
            for y in rows {
                let row = judged.row(ofY: cells.originY + side * y + side / 2)
                for column in judgedColumns { isJudged.append(row[row.startIndex + column]) }
            }
            values = [colours.a, colours.b]
            means = Self.means(colours, isJudged, columns: columns, rows: rows.count)
        }

        /// The mean of each block; the cells of a block are added up row after row.
        private static func means(
            _ colours: ChromaticityRows,
            _ isJudged: [Bool],
            columns: Int,
            rows: Int
        ) -> [(a: Float, b: Float, lightness: Float)] {
            let size = ColourDeviation.blockSide
            let a = colours.a.span
            let b = colours.b.span
            let lightness = colours.lightness.span
            let isJudged = isJudged.span
            return (0..<(columns + size - 1) / size).map { block in
                let range = block * size..<min((block + 1) * size, columns)
                var sums: (a: Float, b: Float, lightness: Float, count: Float) = (0, 0, 0, 0)
                for y in 0..<rows {
                    for x in y * columns + range.lowerBound..<y * columns + range.upperBound where isJudged[x]
                    {
                        sums.a += a[x]
                        sums.b += b[x]
                        sums.lightness += lightness[x]
                        sums.count += 1
                    }
                }
                return 2 * sums.count >= Float(range.count * rows)
                    ? (sums.a / sums.count, sums.b / sums.count, sums.lightness / sums.count)
                    : (.nan, .nan, .nan)
            }
        }
    }

    /// The colour the surface would have without defects, on the grid of blocks.
    private struct SurfaceColour: Sendable {
        let columns: Int
        let rows: Int
        /// a* and b* over the cube root of Y.
        let values: [[Float]]
        /// The cube root of Y.
        let lightness: [Float]
        /// How far each column of cells is on the way from the block at or before it to the next.
        private let shares: [Float]
        /// The columns of cells for which each block is the one at or before.
        private let cellsOfBlock: [Range<Int>]

        /// What the surface has along a row of cells.
        struct Row {
            /// Of the channel that was asked for.
            fileprivate(set) var values: [Float]
            fileprivate(set) var lightness: [Float]

            init(count: Int) {
                values = Array(repeating: 0, count: count)
                lightness = values
            }
        }

        init(_ parts: [Chromaticity], columns: Int, rows: Int, cells: Int, window: Int) {
            self.columns = columns
            self.rows = rows
            let places = (0..<cells).map { Self.place($0, columns) }
            shares = places.map(\.share)
            var cellsOfBlock = [Range<Int>](repeating: 0..<0, count: columns)
            for (cell, place) in places.enumerated() {
                let known = cellsOfBlock[place.block]
                cellsOfBlock[place.block] = (known.isEmpty ? cell : known.lowerBound)..<cell + 1
            }
            self.cellsOfBlock = cellsOfBlock
            let means = parts.flatMap(\.means)
            let known = means.map { !$0.lightness.isNaN }
            let fit = PlaneFit(columns: columns, rows: rows, window: max(window, 3) | 1)
            lightness = fit.fit(means.map(\.lightness), where: known, fallback: 0.5)
            values = [means.map(\.a), means.map(\.b)].map { values in
                let typical = median(of: zip(values, known).filter(\.1).map(\.0)) ?? 0
                let first = fit.fit(values, where: known, fallback: typical)
                let residuals = zip(values, first).map { $0 - $1 }
                let spread = robustSpread(of: zip(residuals, known).filter(\.1).map(\.0))
                let bound = ColourDeviation.outlierSigmas * spread + ColourDeviation.outlierFloor
                let quiet = zip(residuals, known).map { $1 && abs($0) <= bound }
                return fit.fit(values, where: quiet, fallback: typical)
            }
        }

        /// A channel's values and the lightness along a row of cells, linear between the blocks' middles and beyond.
        func fill(_ row: inout Row, _ y: Int, channel: Int) {
            let (upper, down) = Self.place(y, rows)
            let lower = min(upper + 1, rows - 1)
            fill(&row.values, from: values[channel], upper, lower, down)
            fill(&row.lightness, from: lightness, upper, lower, down)
        }

        private func fill(
            _ out: inout [Float],
            from grid: [Float],
            _ upper: Int,
            _ lower: Int,
            _ down: Float
        ) {
            func mixed(_ column: Int) -> Float {
                let top = grid[upper * columns + column]
                return top + down * (grid[lower * columns + column] - top)
            }
            var out = out.mutableSpan
            let shares = shares.span
            var here = columns > 0 ? mixed(0) : 0
            for block in 0..<columns {
                let next = mixed(min(block + 1, columns - 1))
                let step = next - here
                for x in cellsOfBlock[block] { out[x] = here + shares[x] * step }
                here = next
            }
        }

        /// The block at or before a cell, and how far it is on the way to the next.
        private static func place(_ cell: Int, _ count: Int) -> (block: Int, share: Float) {
            let size = ColourDeviation.blockSide
            let doubled = 2 * cell - (size - 1)
            let block = min(max(doubled / (2 * size), 0), max(count - 2, 0))
            return (block, count > 1 ? Float(doubled - block * 2 * size) / Float(2 * size) : 0)
        }
    }
}

/// How far values are from those of the surface, at its lightness, in fixed point; 0 where nothing is judged.
@inline(__always)
private func deviations(
    _ values: Span<Float>,
    _ isJudged: Span<Bool>,
    from surface: Span<Float>,
    lightness: Span<Float>,
    into out: inout MutableSpan<Int16>,
    at base: Int
) {
    let rounding = HeldRounding(most: FixedContrast.maximum, late: lightness.isEmpty ? 0 : lightness[0])
    for x in 0..<values.count {
        let value = (values[x] - surface[x]) * lightness[x] * ColourDeviation.one
        out[base &+ x] = isJudged[x] ? rounding.int16(value) : 0
    }
}

/// Which pixels are judged, in cells.
struct BackgroundCells: Sendable {
    private let columns: Int
    private let rows: Int
    private let judged: [Bool]

    init(_ background: Background) {
        columns = background.columns
        rows = background.rows
        judged = background.judged
    }

    /// The column of cells that a pixel lies in; the nearest one for places outside.
    func column(ofX x: Int) -> Int { min(max(x, 0) / CellGrid.cellSize, columns - 1) }

    /// Whether the cells are, along the row of them that a pixel lies in; the nearest one for places outside.
    func row(ofY y: Int) -> ArraySlice<Bool> {
        let first = min(max(y, 0) / CellGrid.cellSize, rows - 1) * columns
        return judged[first..<first + columns]
    }
}
