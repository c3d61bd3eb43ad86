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
    private let seeds: SeedPlaces

    init(pyramid: Pyramid, seeds: [Seed]) {
        self.pyramid = pyramid
        let coarsest = seeds.map(\.level).max() ?? 0
        self.seeds = SeedPlaces(seeds, levelCount: Self.level(ofSeedsLevel: coarsest) + 1)
    }

    /// The level of a first look: a quarter of the seed's scale.
    fileprivate static func level(ofSeedsLevel level: Int) -> Int { max(level - 2, 0) }

    /// What comes of a look.
    enum Outcome: Sendable {
        case candidate(Candidate)
        /// Nothing to keep. The mean contrast found, as a share of the mean response.
        case echo(contrastShare: Double)
    }

    /// Less contrast than this share of the response is an echo: under a real spot there is at least as
    /// much contrast as response, under an echo next to none.
    static let leastContrastShare: Float = 0.5

    /// When a finer look at what a coarser level has shown already is not worth while.
    private struct Sameness {
        /// Of fewer pixels every level is asked.
        let leastPixels: Int
        /// What covers so much of both is one outline…
        let leastShareOfOutline: Double
        /// … and so is what covers so much of both it and the seed's own pixels, which the detector blurs.
        let leastShareOfFootprint: Double

        /// The contrast of what was smoothed depends on how much, less so that of large things.
        static let ofSmoothed = Sameness(
            leastPixels: 1000,
            leastShareOfOutline: 0.9,
            leastShareOfFootprint: 0.7
        )
        /// What was hardly smoothed is looked at in the same way on all finer levels.
        static let ofFine = Sameness(leastPixels: 300, leastShareOfOutline: 0.9, leastShareOfFootprint: 0.62)
    }

    /// What comes of all seeds, in their order.
    func refine(_ seeds: [Seed], with scheduler: some BandScheduler) async throws -> [Outcome] {
        let groups = Self.groups(of: seeds)
        let found = try await scheduler.map(groups.count) { refine(groups[$0].map { seeds[$0] }) }
        var outcomes = [Outcome](repeating: .echo(contrastShare: 0), count: seeds.count)
        for (group, found) in zip(groups, found) {
            for (index, outcome) in zip(group, found) { outcomes[index] = outcome }
        }
        return outcomes
    }

    /// The indices of seeds that may be looks at one thing: of one polarity, with boxes that overlap, the coarsest
    /// first, which sees the whole of it and ranks first in ``Selection``.
    private static func groups(of seeds: [Seed]) -> [[Int]] {
        var groups: [[Int]] = []
        let order = seeds.indices.sorted { (-seeds[$0].level, $0) < (-seeds[$1].level, $1) }
        for index in order {
            let seed = seeds[index]
            let same = groups.firstIndex { group in
                let other = seeds[group[0]]
                return other.level > seed.level && other.polarity == seed.polarity
                    && !other.box.intersection(seed.box).isEmpty
            }
            if let same { groups[same].append(index) } else { groups.append([index]) }
        }
        return groups
    }

    /// What comes of the seeds of a group.
    private func refine(_ group: [Seed]) -> [Outcome] {
        var known: [Candidate] = []
        return group.map { seed in
            let outcome = refine(seed, known)
            if case .candidate(let candidate) = outcome { known.append(candidate) }
            return outcome
        }
    }

    /// The one of the known candidates that has enough pixels in common with some of a seed's, as that seed's candidate.
    private static func candidate(
        _ seed: Seed,
        like known: [Candidate],
        sharing least: KeyPath<Sameness, Double>,
        with pixels: Region
    ) -> Candidate? {
        let same = known.first { candidate in
            let sameness = candidate.smoothing > 2 ? Sameness.ofSmoothed : .ofFine
            return pixels.pixelCount >= sameness.leastPixels
                && candidate.region.shareShared(with: pixels) >= sameness[keyPath: least]
        }
        guard var same else { return nil }
        same.seed = seed
        same.strongest = seed
        return same
    }

    /// - Parameter known: what coarser seeds turned out to be.
    private func refine(_ seed: Seed, _ known: [Candidate]) -> Outcome {
        if !known.isEmpty, let footprint = seed.footprint(in: pyramid.levels[0].bounds),
            let same = Self.candidate(seed, like: known, sharing: \.leastShareOfFootprint, with: footprint)
        {
            return .candidate(same)
        }
        guard let look = FirstLook(at: seed, among: seeds, in: pyramid) else {
            return .echo(contrastShare: 0)
        }
        let share = look.contrast / seed.meanAmplitude
        guard share >= Self.leastContrastShare else { return .echo(contrastShare: Double(max(share, 0))) }
        guard let outline = look.outline() else { return .echo(contrastShare: 0) }
        // An outline blurred by its own width is no outline.
        let thinness = max(Moments(of: outline.region).minorAxisLength, 1)
        let radius = min(Int(thinness / 8), (1 << seed.level) / 2)
        guard look.level > 0 || (seed.level > 0 && radius < (1 << seed.level) / 2) else {
            return .candidate(look.candidate(outline))
        }
        // A closer look would show it once more.
        if let same = Self.candidate(seed, like: known, sharing: \.leastShareOfOutline, with: outline.region)
        {
            return .candidate(same)
        }
        return .candidate(look.candidate(smoothedBy: radius, near: outline) ?? look.candidate(outline))
    }
}

