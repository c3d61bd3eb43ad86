import ClearcoatImage
import ClearcoatRegions

/// What is around a seed: where there is paint, and how bright it would be under the seed.
///
/// How bright is asked under the seed itself and at some places around it only. So no plane of means is made, but
/// sums from which the mean around any place follows with four looks.
///
/// - Reference: F. C. Crow, "Summed-area tables for texture mapping", SIGGRAPH 1984.
struct Surroundings {
    /// The samples around the seed.
    let samples: Patch<Int16>
    /// True where there is paint: no pixel of any seed, with a margin.
    let paint: Patch<Bool>
    private let paintCount: Int
    /// How far to look for paint.
    private let reach: Int
    /// For each corner between samples, row by row, what is above and left of it.
    private let sums: [PaintSum]

    /// - Parameters:
    ///   - samples: those around the seed.
    ///   - seeds: all seeds, whose pixels are not paint.
    ///   - level: the pyramid's level that the samples belong to.
    ///   - margin: how far a seed's blur goes beyond its pixels.
    ///   - reach: how far to look for paint.
    init(_ samples: Patch<Int16>, seeds: SeedPlaces, level: Int, margin: Int, reach: Int) {
        self.samples = samples
        self.reach = reach
        var paint = Patch(rectangle: samples.rectangle, filledWith: true)
        seeds.clear(&paint, level: level, margin: margin)
        // Where seeds cover nearly all, what they cover least must do.
        var paintCount = paint.count
        if paintCount * 20 <= paint.values.count {
            paint = Patch(rectangle: samples.rectangle, filledWith: true)
            paintCount = paint.values.count
        }
        self.paint = paint
        self.paintCount = paintCount
        let width = samples.rectangle.width
        let stride = width + 1
        let count = stride * (samples.rectangle.height + 1)
        // SAFETY: any bits are two numbers. The first row and column are written here, all others below.
        var sums = unsafe [PaintSum](unsafeUninitializedCapacity: count) { $1 = count }
        for x in 0..<stride { sums[x] = .zero }
        for row in 0..<samples.rectangle.height {
            sums[(row + 1) * stride] = .zero
            let line = row * width..<(row + 1) * width
            addUp(
                samples.values.span.extracting(line),
                where: paint.values.span.extracting(line),
                to: &sums,
                at: (row + 1) * stride
            )
        }
        self.sums = sums
    }

    /// About so many of the places where there is paint, as indices of ``paint``: see ``Patch/places(about:)``.
    func paintPlaces(about count: Int) -> [Int] { paint.places(about: count, of: paintCount) }

    /// How bright the paint is around each place of a box inside.
    func background(in box: Rectangle) -> Patch<Float> {
        var result = Patch<Float>.unwritten(box)
        // What is between the upper and the lower end of the windows, left of each corner that one of them has.
        let left = box.x - samples.rectangle.x
        let corners = left - reach..<left + box.width + reach + 1
        var between = [PaintSum](repeating: .zero, count: corners.count)
        for row in 0..<box.height {
            let window = rows(around: box.y - samples.rectangle.y + row)
            subtract(
                sums.span.extracting(window.upper),
                from: sums.span.extracting(window.lower),
                at: corners,
                into: &between
            )
            takeMeans(between.span, window: 2 * reach + 1, into: &result.values, at: row * box.width)
        }
        return result.values.allSatisfy(\.isKnown) ? result : filled(result)
    }

    /// How bright the paint is around a place of ``samples``, which is paint itself.
    func background(atPaint place: Int) -> Float {
        let width = samples.rectangle.width
        let x = place % width
        let window = rows(around: place / width)
        let left = max(x - reach, 0)
        let right = min(x + reach + 1, width)
        let lower = sums[window.lower.lowerBound + right] &- sums[window.lower.lowerBound + left]
        let upper = sums[window.upper.lowerBound + right] &- sums[window.upper.lowerBound + left]
        return (lower &- upper).mean
    }

    /// Where the sums above and below the window around a row lie.
    private func rows(around row: Int) -> (upper: Range<Int>, lower: Range<Int>) {
        let stride = samples.rectangle.width + 1
        let upper = max(row - reach, 0) * stride
        let lower = min(row + reach + 1, samples.rectangle.height) * stride
        return (upper..<upper + stride, lower..<lower + stride)
    }

    /// With what is typical of the paint where there is none within reach.
    private func filled(_ background: Patch<Float>) -> Patch<Float> {
        let known = paintPlaces(about: 1000).map { samples.values[$0] }
        let typical = Float(quantile(0.5, of: known) ?? 0)
        let values = background.values.mapped { $0.isKnown ? $0 : typical }
        return Patch(rectangle: background.rectangle, values: values)
    }
}

