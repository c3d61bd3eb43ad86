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
        ) { rows, band in
            // Told apart here, so that the compiler makes a version of the loops for each depth.
            switch image {
            case .uint8(let image): flatten(image, rows, into: &band)
            case .uint16(let image): flatten(image, rows, into: &band)
            }
        }
    }

    private func flatten<Element: Sample & FixedWidthInteger & UnsignedInteger>(
        _ image: Image<Element>,
        _ rows: Range<Int>,
        into band: inout [Int16]
    ) {
        var gains = GainRows(background, width: image.width)
        for y in rows {
            let base = (y - rows.lowerBound) * image.width
            let row = image.samples.span.extracting(image.row(y))
            gains.moveTo(row: y)
            var out = band.mutableSpan
            flattenRow(row, gains: gains.row.span, judged: gains.judged.span, into: &out, at: base)
            for columns in ignored(y) { for x in columns { out[base + x] = 0 } }
        }
    }
}

/// `round((row × gain − 1) × 8192)`, held within ±8191, and 0 where `judged` is 0.
@inline(__always)
private func flattenRow<Element: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ row: Span<Element>,
    gains: Span<Float>,
    judged: Span<Int16>,
    into out: inout MutableSpan<Int16>,
    at base: Int
) {
    // Adding 1.5 × 2^23 leaves the rounded number in the low bits of a Float: the conversion that
    // vectorises on every machine.
    let magic: Float = 12_582_912
    let magicBits = Int32(bitPattern: magic.bitPattern)
    for x in 0..<row.count {
        var value = Float(row[x]) * gains[x] - FixedContrast.one
        value = value > FixedContrast.maximum ? FixedContrast.maximum : value
        value = value < -FixedContrast.maximum ? -FixedContrast.maximum : value
        let rounded = Int32(bitPattern: (value + magic).bitPattern) &- magicBits
        out[base &+ x] = Int16(truncatingIfNeeded: rounded) & judged[x]
    }
}

/// The gain of every column for one row at a time, times ``FixedContrast/one``.
private struct GainRows {
    /// Gain of each column in the current row.
    private(set) var row: [Float]
    /// -1 (all bits) in columns whose cell is judged, else 0.
    private(set) var judged: [Int16]
    private let background: Background
    private let width: Int
    private var upper: [Float]
    private var lower: [Float]
    private var upperCell = -2
    private var judgedCell = -1

    init(_ background: Background, width: Int) {
        self.background = background
        self.width = width
        row = Array(repeating: 0, count: width)
        judged = Array(repeating: 0, count: width)
        upper = row
        lower = row
    }

    mutating func moveTo(row y: Int) {
        let size = CellGrid.cellSize
        let (cell, share) = Self.place(y, count: background.rows)
        let next = min(cell + 1, background.rows - 1)
        if cell != upperCell {
            upper = cell == upperCell + 1 ? lower : expanded(cellRow: cell)
            lower = expanded(cellRow: next)
            upperCell = cell
        }
        // Taken out for the moment, so that it is changed in place.
        var mixed: [Float] = []
        swap(&mixed, &row)
        mix(upper.span, lower.span, share, into: &mixed)
        swap(&mixed, &row)
        if y / size != judgedCell {
            judgedCell = y / size
            for x in 0..<width {
                judged[x] = background.judged[judgedCell * background.columns + x / size] ? -1 : 0
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
    private func expanded(cellRow: Int) -> [Float] {
        var out = [Float](repeating: 0, count: width)
        let base = cellRow * background.columns
        for x in 0..<width {
            let (cell, share) = Self.place(x, count: background.columns)
            let next = min(cell + 1, background.columns - 1)
            let left = background.gains[base + cell]
            let right = background.gains[base + next]
            out[x] = FixedContrast.one * (left + share * (right - left))
        }
        return out
    }
}

@inline(__always)
private func mix(_ one: Span<Float>, _ two: Span<Float>, _ share: Float, into out: inout [Float]) {
    var out = out.mutableSpan
    for x in 0..<one.count { out[x] = one[x] + share * (two[x] - one[x]) }
}