extension Region {
    /// The pixels of both as a share of those of either.
    fileprivate func shareShared(with other: Region) -> Double {
        let counts = [pixelCount, other.pixelCount].sorted()
        let most = Double(counts[0]) / Double(counts[1])
        let common = boundingBox.intersection(other.boundingBox)
        // Nothing to count where even the one inside the other would be too little.
        guard most > 0.5, !common.isEmpty else { return 0 }
        let shared = Patch(of: self, in: common).countShared(with: Patch(of: other, in: common))
        return Double(shared) / Double(pixelCount + other.pixelCount - shared)
    }
}

/// A seed and what is around it, on a level of the pyramid about four times as fine as the seed's.
private struct FirstLook {
    let seed: Seed
    /// The flattened picture.
    let picture: BandedPlane
    /// The pyramid's level that is looked at, and all its places.
    let level: Int
    let bounds: Rectangle
    /// Samples of that level to one of the seed's.
    let step: Int
    let isElongated: Bool
    let surroundings: Surroundings
    /// The seed's own samples.
    let footprint: Region
    /// What is smoothed over, in samples to either side.
    let radius: Int
    /// Contrast to the background, positive for the seed's polarity, where the outline may go.
    let heights: Patch<Float>

    /// Nil when nothing of the seed lies in the picture.
    init?(at seed: Seed, among seeds: SeedPlaces, in pyramid: Pyramid) {
        self.seed = seed
        picture = pyramid.levels[0]
        level = Refinement.level(ofSeedsLevel: seed.level)
        step = 1 << (seed.level - level)
        let plane = pyramid.levels[level]
        bounds = plane.bounds
        guard let footprint = seed.region.onLevel(level, from: seed.level, in: plane.bounds) else {
            return nil
        }
        self.footprint = footprint
        let shape = Moments(of: footprint)
        isElongated = shape.majorAxisLength > 3 * max(shape.minorAxisLength, 1)
        let thickness = Int((isElongated ? shape.minorAxisLength : shape.majorAxisLength).rounded(.up))
        // Sums of windows up to so large fit 32 bits.
        let reach = min(max(8, 3 * step) + thickness / 2, 255)
        let around = footprint.boundingBox.expanded(by: reach).intersection(plane.bounds)
        surroundings = Surroundings(
            Patch<Int16>(of: plane, in: around),
            seeds: seeds,
            level: level,
            margin: step + 1,
            reach: reach
        )
        radius = seed.level == 0 ? 0 : step / 2
        // With as much more as is smoothed over.
        let near = footprint.boundingBox.expanded(by: step + 1 + max(radius, 1)).intersection(around)
        var heights = Patch<Int32>(of: plane, in: near).smoothed(radius: radius)
        heights.subtract(surroundings.background(in: near), for: seed.polarity)
        self.heights = heights
    }

    /// The mean contrast under the seed, in fixed point.
    var contrast: Float {
        var sum: Float = 0
        for run in footprint.runs {
            let start = heights.index(x: run.start, y: run.row)
            for height in heights.values[start..<start + run.length] { sum += height }
        }
        return sum / Float(footprint.pixelCount)
    }

