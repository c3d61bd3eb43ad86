/// The flattened picture at full resolution and at half, quarter … of it.
///
/// Sample (x, y) of level k lies on pixel (x·2^k, y·2^k). Each level is the one before, smoothed by
/// 1 2 1 in both directions and halved.
///
/// - Reference: P. J. Burt, E. H. Adelson, "The Laplacian pyramid as a compact image code", IEEE
///   Trans. Communications 31 (1983), with the smallest kernel.
package struct Pyramid: Sendable {
    /// Level 0 first.
    package let levels: [BandedPlane]

    package init(_ base: BandedPlane, levelCount: Int, with scheduler: some BandScheduler) async throws {
        var levels = [base]
        while levels.count < levelCount {
            levels.append(try await halved(levels[levels.count - 1], with: scheduler))
        }
        self.levels = levels
    }

    /// What is left of level `k` when all that is coarser than about eight of its samples is taken
    /// away: the response before it is related to the noise.
    ///
    /// Smoothed level k minus the twice smoothed level k + 2, brought back to the finer grid.
    package func response(_ k: Int, bandHeight: Int, with scheduler: some BandScheduler) async throws
        -> BandedPlane
    {
        let plane = levels[k]
        let coarse = try await smoothed(smoothed(levels[k + 2], with: scheduler), with: scheduler)
        let surround = try await expanded(coarse, like: levels[k + 1], with: scheduler)
        return try await BandedPlane.compute(
            width: plane.width,
            height: plane.height,
            bandHeight: bandHeight,
            with: scheduler
        ) { rows, band in
            var column = [Int16](repeating: 0, count: plane.width)
            var coarseRow = [Int16](repeating: 0, count: surround.width)
            var background = [Int16](repeating: 0, count: plane.width)
            for y in rows {
                let base = (y - rows.lowerBound) * plane.width
                var out = band.mutableSpan
                binomialRow(of: plane, y, scratch: &column, into: &out, at: base)
                expandedRow(of: surround, y, scratch: &coarseRow, into: &background)
                subtract(background.span, from: &out, at: base)
            }
        }
    }
}

@inline(__always)
private func subtract(_ row: Span<Int16>, from out: inout MutableSpan<Int16>, at base: Int) {
    for x in 0..<row.count { out[base &+ x] = out[base &+ x] &- row[x] }
}

private func halved(_ plane: BandedPlane, with scheduler: some BandScheduler) async throws -> BandedPlane {
    let width = (plane.width + 1) / 2
    let height = (plane.height + 1) / 2
    return try await BandedPlane.compute(
        width: width,
        height: height,
        bandHeight: plane.bandHeight,
        with: scheduler
    ) { rows, band in
        var column = [Int16](repeating: 0, count: plane.width)
        var full = [Int16](repeating: 0, count: plane.width)
        for y in rows {
            var fullSpan = full.mutableSpan
            binomialRow(of: plane, 2 * y, scratch: &column, into: &fullSpan, at: 0)
            var out = band.mutableSpan
            everySecond(of: full.span, into: &out, at: (y - rows.lowerBound) * width, count: width)
        }
    }
}

private func smoothed(_ plane: BandedPlane, with scheduler: some BandScheduler) async throws -> BandedPlane {
    try await BandedPlane.compute(
        width: plane.width,
        height: plane.height,
        bandHeight: plane.bandHeight,
        with: scheduler
    ) { rows, band in
        var column = [Int16](repeating: 0, count: plane.width)
        for y in rows {
            var out = band.mutableSpan
            binomialRow(of: plane, y, scratch: &column, into: &out, at: (y - rows.lowerBound) * plane.width)
        }
    }
}

/// `coarse` on the grid of `fine`, which is twice as dense.
private func expanded(
    _ coarse: BandedPlane,
    like fine: BandedPlane,
    with scheduler: some BandScheduler
) async throws -> BandedPlane {
    try await BandedPlane.compute(
        width: fine.width,
        height: fine.height,
        bandHeight: fine.bandHeight,
        with: scheduler
    ) { rows, band in
        var coarseRow = [Int16](repeating: 0, count: coarse.width)
        var row = [Int16](repeating: 0, count: fine.width)
        for y in rows {
            expandedRow(of: coarse, y, scratch: &coarseRow, into: &row)
            var out = band.mutableSpan
            let base = (y - rows.lowerBound) * fine.width
            for x in 0..<fine.width { out[base &+ x] = row[x] }
        }
    }
}
