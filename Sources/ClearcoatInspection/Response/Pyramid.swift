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
            smoothedTwice.append(try await smoothed(smoothed(next, with: scheduler), with: scheduler))
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
    package func surrounds(of k: Int, with scheduler: some BandScheduler) async throws -> Surrounds {
        let middle = try await evenSurround(of: k, with: scheduler)
        let coarse = try await expanded(smoothedTwice[k + 2], like: levels[k + 2], with: scheduler)
        let far = try await expanded(coarse, like: levels[k + 1], with: scheduler)
        return Surrounds(near: smoothedTwice[k], middle: middle, far: far)
    }

    /// What is around the samples of level `k` at two levels' distance, on the grid of the next coarser level.
    func evenSurround(of k: Int, with scheduler: some BandScheduler) async throws -> BandedPlane {
        try await expanded(smoothedTwice[k + 1], like: levels[k + 1], with: scheduler)
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
        ) { [near, middle, far] band in
            for y in band.rows {
                let base = band.place(ofRow: y)
                var out = band.samples.mutableSpan
                near.withRow(y) { near in
                    middle.withRow(y) { middle in
                        far.withRow(y) { far in mix(near, middle, far, weights, into: &out, at: base) }
                    }
                }
            }
        }
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

private func smoothed(_ plane: BandedPlane, with scheduler: some BandScheduler) async throws -> BandedPlane {
    try await BandedPlane.compute(
        width: plane.width,
        height: plane.height,
        bandHeight: plane.bandHeight,
        with: scheduler
    ) { band in
        var column = [Int16](repeating: 0, count: plane.width)
        for y in band.rows {
            let base = band.place(ofRow: y)
            var out = band.samples.mutableSpan
            binomialRow(of: plane, y, scratch: &column, into: &out, at: base)
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
    ) { band in
        var coarseRow = [Int16](repeating: 0, count: coarse.width)
        for y in band.rows {
            let base = band.place(ofRow: y)
            var out = band.samples.mutableSpan
            expandedRow(of: coarse, y, scratch: &coarseRow, into: &out, at: base, count: fine.width)
        }
    }
}