/// How many places of paint there are, and the sum of their samples, which wraps at 32 bits: as wide as the difference
/// of two that is looked at.
private struct PaintSum {
    /// The count in the lower half, the sum in the upper.
    private var bits: Int64

    static let zero = PaintSum(bits: 0)

    private init(bits: Int64) { self.bits = bits }

    @inline(__always)
    init(_ sample: Int16, isPaint: Bool) { bits = isPaint ? Int64(sample) << 32 | 1 : 0 }

    @inline(__always)
    static func &+ (one: PaintSum, two: PaintSum) -> PaintSum { PaintSum(bits: one.bits &+ two.bits) }

    @inline(__always)
    static func &- (one: PaintSum, two: PaintSum) -> PaintSum { PaintSum(bits: one.bits &- two.bits) }

    private var count: Int32 { Int32(truncatingIfNeeded: bits) }

    /// Not a number when there is no paint.
    var mean: Float { Float(Int32(truncatingIfNeeded: bits >> 32)) / Float(count) }
}

/// Writes the sums of a row's paint, each with what is above, to the row of `sums` that begins at `base`.
private func addUp(
    _ row: Span<Int16>,
    where paint: Span<Bool>,
    to sums: inout [PaintSum],
    at base: Int
) {
    let above = base - row.count - 1
    precondition(paint.count == row.count && above >= 0 && base + row.count < sums.count)
    var sums = sums.mutableSpan
    var total = PaintSum.zero
    // SAFETY: samples and paint are of one length, and each row of sums is one longer.
    for x in 0..<row.count {
        total = unsafe total &+ PaintSum(row[unchecked: x], isPaint: paint[unchecked: x])
        unsafe sums[unchecked: base &+ x &+ 1] = sums[unchecked: above &+ x &+ 1] &+ total
    }
}

/// Writes the differences at some corners; outside, those at the outermost.
private func subtract(
    _ upper: Span<PaintSum>,
    from lower: Span<PaintSum>,
    at corners: Range<Int>,
    into between: inout [PaintSum]
) {
    precondition(upper.count == lower.count && between.count == corners.count)
    var between = between.mutableSpan
    let inner = corners.clamped(to: 0..<lower.count)
    for corner in corners.lowerBound..<inner.lowerBound {
        between[corner - corners.lowerBound] = lower[0] &- upper[0]
    }
    // SAFETY: the inner corners have sums, and all of them a place between the two.
    for corner in inner {
        unsafe between[unchecked: corner &- corners.lowerBound] =
            lower[unchecked: corner] &- upper[unchecked: corner]
    }
    let last = lower.count - 1
    for corner in inner.upperBound..<corners.upperBound {
        between[corner - corners.lowerBound] = lower[last] &- upper[last]
    }
}

/// Writes the mean of each window to the values from `base` on.
private func takeMeans(_ corners: Span<PaintSum>, window: Int, into means: inout [Float], at base: Int) {
    let count = corners.count - window
    precondition(window >= 0 && count >= 0 && base >= 0 && base + count <= means.count)
    var means = means.mutableSpan
    // SAFETY: each window's right corner lies inside, and the means fit into the values from the base on.
    for x in 0..<count {
        let sum = unsafe corners[unchecked: x &+ window] &- corners[unchecked: x]
        unsafe means[unchecked: base &+ x] = sum.mean
    }
}

/// Where all seeds lie, on every level that is looked at.
struct SeedPlaces: Sendable {
    private let seeds: [Seed]
    /// For each level the boxes of the seeds.
    private let boxes: [[Rectangle]]

    init(_ seeds: [Seed], levelCount: Int) {
        self.seeds = seeds
        boxes = (0..<levelCount).map { level in
            seeds.map { $0.region.boundingBox.onLevel(level, from: $0.level) }
        }
    }

    /// Makes the seeds' pixels false, grown by `margin`, in a patch of a level.
    func clear(_ mask: inout Patch<Bool>, level: Int, margin: Int) {
        let near = mask.rectangle.expanded(by: margin)
        let boxes = boxes[level]
        for index in boxes.indices where boxes[index].overlaps(near) {
            let seed = seeds[index]
            for run in seed.region.runs {
                mask.fill(run.box.onLevel(level, from: seed.level).expanded(by: margin), with: false)
            }
        }
    }
}

extension Rectangle {
    fileprivate func overlaps(_ other: Rectangle) -> Bool {
        x < other.x + other.width && other.x < x + width
            && y < other.y + other.height && other.y < y + height
    }
}
