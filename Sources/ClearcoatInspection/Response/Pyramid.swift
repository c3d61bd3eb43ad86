/// The flattened picture at full resolution and at half, quarter … of it.
///
/// Sample (x, y) of level k lies on pixel (x·2^k, y·2^k). Each level is the one before, smoothed by
/// 1 2 1 in both directions and halved. The last samples of a level lie on the picture's last pixels or up to 2^k
/// beyond, as if the picture went on straight.
///
/// - Reference: P. J. Burt, E. H. Adelson, "The Laplacian pyramid as a compact image code", IEEE
///   Trans. Communications 31 (1983), with the smallest kernel.
package struct Pyramid: Sendable {
    /// Level 0 first.
    package let levels: [BandedPlane]
    /// The levels twice smoothed, without level 0: what is around the samples of the level before.
    private let smoothedTwice: [BandedPlane]

    package init(_ base: BandedPlane, levelCount: Int, with scheduler: some BandScheduler) async throws {
        var levels = [base]
        var smoothedTwice: [BandedPlane] = []
        while levels.count < levelCount {
            let next = try await halved(levels[levels.count - 1], with: scheduler)
            levels.append(next)
            smoothedTwice.append(try await twiceSmoothed(next, with: scheduler))
        }
        self.levels = levels
        self.smoothedTwice = smoothedTwice
    }

    /// The coarser levels of another pyramid of the same size, on a level 0 of its own.
    init(base: BandedPlane, coarser other: Pyramid) {
        levels = [base] + other.levels.dropFirst()
        smoothedTwice = other.smoothedTwice
    }

    /// The samples of a level that lie on the picture.
    package func size(ofLevel k: Int) -> (width: Int, height: Int) {
        ((levels[0].width - 1) >> k + 1, (levels[0].height - 1) >> k + 1)
    }

    /// What is around the samples of level `k`.
    package func surrounds(of k: Int) -> Surrounds {
        Surrounds(
            near: smoothedTwice[k],
            middle: smoothedTwice[k + 1],
            far: smoothedTwice.indices.contains(k + 2) ? smoothedTwice[k + 2] : nil
        )
    }
}

private func halved(_ plane: BandedPlane, with scheduler: some BandScheduler) async throws -> BandedPlane {
    // One sample at or beyond the last one, so that between them there is always one on either side.
    let width = plane.width / 2 + 1
    let height = plane.height / 2 + 1
    return try await BandedPlane.compute(
        width: width,
        height: height,
        bandHeight: plane.bandHeight,
        isBackwards: true,
        with: scheduler
    ) { band in
        var column = [Int16](repeating: 0, count: plane.width)
        var full = [Int16](repeating: 0, count: plane.width)
        let inside = (plane.width + 1) / 2
        let last = plane.width - 1
        for y in band.rows {
            var fullSpan = full.mutableSpan
            if 2 * y < plane.height {
                binomialRow(of: plane, 2 * y, scratch: &column, into: &fullSpan, at: 0)
            } else {
                rowBeyond(plane, into: &column)
                binomialHorizontal(column.span, into: &fullSpan, at: 0)
            }
            let base = band.place(ofRow: y)
            var out = band.samples.mutableSpan
            everySecond(of: full.span, into: &out, at: base, count: inside)
            if inside < width {
                out[base + inside] =
                    last < 4
                    ? column[last]
                    : beyond(
                        column[last],
                        column[last - 1],
                        column[last - 2],
                        column[last - 3],
                        column[last - 4]
                    )
            }
        }
    }
}

private func twiceSmoothed(_ plane: BandedPlane, with scheduler: some BandScheduler) async throws
    -> BandedPlane
{
    try await BandedPlane.compute(
        width: plane.width,
        height: plane.height,
        bandHeight: plane.bandHeight,
        with: scheduler
    ) { band in
        var once = SmoothedRows(plane)
        var column = [Int16](repeating: 0, count: plane.width)
        for y in band.rows {
            once.smoothColumns(y, into: &column)
            let base = band.place(ofRow: y)
            var out = band.samples.mutableSpan
            binomialHorizontal(column.span, into: &out, at: base)
        }
    }
}

/// The rows of a plane smoothed by 1 2 1 in both directions, the last three of them kept.
private struct SmoothedRows {
    private let plane: BandedPlane
    private var scratch: [Int16]
    /// Row y at y mod 3, and which rows they are.
    private var rows: [[Int16]]
    private var known = [-1, -1, -1]

    init(_ plane: BandedPlane) {
        self.plane = plane
        scratch = [Int16](repeating: 0, count: plane.width)
        rows = [[Int16]](repeating: scratch, count: 3)
    }

    /// Row `y`, smoothed along the columns once more.
    mutating func smoothColumns(_ y: Int, into out: inout [Int16]) {
        guard y > 0, y < plane.height - 1 else {
            // The border looks at five rows, or at all there are.
            let first = y == 0 ? 0 : max(plane.height - 5, 0)
            let piece = piece(first..<min(first + 5, plane.height))
            return binomialColumns(of: piece, y - first, into: &out)
        }
        for row in y - 1...y + 1 where known[row % 3] != row {
            binomialRow(of: plane, row, scratch: &scratch, into: &rows[row % 3])
            known[row % 3] = row
        }
        let (above, here, below) = (rows[(y - 1) % 3], rows[y % 3], rows[(y + 1) % 3])
        binomialVertical(above.span, here.span, below.span, into: &out)
    }

    private mutating func piece(_ range: Range<Int>) -> BandedPlane {
        var samples: [Int16] = []
        for y in range {
            binomialRow(of: plane, y, scratch: &scratch, into: &rows[0])
            samples += rows[0]
        }
        known[0] = -1
        return BandedPlane(width: plane.width, height: range.count, bandHeight: range.count, bands: [samples])
    }
}
