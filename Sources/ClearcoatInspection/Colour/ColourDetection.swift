import ClearcoatImage
import ClearcoatRegions

/// Looks for places of another colour than the surface around them, with the machinery of the luminance: levels,
/// local noise, thresholds from the same budget, both signs of a* and of b*.
struct ColourDetection: Sendable {
    private let deviation: ColourDeviation
    /// Of a* and of b*.
    private let pyramids: [Pyramid]
    private let bounds: Rectangle

    /// More seeds than this are no longer single stains; the strongest are looked at.
    private static let maximumSeeds = 200
    /// So much of a unit of CIELAB counts as noise at least.
    ///
    /// As a place must differ by about five times that to be found, it is a unit, the least that an eye can see;
    /// and two in a JPEG, which rounds whole blocks of 16 pixels to steps of more than one, few of them at a time
    /// where the paint is quiet.
    private static func leastNoise(_ encoding: ColourCells.Encoding) -> Float {
        switch encoding {
        case .rgb: 0.2
        case .yCbCr: 0.4
        }
    }

    /// A seed of one of the two channels, in the samples of its own level of the cells.
    private struct ChannelSeed {
        var channel: Int
        var seed: Seed
    }

    /// What was found, in pixels of the picture.
    struct Outcome {
        var candidates: [Candidate] = []
        var nearMisses: [Seed] = []
        var echoes: [(seed: Seed, contrastShare: Double)] = []
    }

    init(
        _ deviation: ColourDeviation,
        levelCount: Int,
        bounds: Rectangle,
        with scheduler: some BandScheduler
    ) async throws {
        self.deviation = deviation
        self.bounds = bounds
        var pyramids: [Pyramid] = []
        for plane in deviation.planes {
            pyramids.append(try await Pyramid(plane, levelCount: levelCount + 2, with: scheduler))
        }
        self.pyramids = pyramids
    }

    /// - Parameter judgedShares: of the luminance's blocks.
    func run(
        _ plan: InspectionPlan,
        bandHeight: Int,
        flattened: BandedPlane,
        judgedShares: JudgedShares,
        with scheduler: some BandScheduler
    ) async throws -> Outcome {
        var outcome = Outcome()
        var seeds: [ChannelSeed] = []
        for (channel, pyramid) in pyramids.enumerated() {
            for level in 0..<plan.colourLevelCount {
                let found = try await pyramid.response(level, bandHeight: bandHeight, with: scheduler)
                let noise = NoiseMap(
                    found.blocks,
                    floor: Self.leastNoise(deviation.encoding) * ColourDeviation.one,
                    normalThreshold: plan.colourThreshold(ofLevel: level),
                    factor: plan.thresholdFactor,
                    judgedShare: judgedShares.shares(of: found.blocks, level: level + ColourDeviation.level)
                )
                let runs = CandidateRuns.growing(
                    in: found.plane,
                    blocks: found.blocks,
                    noise: noise,
                    lowShare: InspectionPlan.lowShare,
                    nearShare: LevelSeeds.nearShare
                )
                for (runs, side) in [(runs.dark, Polarity.dark), (runs.bright, .bright)] {
                    let sideSeeds = LevelSeeds(
                        runs,
                        polarity: side,
                        level: level,
                        response: found.plane,
                        noise: noise,
                        lowShare: InspectionPlan.lowShare
                    )
                    seeds += sideSeeds.seeds.map { ChannelSeed(channel: channel, seed: $0) }
                    outcome.nearMisses += sideSeeds.nearMisses.map(onPicture)
                }
            }
        }
        try Task.checkCancellation()
        measure(seeds, on: flattened, into: &outcome)
        return outcome
    }

