import ClearcoatImage
package import ClearcoatRegions

/// Finds the pixels around a seed that have at least half of its height.
///
/// Half height of the contrast is where the edge of a blurred disc lies, for all discs wider than the
/// blur.
package struct HalfHeight {
    /// The seed's own pixels.
    package let inside: Patch<Bool>
    /// Where the outline may go.
    package let reachable: Patch<Bool>
    /// How many pixels the seed has, those outside of the patch included.
    package let coreCount: Int
    /// For what is long and thin: half of the highest point within this radius counts, which follows a
    /// scratch that fades. For nil, half of the height of the core.
    package let localRadius: Int?

    package init(
        inside: Patch<Bool>,
        reachable: Patch<Bool>,
        coreCount: Int? = nil,
        localRadius: Int?
    ) {
        self.inside = inside
        self.reachable = reachable
        self.coreCount = coreCount ?? inside.count
        self.localRadius = localRadius
    }

    /// Less than this many sigmas, and less than this share of the height, is no part of a long thin thing.
    private static let leastSigmas: Float = 2.5
    private static let leastShare: Float = 0.15

    /// The outline and the height of the core; nil when there is no height or nothing under the seed.
    ///
    /// - Parameters:
    ///   - heights: contrast to the background, positive for what is looked for, of the same rectangle.
    ///   - noise: one sigma of them where there is paint.
    package func outline(_ heights: Patch<Float>, noise: Float) -> (region: Region, height: Float)? {
        let height = meanOfHighestTenth(core(of: heights))
        guard height > 0 else { return nil }
        let tall = tallPlaces(
            heights,
            height: height,
            floor: max(Self.leastSigmas * noise, Self.leastShare * height)
        )
        let pieces = tall.regions().filter { piece in
            piece.runs.contains { run in
                run.columns.contains { inside.values[inside.index(x: $0, y: run.row)] }
            }
        }
        guard let largest = pieces.max(by: { $0.pixelCount < $1.pixelCount }) else { return nil }
        return (localRadius == nil ? largest : Region(runs: pieces.flatMap(\.runs)), height)
    }

    /// The heights of the seed's own pixels.
    private func core(of heights: Patch<Float>) -> [Float] {
        var core: [Float] = []
        for run in inside.runs() {
            let start = heights.index(x: run.start, y: run.row)
            core += heights.values[start..<start + run.length]
        }
        return core
    }

    private func tallPlaces(_ heights: Patch<Float>, height: Float, floor: Float) -> Patch<Bool> {
        var tall = reachable
        guard let localRadius else {
            keep(where: heights.values.span, reach: height / 2, in: &tall.values)
            return tall
        }
        let masked = heights.values.mapped(with: reachable.values) { $1 ? $0 : 0 }
        let local = localMaxima(of: masked, width: heights.rectangle.width, radius: localRadius)
        keep(where: heights.values.span, reachHalfOf: local.span, andAtLeast: floor, in: &tall.values)
        return tall
    }

    /// The height of the core, without trusting a single pixel.
    private func meanOfHighestTenth(_ heights: [Float]) -> Float {
        if heights.isEmpty { return 0 }
        let count = min(max(coreCount / 10, 1), heights.count)
        let candidates = highest(count, of: heights)
        // Of `count` values, the lowest of the highest.
        let rank = Double(candidates.count - count) / Double(max(candidates.count - 1, 1))
        guard let least = quantile(rank, of: candidates) else { return 0 }
        let above = candidates.filter { $0 > least }
        // Values equal to the least fill up what is missing.
        return (above.reduce(0, +) + Float(count - above.count) * least) / Float(count)
    }
}

/// Some of the values, in their order, with the `count` highest among them: found by a bound that a sixteenth of the
/// values suggests, which is faster than to put all in order.
private func highest(_ count: Int, of values: [Float]) -> [Float] {
    let step = 16
    guard values.count > 40 * step else { return values }
    let some = stride(from: 0, to: values.count, by: step).map { values[$0] }
    let share = min(1.3 * Double(count) / Double(values.count) + 0.02, 1)
    guard let bound = quantile(1 - share, of: some) else { return values }
    let high = values.filter { $0 >= bound }
    return high.count >= count ? high : values
}

/// Sets to false where a value is below a bound.
private func keep(where values: Span<Float>, reach bound: Float, in mask: inout [Bool]) {
    precondition(mask.count == values.count)
    var mask = mask.mutableSpan
    // SAFETY: both are of one length. Checked looks would not be vectorised.
    for place in 0..<values.count {
        unsafe mask[unchecked: place] = mask[unchecked: place] && values[unchecked: place] >= bound
    }
}

/// Sets to false where a value is below half of another or below a bound.
private func keep(
    where values: Span<Float>,
    reachHalfOf others: Span<Float>,
    andAtLeast bound: Float,
    in mask: inout [Bool]
) {
    precondition(mask.count == values.count && others.count == values.count)
    var mask = mask.mutableSpan
    // SAFETY: all are of one length. Checked looks would not be vectorised.
    for place in 0..<values.count {
        let value = unsafe values[unchecked: place]
        let isTall = unsafe value >= bound && value >= others[unchecked: place] / 2
        unsafe mask[unchecked: place] = mask[unchecked: place] && isTall
    }
}