    /// Where something is at least half as high as its core.
    struct Outline {
        /// In pixels of the picture.
        let region: Region
        let height: Float
        /// One sigma of the paint, when it was needed.
        let noise: Float?
    }

    /// What is seen on this level.
    func outline() -> Outline? {
        // The noise says where a long thin thing ends. Of all others it is asked only if nobody looks closer.
        let noise = isElongated ? self.noise : nil
        let shape = halfHeight(of: footprint, ofLevel: level, bounds, in: heights.rectangle, step: step)
        guard let found = shape.outline(heights, noise: noise ?? 0),
            let region = found.region.onLevel(0, from: level, in: picture.bounds)
        else { return nil }
        return Outline(region: region, height: found.height, noise: noise)
    }

    /// What is seen on this level, as a candidate.
    func candidate(_ outline: Outline) -> Candidate {
        candidate(
            outline.region,
            outline.height,
            outline.noise ?? noise,
            smoothing: seed.level == 0 ? 2 : (1 << seed.level) + 1
        )
    }

    /// The same at full resolution, smoothed over `2 radius + 1` pixels, around what is seen on this level.
    func candidate(smoothedBy radius: Int, near outline: Outline) -> Candidate? {
        let step = 1 << seed.level
        guard let footprint = seed.footprint(in: picture.bounds) else { return nil }
        // No further than two samples of this level from what it shows.
        let reach = (2 << level) + 2
        let around = footprint.boundingBox.expanded(by: step + 1)
            .intersection(outline.region.boundingBox.expanded(by: reach))
            .expanded(by: radius).intersection(picture.bounds)
        guard !around.isEmpty else { return nil }
        var heights = Patch(of: picture, in: around).smoothed(radius: radius)
        heights.subtract(surroundings.background(ofLevel: level, in: around), for: seed.polarity)
        let noise = self.noise(smoothedBy: radius)
        let shape = halfHeight(of: footprint, ofLevel: 0, picture.bounds, in: around, step: step)
        guard let found = shape.outline(heights, noise: noise) else { return nil }
        return candidate(found.region, found.height, noise, smoothing: max(2 * radius + 1, 2))
    }

    /// One sigma of this level, smoothed as it is looked at, where there is paint.
    private var noise: Float {
        let samples = surroundings.samples
        // Where a closer look follows, they say no more than where that is to look.
        let looks = surroundings.paintPlaces(about: seed.level == 0 ? 1000 : 300).map { place in
            let value = samples.smoothed(at: place, radius: radius)
            let height = value - surroundings.background(atPaint: place)
            return seed.polarity == .dark ? -height : height
        }
        return robustSpread(of: looks)
    }

    private func halfHeight(
        of footprint: Region,
        ofLevel level: Int,
        _ bounds: Rectangle,
        in box: Rectangle,
        step: Int
    ) -> HalfHeight {
        let inside = Patch(of: footprint, in: box)
        var reachable = Patch(rectangle: box, filledWith: false)
        // From the seed's own samples: the footprint has as many runs for each as it has rows.
        reachable.draw(
            seed.region,
            ofLevel: seed.level,
            onLevel: level,
            in: bounds,
            margin: step + 1
        )
        return HalfHeight(
            inside: inside,
            reachable: reachable,
            coreCount: footprint.pixelCount,
            localRadius: isElongated ? max(4, 3 * step) : nil
        )
    }

    /// One sigma of the smoothed picture where there is paint, from a few hundred looks.
    private func noise(smoothedBy radius: Int) -> Float {
        let box = surroundings.paint.rectangle
        let looks = surroundings.paintPlaces(about: 300).compactMap { place -> Float? in
            let x = (box.x + place % box.width) << level
            let y = (box.y + place / box.width) << level
            guard picture.bounds.contains(x: x, y: y) else { return nil }
            let window = Rectangle(x: x, y: y, width: 1, height: 1).expanded(by: max(radius, 1))
            return picture.mean(in: window.intersection(picture.bounds))
                - surroundings.background(atPaint: place)
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
    /// Leaves how far the values lie above `background`, or below it for dark things.
    fileprivate mutating func subtract(_ background: Patch<Float>, for polarity: Polarity) {
        let sign: Float = polarity == .dark ? -1 : 1
        values = values.mapped(with: background.values) { sign * ($0 - $1) }
    }
}