    /// Best first; what a better one covers is the same thing seen in the other channel or at another scale.
    private func measure(_ seeds: [ChannelSeed], on flattened: BandedPlane, into outcome: inout Outcome) {
        let strongest = seeds.sorted { left, right in
            (left.seed.excess, right.seed.peak.y, right.seed.peak.x, right.seed.level, right.channel)
                > (right.seed.excess, left.seed.peak.y, left.seed.peak.x, left.seed.level, left.channel)
        }.prefix(Self.maximumSeeds)
        for found in strongest {
            let seed = onPicture(found.seed)
            let place = Rectangle(x: seed.peak.x, y: seed.peak.y, width: 1, height: 1).expanded(
                by: 1 << seed.level
            )
            if outcome.candidates.contains(where: { $0.region.clipped(to: place) != nil }) { continue }
            switch measured(found, seed, on: flattened) {
            case .candidate(let candidate)?:
                let box = candidate.region.boundingBox
                let isKnown = outcome.candidates.contains { known in
                    let common = box.intersection(known.region.boundingBox)
                    if common.isEmpty { return false }
                    let shared = Patch(of: known.region, in: common)
                        .countShared(with: Patch(of: candidate.region, in: common))
                    return 3 * shared > min(known.region.pixelCount, candidate.region.pixelCount)
                }
                if isKnown { continue }
                if let share = shareOfStrongerOpposite(candidate, outcome.candidates),
                    share < Double(Refinement.leastContrastShare)
                {
                    outcome.echoes.append((seed, share))
                } else {
                    outcome.candidates.append(candidate)
                }
            case .echo(let share)?: outcome.echoes.append((seed, share))
            case nil: break
            }
        }
    }

    /// How large its difference is beside that of a stronger neighbour that differs the other way; nil without one.
    /// Around a stain both the response and the estimate of the surface swing back.
    private func shareOfStrongerOpposite(_ candidate: Candidate, _ known: [Candidate]) -> Double? {
        guard let own = candidate.colour else { return nil }
        let box = candidate.region.boundingBox.expanded(by: 2 * candidate.smoothing)
        return known.compactMap { neighbour in
            guard let other = neighbour.colour, other.difference > own.difference,
                own.a * other.a + own.b * other.b < 0, neighbour.region.clipped(to: box) != nil
            else { return nil }
            return own.difference / other.difference
        }.min()
    }

    private enum Measured {
        case candidate(Candidate)
        case echo(contrastShare: Double)
    }

    private func measured(_ found: ChannelSeed, _ seed: Seed, on flattened: BandedPlane) -> Measured? {
        // Outlined a level finer than it was seen on: as sharp as the noise allows.
        let level = max(found.seed.level - 1, 0)
        let plane = pyramids[0].levels[level].bounds
        let core = found.seed.region.boundingBox.onLevel(level, from: found.seed.level)
        let box = core.expanded(by: max(core.width, core.height) / 2 + 4).intersection(plane)
        guard !box.isEmpty,
            let under = found.seed.region.onLevel(level, from: found.seed.level, in: box)
        else { return nil }
        let inside = Patch(of: under, in: box)
        var around = Patch(rectangle: box, filledWith: false)
        around.draw(under, margin: 2)
        let values = pyramids.map { Patch<Int32>(of: $0.levels[level], in: box).smoothed(radius: 0) }
        // The difference to what is around, and its direction in the plane of a* and b*.
        let difference = values.map { patch in
            let paint = patch.values.indices.filter { !around.values[$0] }.map { patch.values[$0] }
            let local = median(of: paint) ?? 0
            return (local: local, mean: patch.mean(where: inside) - local)
        }
        let own = difference[found.channel].mean * (found.seed.polarity == .dark ? -1 : 1)
        let share = own / max(found.seed.meanAmplitude, 1)
        guard share >= Refinement.leastContrastShare else {
            return .echo(contrastShare: Double(max(share, 0)))
        }
        let size = (difference[0].mean * difference[0].mean + difference[1].mean * difference[1].mean)
            .squareRoot()
        var heights = Patch<Float>(rectangle: box, filledWith: 0)
        for place in heights.values.indices {
            let a = values[0].values[place] - difference[0].local
            let b = values[1].values[place] - difference[1].local
            heights.values[place] = (a * difference[0].mean + b * difference[1].mean) / size
        }
        let half = HalfHeight(
            inside: inside,
            reachable: Patch(rectangle: box, filledWith: true),
            localRadius: nil
        )
        guard let outline = half.outline(heights, noise: found.seed.sigma),
            let region = pixels(of: outline.region, level: level)
        else { return nil }
        let contrast = flattened.mean(of: region)
        return .candidate(
            Candidate(
                region: region,
                polarity: contrast < 0 ? .dark : .bright,
                opposite: nil,
                contrast: Double(contrast),
                noise: Double(found.seed.sigma / ColourDeviation.one),
                smoothing: ColourCells.side << level,
                seed: seed,
                strongest: seed,
                colour: ColourEvidence(
                    difference: Double(outline.height / ColourDeviation.one),
                    a: Double(difference[0].mean / ColourDeviation.one),
                    b: Double(difference[1].mean / ColourDeviation.one),
                    edgeSharpness: sharpness(of: outline, heights) / Double(ColourCells.side << level)
                )
            )
        )
    }

