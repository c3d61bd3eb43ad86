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

    init(levels: [BandedPlane]) { self.levels = levels }

    package init(_ base: BandedPlane, levelCount: Int, with scheduler: some BandScheduler) async throws {
        var levels = [base]
        while levels.count < levelCount {
            levels.append(try await halved(levels[levels.count - 1], with: scheduler))
        }
        self.levels = levels
    }

    /// The samples of a level that lie on the picture.
    package func size(ofLevel k: Int) -> (width: Int, height: Int) {
        ((levels[0].width - 1) >> k + 1, (levels[0].height - 1) >> k + 1)
    }

    /// What is left of level `k` when all that is coarser than about eight of its samples is taken
    /// away: the response before it is related to the noise.
    ///
    /// Smoothed level k minus the twice smoothed level k + 2, brought back to the finer grid.
    package func response(_ k: Int, bandHeight: Int, with scheduler: some BandScheduler) async throws
        -> BandedPlane
    {
        let coarse = try await twiceSmoothed(k + 2, with: scheduler)
        let surround = try await expanded(coarse, like: levels[k + 1], with: scheduler)
        return try await response(k, around: surround, bandHeight: bandHeight, with: scheduler)
    }

    /// Smoothed level `k` less what is around it, at the samples that lie on the picture.
    package func response(
        _ k: Int,
        around surround: BandedPlane,
        bandHeight: Int,
        with scheduler: some BandScheduler
    ) async throws -> BandedPlane {
        let plane = levels[k]
        let (width, height) = size(ofLevel: k)
        return try await BandedPlane.compute(
            width: width,
            height: height,
            bandHeight: bandHeight,
            with: scheduler
        ) { rows, band in
            var column = [Int16](repeating: 0, count: plane.width)
            var row = [Int16](repeating: 0, count: plane.width)
            var coarseRow = [Int16](repeating: 0, count: surround.width)
            var background = [Int16](repeating: 0, count: plane.width)
            for y in rows {
                var rowSpan = row.mutableSpan
                binomialRow(of: plane, y, scratch: &column, into: &rowSpan, at: 0)
                expandedRow(of: surround, y, scratch: &coarseRow, into: &background)
                var out = band.mutableSpan
                subtract(
                    background.span,
                    from: row.span,
                    into: &out,
                    at: (y - rows.lowerBound) * width,
                    count: width
                )
            }
        }
    }

    /// What is around the samples of level `k`.
    package func surrounds(of k: Int, with scheduler: some BandScheduler) async throws -> Surrounds {
        let near = try await twiceSmoothed(k + 1, with: scheduler)
        let middle = try await expanded(
            twiceSmoothed(k + 2, with: scheduler),
            like: levels[k + 1],
            with: scheduler
        )
        let coarse = try await expanded(
            twiceSmoothed(k + 3, with: scheduler),
            like: levels[k + 2],
            with: scheduler
        )
        let far = try await expanded(coarse, like: levels[k + 1], with: scheduler)
        return Surrounds(near: near, middle: middle, far: far)
    }

    private func twiceSmoothed(_ k: Int, with scheduler: some BandScheduler) async throws -> BandedPlane {
        try await smoothed(smoothed(levels[k], with: scheduler), with: scheduler)
    }
}

/// What is around the samples of a level, at three distances, on the grid of the next coarser level.
package struct Surrounds: Sendable {
    /// The next level, twice smoothed.
    package let near: BandedPlane
    /// The level after it.
    package let middle: BandedPlane
    /// The third.
    package let far: BandedPlane

    /// The one surround that leaves the level's own band, and of the coarser ones as much as `weights` say.
    package func mixed(_ weights: BandWeights, with scheduler: some BandScheduler) async throws -> BandedPlane
    {
        if weights == .even { return middle }
        return try await BandedPlane.compute(
            width: near.width,
            height: near.height,
            bandHeight: near.bandHeight,
            with: scheduler
        ) { [near, middle, far] rows, band in
            for y in rows {
                let base = (y - rows.lowerBound) * near.width
                var out = band.mutableSpan
                near.withRow(y) { near in
                    middle.withRow(y) { middle in
                        far.withRow(y) { far in mix(near, middle, far, weights, into: &out, at: base) }
                    }
                }
            }
        }
    }
}

/// `near + second / 4 (middle - near) + third / 4 (far - middle)`, rounded half up.
@inline(__always)
private func mix(
    _ near: Span<Int16>,
    _ middle: Span<Int16>,
    _ far: Span<Int16>,
    _ weights: BandWeights,
    into out: inout MutableSpan<Int16>,
    at base: Int
) {
    let (second, third) = (weights.second, weights.third)
    for x in 0..<near.count {
        let here = Int32(near[x])
        let beyond = Int32(middle[x])
        let change = second &* (beyond &- here) &+ third &* (Int32(far[x]) &- beyond)
        let value = here &+ ((change &+ 2) &>> 2)
        out[base &+ x] = Int16(truncatingIfNeeded: min(max(value, -8191), 8191))
    }
}

@inline(__always)
private func subtract(
    _ background: Span<Int16>,
    from row: Span<Int16>,
    into out: inout MutableSpan<Int16>,
    at base: Int,
    count: Int
) {
    for x in 0..<count { out[base &+ x] = row[x] &- background[x] }
}

private func halved(_ plane: BandedPlane, with scheduler: some BandScheduler) async throws -> BandedPlane {
    // One sample at or beyond the last one, so that between them there is always one on either side.
    let width = plane.width / 2 + 1
    let height = plane.height / 2 + 1
    return try await BandedPlane.compute(
        width: width,
        height: height,
        bandHeight: plane.bandHeight,
        with: scheduler
    ) { rows, band in
        var column = [Int16](repeating: 0, count: plane.width)
        var full = [Int16](repeating: 0, count: plane.width)
        let inside = (plane.width + 1) / 2
        let last = plane.width - 1
        for y in rows {
            var fullSpan = full.mutableSpan
            if 2 * y < plane.height {
                binomialRow(of: plane, 2 * y, scratch: &column, into: &fullSpan, at: 0)
            } else {
                rowBeyond(plane, into: &column)
                binomialHorizontal(column.span, into: &fullSpan, at: 0)
            }
            var out = band.mutableSpan
            let base = (y - rows.lowerBound) * width
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
