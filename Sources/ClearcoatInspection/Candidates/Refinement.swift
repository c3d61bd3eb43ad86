import ClearcoatImage
import ClearcoatRegions

/// Looks at a seed in the flattened picture itself, at full resolution: is there contrast of its own,
/// and which pixels have at least half of it?
///
/// The response says where something is; its outline there is blurred by the detector and surrounded
/// by echoes of the opposite sign. Half height of the contrast is where the edge of a blurred disc lies
/// for all discs wider than the blur.
struct Refinement: Sendable {
    let flattened: BandedPlane
    let bounds: Rectangle
    /// All seeds, whose pixels are not "paint around" for one another.
    let seeds: [Seed]

    /// Why there is nothing to keep.
    enum Outcome: Sendable {
        case candidate(Candidate)
        /// The mean contrast found, as a share of the mean response.
        case echo(contrastShare: Double)
    }

    /// Less contrast than this share of the response is an echo: under a real spot there is at least as
    /// much contrast as response, under an echo next to none.
    static let leastContrastShare: Float = 0.5

    func refine(_ seed: Seed) -> Outcome {
        guard let footprint = seed.footprint(in: bounds) else { return .echo(contrastShare: 0) }
        let step = 1 << seed.level
        let sign: Float = seed.polarity == .dark ? -1 : 1
        let shape = Moments(of: footprint)
        let isElongated = shape.majorAxisLength > 3 * max(shape.minorAxisLength, 1)

        let thickness = Int((isElongated ? shape.minorAxisLength : shape.majorAxisLength).rounded(.up))
        let reach = max(8, 3 * step) + thickness / 2
        let around = footprint.boundingBox.expanded(by: reach).intersection(bounds)
        let raw = Patch(of: flattened, in: around)
        let asSeen = raw.smoothed(radius: seed.level == 0 ? 0 : step / 2)
        let paint = paintMask(of: raw, around: around, margin: step + 1)
        let typical = median(of: sampled(asSeen.values, where: paint)) ?? 0
        let background = asSeen.boxMeans(asSeen.values, where: paint, radius: reach, fallback: typical)
        let inside = raw.mask(of: [footprint])
        let seen = zip(asSeen.values, background).map { sign * ($0 - $1) }
        let covered = inside.indices.filter { inside[$0] }
        let mean = covered.reduce(0) { $0 + seen[$1] } / Float(max(covered.count, 1))
        let share = mean / seed.meanAmplitude
        guard share >= Self.leastContrastShare else { return .echo(contrastShare: Double(max(share, 0))) }

        let reachable = raw.mask(of: [footprint.dilated(by: step + 1)])
        func outline(_ heights: [Float], smoothing: Int) -> Candidate? {
            let noise = robustSpread(of: sampled(heights, where: paint))
            let height = peakHeight(covered.map { heights[$0] })
            guard height > 0 else { return nil }
            let tall = heightMask(
                heights,
                patch: raw,
                within: reachable,
                height: height,
                localRadius: isElongated ? max(4, 3 * step) : nil,
                floor: max(2.5 * noise, 0.15 * height)
            )
            let pieces = raw.regions(of: tall).filter { piece in
                piece.runs.contains { run in
                    run.columns.contains { inside[raw.index(x: $0, y: run.row)] }
                }
            }
            guard let largest = pieces.max(by: { $0.pixelCount < $1.pixelCount }) else { return nil }
            return Candidate(
                region: isElongated ? Region(runs: pieces.flatMap(\.runs)) : largest,
                polarity: seed.polarity,
                contrast: Double(sign * height / FixedContrast.one),
                noise: Double(noise / FixedContrast.one),
                smoothing: smoothing,
                seed: seed,
                surround: typical
            )
        }
        guard let first = outline(seen, smoothing: seed.level == 0 ? 2 : step + 1) else {
            return .echo(contrastShare: 0)
        }
        // Smoothed no more than its own size allows: an outline blurred by its own width is no outline.
        let radius = Int(first.thinness / 8)
        guard seed.level > 0, radius < step / 2 else { return .candidate(first) }
        let fine = zip(raw.smoothed(radius: radius).values, background).map { sign * ($0 - $1) }
        return .candidate(outline(fine, smoothing: max(2 * radius + 1, 2)) ?? first)
    }

    /// True where there is paint: no pixel of any seed, with a margin.
    private func paintMask(of patch: Patch, around: Rectangle, margin: Int) -> [Bool] {
        let near = seeds.filter { !$0.box.expanded(by: margin).intersection(around).isEmpty }
        let covered = near.compactMap { $0.footprint(in: around.expanded(by: margin))?.dilated(by: margin) }
        let paint = patch.mask(of: covered).map { !$0 }
        // Where seeds cover nearly all, what they cover least must do.
        return paint.count { $0 } * 20 > paint.count ? paint : paint.map { _ in true }
    }

    /// At most about a thousand of the values that a mask lets in, evenly spread.
    private func sampled(_ values: [Float], where mask: [Bool]) -> [Float] {
        let valid = mask.indices.filter { mask[$0] }
        let stride = max(valid.count / 1000, 1)
        return Swift.stride(from: 0, to: valid.count, by: stride).map { values[valid[$0]] }
    }

    /// The mean of the highest tenth: the height of the core, without trusting a single pixel.
    private func peakHeight(_ heights: [Float]) -> Float {
        let sorted = heights.sorted(by: >)
        guard !sorted.isEmpty else { return 0 }
        let core = sorted.prefix(max(sorted.count / 10, 1))
        return core.reduce(0, +) / Float(core.count)
    }

    /// Pixels of at least half the height: of the whole core, or of the highest point nearby, which
    /// follows a scratch that fades.
    private func heightMask(
        _ heights: [Float],
        patch: Patch,
        within reachable: [Bool],
        height: Float,
        localRadius: Int?,
        floor: Float
    ) -> [Bool] {
        guard let localRadius else {
            return heights.indices.map { reachable[$0] && heights[$0] >= height / 2 }
        }
        let masked = zip(heights, reachable).map { $1 ? $0 : 0 }
        let local = localMaxima(of: masked, width: patch.rectangle.width, radius: localRadius)
        return heights.indices.map { reachable[$0] && heights[$0] >= max(local[$0] / 2, floor) }
    }
}
