import ClearcoatImage
import ClearcoatRegions

/// What is around a seed: where there is paint, and how bright it would be under the seed.
struct Surroundings {
    /// True where there is paint: no pixel of any seed, with a margin.
    let paint: Patch<Bool>
    /// The mean of the paint within reach.
    let background: Patch<Float>

    /// - Parameters:
    ///   - raw: the plane around the seed.
    ///   - seeds: all seeds, whose pixels are not paint.
    ///   - level: the pyramid's level that `raw` belongs to.
    ///   - margin: how far a seed's blur goes beyond its pixels.
    ///   - reach: how far to look for paint.
    init(_ raw: Patch<Int32>, seeds: [Seed], level: Int, margin: Int, reach: Int) {
        var paint = Patch(rectangle: raw.rectangle, filledWith: true)
        for seed in seeds { seed.fill(&paint, with: false, level: level, margin: margin) }
        // Where seeds cover nearly all, what they cover least must do.
        if paint.count * 20 <= paint.values.count {
            paint = Patch(rectangle: raw.rectangle, filledWith: true)
        }
        self.paint = paint
        let typical = median(of: paint.places(atMost: 1000).map { Float(raw.values[$0]) }) ?? 0
        var masked = raw
        var weights = raw
        keep(paint.values.span, in: &masked.values, counts: &weights.values)
        let sums = masked.windowSums(radius: reach)
        let counts = weights.windowSums(radius: reach)
        background = Patch(
            rectangle: raw.rectangle,
            values: zip(sums, counts).map { $1 > 0 ? Float($0) / Float($1) : typical }
        )
    }
}

/// Sets values to 0 where there is no paint, and counts to whether there is.
private func keep(_ paint: Span<Bool>, in values: inout [Int32], counts: inout [Int32]) {
    precondition(values.count == paint.count && counts.count == paint.count)
    var values = values.mutableSpan
    var counts = counts.mutableSpan
    // SAFETY: all three are of one length. Checked looks would not be vectorised.
    for place in 0..<paint.count {
        let isPaint: Int32 = unsafe paint[unchecked: place] ? 1 : 0
        unsafe values[unchecked: place] = values[unchecked: place] &* isPaint
        unsafe counts[unchecked: place] = isPaint
    }
}

extension Seed {
    /// Sets its pixels, grown by `margin`, in a patch of any level.
    fileprivate func fill(_ mask: inout Patch<Bool>, with value: Bool, level: Int, margin: Int) {
        let whole = region.boundingBox.onLevel(level, from: self.level).expanded(by: margin)
        guard !whole.intersection(mask.rectangle).isEmpty else { return }
        for run in region.runs {
            mask.fill(run.box.onLevel(level, from: self.level).expanded(by: margin), with: value)
        }
    }
}
