import ClearcoatImage

/// Removes the illumination: relative contrast (I − B)/B of every pixel in 16-bit fixed point, 0
/// where nothing is judged.
///
/// B between the centres of the cells is interpolated linearly (its reciprocal, to be exact).
struct Flattener: Sendable {
    let background: Background
    /// Ignored columns of a row, sorted.
    let ignored: @Sendable (_ row: Int) -> [Range<Int>]

    func flattened(
        _ image: GrayImage,
        bandHeight: Int,
        with scheduler: some BandScheduler
    ) async throws -> BandedPlane {
        try await BandedPlane.compute(
            width: image.width,
            height: image.height,
            bandHeight: bandHeight,
            with: scheduler
        ) { band in
            // Told apart here, so that the compiler makes a version of the loops for each depth.
            switch image {
            case .uint8(let image): flatten(image, into: &band)
            case .uint16(let image): flatten(image, into: &band)
            }
        }
    }

    private func flatten<Element: Sample & FixedWidthInteger & UnsignedInteger>(
        _ image: Image<Element>,
        into band: inout BandedPlane.Band
    ) {
        var gains = GainRows(background, width: image.width)
        for y in band.rows {
            let base = band.place(ofRow: y)
            let row = image.samples.span.extracting(image.row(y))
            gains.moveTo(row: y)
            var out = band.samples.mutableSpan
            flattenRow(row, gains, into: &out, at: base)
            for columns in gains.unjudged + ignored(y) { for x in columns { out[base + x] = 0 } }
        }
    }
}

/// `round((row × gain − 1) × 8192)`, held within ±8191.
@inline(__always)
private func flattenRow<Element: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ row: Span<Element>,
    _ gains: GainRows,
    into out: inout MutableSpan<Int16>,
    at base: Int
) {
    let upper = gains.upper.span
    let rise = gains.rise.span
    let share = gains.share
    let rounding = HeldRounding(less: FixedContrast.one, most: FixedContrast.maximum, late: share)
    let count = row.count
    precondition(upper.count == count && rise.count == count && base >= 0 && base + count <= out.count)
    // SAFETY: x stays below the count that all have.
    for x in 0..<count {
        let gain = unsafe upper[unchecked: x] + share * rise[unchecked: x]
        unsafe out[unchecked: base &+ x] = rounding.int16(Float(row[unchecked: x]) * gain)
    }
}

/// The gains of every column, times ``FixedContrast/one``, on the two rows of cells that one row of pixels
/// lies between.
private struct GainRows {
    /// The gains of the cells above.
    private(set) var upper: [Float]
    /// What those of the cells below are more.
    private(set) var rise: [Float]
    /// How far the row is on the way from the upper to the lower one.
    private(set) var share: Float = 0
    /// The columns whose cell is not judged.
    private(set) var unjudged: [Range<Int>] = []
    private var lower: [Float]
    private let background: Background
    private let width: Int
    private var upperCell = -2
    private var judgedCell = -1

    init(_ background: Background, width: Int) {
        self.background = background
        self.width = width
        upper = Array(repeating: 0, count: width)
        lower = upper
        rise = upper
    }

    mutating func moveTo(row y: Int) {
        let (cell, share) = Self.place(y, count: background.rows)
        self.share = share
        if cell != upperCell {
            if cell == upperCell + 1 { swap(&upper, &lower) } else { expand(cellRow: cell, into: &upper) }
            expand(cellRow: min(cell + 1, background.rows - 1), into: &lower)
            rise = lower.mapped(with: upper) { $0 - $1 }
            upperCell = cell
        }
        if y / CellGrid.cellSize != judgedCell {
            judgedCell = y / CellGrid.cellSize
            unjudged = (0..<background.columns).filter {
                !background.judged[judgedCell * background.columns + $0]
            }
            .map { cell in
                let first = cell * CellGrid.cellSize
                return first..<min(first + CellGrid.cellSize, width)
            }
        }
    }

    /// The cell at or before a pixel's column or row, and how far it is on the way to the next one: below
    /// 0 and above 1 in the outermost half cells, where the line through the last two goes on.
    private static func place(_ pixel: Int, count: Int) -> (cell: Int, share: Float) {
        let size = CellGrid.cellSize
        // The centre of cell j lies at size × j + (size − 1)/2; counted in half pixels to stay whole.
        let doubled = 2 * pixel - (size - 1)
        let cell = min(max(doubled / (2 * size), 0), max(count - 2, 0))
        return (cell, count > 1 ? Float(doubled - cell * 2 * size) / Float(2 * size) : 0)
    }

    /// Interpolates the gains of one row of cells to every column.
    private func expand(cellRow: Int, into out: inout [Float]) {
        let base = cellRow * background.columns
        let half = CellGrid.cellSize / 2
        func gain(_ x: Int) -> Float {
            let (cell, share) = Self.place(x, count: background.columns)
            let next = min(cell + 1, background.columns - 1)
            let left = background.gains[base + cell]
            return FixedContrast.one * (left + share * (background.gains[base + next] - left))
        }
        for x in 0..<min(half, width) { out[x] = gain(x) }
        let gains = background.gains.span.extracting(base..<base + background.columns)
        // From the centre of one cell to that of the next; the last one may end before its centre.
        let whole = min(background.columns - 1, max(width - half, 0) / CellGrid.cellSize)
        interpolate(gains, cells: whole, into: &out, from: half)
        for x in min(half + whole * CellGrid.cellSize, width)..<width { out[x] = gain(x) }
    }
}

/// Interpolates from each of the first `cells` to the next: eight pixels each, from column `first` on.
@inline(__always)
private func interpolate(_ gains: Span<Float>, cells: Int, into out: inout [Float], from first: Int) {
    let size = CellGrid.cellSize
    precondition(cells < gains.count && first + cells * size <= out.count || cells <= 0)
    var out = out.mutableSpan
    for cell in 0..<max(cells, 0) {
        // SAFETY: the next cell's gain and the eight pixels lie inside, as asked above.
        let left = unsafe gains[unchecked: cell]
        let rise = unsafe gains[unchecked: cell &+ 1] - left
        let start = first &+ cell &* size
        for step in 0..<size {
            let share = Float(2 &* step &+ 1) / Float(2 &* size)
            unsafe out[unchecked: start &+ step] = FixedContrast.one * (left + share * rise)
        }
    }
}
