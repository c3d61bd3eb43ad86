import ClearcoatImage
import ClearcoatRegions

/// Looks at a seed in the flattened picture itself: is there contrast of its own, and which pixels have
/// at least half of it?
///
/// The response says where something is; its outline there is blurred by the detector and surrounded
/// by echoes of the opposite sign. A first look, no finer than a quarter of the seed's scale, tells
/// echoes and finds the paint around. A second one at full resolution, smoothed no more than the thing's
/// own size allows, draws the outline.
struct Refinement: Sendable {
    let pyramid: Pyramid
    /// All seeds, whose pixels are not "paint around" for one another.
    let seeds: [Seed]

    /// What comes of a look.
    enum Outcome: Sendable {
        case candidate(Candidate)
        /// Nothing to keep. The mean contrast found, as a share of the mean response.
        case echo(contrastShare: Double)
    }

    /// Less contrast than this share of the response is an echo: under a real spot there is at least as
    /// much contrast as response, under an echo next to none.
    static let leastContrastShare: Float = 0.5

    func refine(_ seed: Seed) -> Outcome {
        guard let look = FirstLook(at: seed, among: seeds, in: pyramid) else {
            return .echo(contrastShare: 0)
        }
        let share = look.contrast / seed.meanAmplitude
        guard share >= Self.leastContrastShare else { return .echo(contrastShare: Double(max(share, 0))) }
        guard let first = look.candidate() else { return .echo(contrastShare: 0) }
        // An outline blurred by its own width is no outline.
        let radius = min(Int(first.thinness / 8), (1 << seed.level) / 2)
        guard look.level > 0 || (seed.level > 0 && radius < (1 << seed.level) / 2) else {
            return .candidate(first)
        }
        return .candidate(look.candidate(smoothedBy: radius) ?? first)
    }
}

/// A seed and what is around it, on a level of the pyramid about four times as fine as the seed's.
private struct FirstLook {
    let seed: Seed
    /// The flattened picture.
    let picture: BandedPlane
    /// The pyramid's level that is looked at.
    let level: Int
    /// Samples of that level to one of the seed's.
    let step: Int
    let isElongated: Bool
    let surroundings: Surroundings
    /// The seed's own samples.
    let footprint: Region
    let inside: Patch<Bool>
    /// Contrast to the background, positive for the seed's polarity.
    let heights: Patch<Float>

    /// Nil when nothing of the seed lies in the picture.
    init?(at seed: Seed, among seeds: [Seed], in pyramid: Pyramid) {
        self.seed = seed
        picture = pyramid.levels[0]
        level = max(seed.level - 2, 0)
        step = 1 << (seed.level - level)
        let plane = pyramid.levels[level]
        guard let footprint = seed.region.onLevel(level, from: seed.level, in: plane.bounds) else {
            return nil
        }
        self.footprint = footprint
        let shape = Moments(of: footprint)
        isElongated = shape.majorAxisLength > 3 * max(shape.minorAxisLength, 1)
        let thickness = Int((isElongated ? shape.minorAxisLength : shape.majorAxisLength).rounded(.up))
        let reach = max(8, 3 * step) + thickness / 2
        let around = footprint.boundingBox.expanded(by: reach).intersection(plane.bounds)
        let raw = Patch(of: plane, in: around)
        surroundings = Surroundings(raw, seeds: seeds, level: level, margin: step + 1, reach: reach)
        inside = Patch(of: footprint, in: around)
        heights = raw.smoothed(radius: seed.level == 0 ? 0 : step / 2)
            .heights(over: surroundings.background, for: seed.polarity)
    }

    /// The mean contrast under the seed, in fixed point.
    var contrast: Float {
        var sum: Float = 0
        for (isInside, height) in zip(inside.values, heights.values) where isInside { sum += height }
        return sum / Float(max(inside.count, 1))
    }

    /// What is seen on this level.
    func candidate() -> Candidate? {
        let noise = robustSpread(of: surroundings.paint.places(atMost: 1000).map { heights.values[$0] })
        guard let found = halfHeight(of: footprint, inside, step: step).outline(heights, noise: noise),
            let region = found.region.onLevel(0, from: level, in: picture.bounds)
        else { return nil }
        return candidate(region, found.height, noise, smoothing: seed.level == 0 ? 2 : (1 << seed.level) + 1)
    }