    /// How fast the difference falls off at the outline, in shares of its height a sample.
    private func sharpness(of outline: (region: Region, height: Float), _ heights: Patch<Float>) -> Double {
        let region = outline.region
        var slopes: [Float] = []
        for run in region.runs {
            for x in [run.start, run.end - 1] {
                let dx = heights.clamped(x: x + 1, y: run.row) - heights.clamped(x: x - 1, y: run.row)
                let dy = heights.clamped(x: x, y: run.row + 1) - heights.clamped(x: x, y: run.row - 1)
                slopes.append((dx * dx + dy * dy).squareRoot() / 2)
            }
        }
        return Double((median(of: slopes) ?? 0) / outline.height)
    }

    /// The pixels that samples of a level of the cells stand for.
    private func pixels(of region: Region, level: Int) -> Region? {
        let side = ColourCells.side
        // Sample x stands for half its step to either side of the middle of cell x·2^level.
        let reach = side << level
        let start = side / 2 - reach / 2
        let runs = region.runs.flatMap { run in
            let first = deviation.origin.x + run.start * reach + start
            let top = deviation.origin.y + run.row * reach + start
            return (top..<top + reach).map { row in
                Run(row: row, start: first, end: first + run.columns.count * reach)
            }
        }
        return Region(runs: runs).clipped(to: bounds)
    }

    /// The same seed on the levels and pixels of the picture.
    private func onPicture(_ seed: Seed) -> Seed {
        let x = deviation.origin.x + ColourCells.side * seed.peak.x + ColourCells.side / 2
        let y = deviation.origin.y + ColourCells.side * seed.peak.y + ColourCells.side / 2
        return Seed(
            detector: seed.detector,
            channel: .colour,
            level: seed.level + ColourDeviation.level,
            polarity: seed.polarity,
            region: seed.region,
            peak: PixelCoordinate(x: min(max(x, 0), bounds.width - 1), y: min(max(y, 0), bounds.height - 1)),
            response: seed.response,
            meanAmplitude: seed.meanAmplitude,
            threshold: seed.threshold,
            lowThreshold: seed.lowThreshold,
            sigma: seed.sigma
        )
    }
}

/// How a candidate's colour differs from the surface around it.
struct ColourEvidence: Sendable {
    /// The difference of its core in CIELAB, at the surface's lightness.
    let difference: Double
    /// The mean difference in a*.
    let a: Double
    /// The mean difference in b*.
    let b: Double
    /// How fast it falls off at the outline, in shares of it a pixel.
    let edgeSharpness: Double
}

extension Patch<Float> {
    /// The mean where a mask of the same rectangle is true; 0 where it nowhere is.
    fileprivate func mean(where mask: Patch<Bool>) -> Float {
        var sum: Float = 0
        var count: Float = 0
        for place in values.indices where mask.values[place] {
            sum += values[place]
            count += 1
        }
        return count > 0 ? sum / count : 0
    }
}

extension BandedPlane {
    /// The mean relative contrast of a region.
    fileprivate func mean(of region: Region) -> Float {
        var sum = 0
        for run in region.runs {
            withRow(run.row) { row in for x in run.columns { sum += Int(row[x]) } }
        }
        return Float(sum) / Float(max(region.pixelCount, 1)) / FixedContrast.one
    }
}
