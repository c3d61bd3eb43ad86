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
    /// For what is long and thin: half of the highest point within this radius counts, which follows a
    /// scratch that fades. For nil, half of the height of the core.
    package let localRadius: Int?

    package init(inside: Patch<Bool>, reachable: Patch<Bool>, localRadius: Int?) {
        self.inside = inside
        self.reachable = reachable
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
        let core = values(of: heights.values.span, where: inside.values.span)
        let height = meanOfHighestTenth(core)
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

    private func tallPlaces(_ heights: Patch<Float>, height: Float, floor: Float) -> Patch<Bool> {
        var tall = reachable
        guard let localRadius else {
            keep(where: heights.values.span, reach: height / 2, in: &tall.values)
            return tall
        }
        var masked = heights.values
        clear(&masked, outside: reachable.values.span)
        let local = localMaxima(of: masked, width: heights.rectangle.width, radius: localRadius)
        keep(where: heights.values.span, reachHalfOf: local.span, andAtLeast: floor, in: &tall.values)
        return tall
    }

    /// The height of the core, without trusting a single pixel.
    private func meanOfHighestTenth(_ heights: [Float]) -> Float {
        let count = max(heights.count / 10, 1)
        // Of `count` values, the lowest of the highest.
        guard
            let least = quantile(
                Double(heights.count - count) / Double(max(heights.count - 1, 1)),
                of: heights
            )
        else { return 0 }
        let above = heights.filter { $0 > least }
        // Values equal to the least fill up what is missing.
        return (above.reduce(0, +) + Float(count - above.count) * least) / Float(count)
    }
}

/// The values where the mask is true.
private func values(of values: Span<Float>, where mask: Span<Bool>) -> [Float] {
    precondition(mask.count == values.count)
    var known: [Float] = []
    // SAFETY: both are of one length.
    for place in 0..<values.count where unsafe mask[unchecked: place] {
        known.append(unsafe values[unchecked: place])
    }
    return known
}

/// Sets values to 0 where the mask is false.
private func clear(_ values: inout [Float], outside mask: Span<Bool>) {
    precondition(mask.count == values.count)
    var values = values.mutableSpan
    // SAFETY: both are of one length. Checked looks would not be vectorised.
    for place in 0..<values.count {
        unsafe values[unchecked: place] = mask[unchecked: place] ? values[unchecked: place] : 0
    }
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