    /// The same at full resolution, smoothed over `2 radius + 1` pixels.
    func candidate(smoothedBy radius: Int) -> Candidate? {
        let step = 1 << seed.level
        guard let footprint = seed.footprint(in: picture.bounds) else { return nil }
        let around = footprint.boundingBox.expanded(by: step + 1 + radius).intersection(picture.bounds)
        let heights = Patch(of: picture, in: around).smoothed(radius: radius).heights(
            over: surroundings.background.interpolated(from: level, in: around),
            for: seed.polarity
        )
        let noise = self.noise(smoothedBy: radius)
        let shape = halfHeight(of: footprint, Patch(of: footprint, in: around), step: step)
        guard let found = shape.outline(heights, noise: noise) else { return nil }
        return candidate(found.region, found.height, noise, smoothing: max(2 * radius + 1, 2))
    }

    private func halfHeight(of footprint: Region, _ inside: Patch<Bool>, step: Int) -> HalfHeight {
        var reachable = inside
        reachable.draw(footprint, margin: step + 1)
        return HalfHeight(
            inside: inside,
            reachable: reachable,
            localRadius: isElongated ? max(4, 3 * step) : nil
        )
    }

    /// One sigma of the smoothed picture where there is paint, from a few hundred looks.
    private func noise(smoothedBy radius: Int) -> Float {
        let background = surroundings.background
        let looks = surroundings.paint.places(atMost: 300).compactMap { place -> Float? in
            let x = (background.rectangle.x + place % background.rectangle.width) << level
            let y = (background.rectangle.y + place / background.rectangle.width) << level
            guard picture.bounds.contains(x: x, y: y) else { return nil }
            let window = Rectangle(x: x, y: y, width: 1, height: 1).expanded(by: max(radius, 1))
            return picture.mean(in: window.intersection(picture.bounds)) - background.values[place]
        }
        return robustSpread(of: looks)
    }

    private func candidate(_ region: Region, _ height: Float, _ noise: Float, smoothing: Int) -> Candidate {
        let sign: Float = seed.polarity == .dark ? -1 : 1
        return Candidate(
            region: region,
            polarity: seed.polarity,
            contrast: Double(sign * height / FixedContrast.one),
            noise: Double(noise / FixedContrast.one),
            smoothing: smoothing,
            seed: seed,
            strongest: seed
        )
    }
}

extension Patch<Float> {
    /// How far the values lie above `background`, or below it for dark things.
    fileprivate func heights(over background: Patch<Float>, for polarity: Polarity) -> Patch<Float> {
        let sign: Float = polarity == .dark ? -1 : 1
        return Patch(
            rectangle: rectangle,
            values: zip(values, background.values).map { sign * ($0 - $1) }
        )
    }

    /// Values of a patch of level `level`, linearly interpolated for the pixels of `target`; beyond its
    /// border the outermost ones.
    fileprivate func interpolated(from level: Int, in target: Rectangle) -> Patch<Float> {
        func places(_ pixels: Range<Int>, _ samples: Range<Int>) -> [(lower: Int, upper: Int, share: Float)] {
            let step = 1 << level
            return pixels.map { pixel in
                let lower = pixel >> level
                return (
                    min(max(lower, samples.lowerBound), samples.upperBound - 1) - samples.lowerBound,
                    min(max(lower + 1, samples.lowerBound), samples.upperBound - 1) - samples.lowerBound,
                    Float(pixel - lower * step) / Float(step)
                )
            }
        }
        let columns = places(target.columns, rectangle.columns)
        var result: [Float] = []
        result.reserveCapacity(target.pixelCount)
        for row in places(target.rows, rectangle.rows) {
            let upper = row.lower * rectangle.width
            let lower = row.upper * rectangle.width
            for column in columns {
                let above = mix(values[upper + column.lower], values[upper + column.upper], column.share)
                let below = mix(values[lower + column.lower], values[lower + column.upper], column.share)
                result.append(mix(above, below, row.share))
            }
        }
        return Patch(rectangle: target, values: result)
    }
}

private func mix(_ one: Float, _ two: Float, _ share: Float) -> Float { one + (two - one) * share }
