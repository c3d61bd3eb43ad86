import ClearcoatImage
import ClearcoatRegions

/// Turns the seeds of all levels into candidates, one for each thing in the picture.
///
/// Every seed is measured; then best first, and what a better candidate of the same polarity already
/// covers is the same thing seen at another scale.
struct Selection: Sendable {
    var candidates: [Candidate] = []
    /// Measured near misses, apart from candidates: the faint ends of lines are among them.
    var nearMisses: [Candidate] = []
    /// Seeds that turned out to be echoes of a stronger neighbour.
    var echoes: [(seed: Seed, contrastShare: Double)] = []

    /// More seeds than this are no longer single defects; the strongest are looked at.
    static let maximumSeeds = 1500
    /// So many near misses are measured, the strongest.
    private static let mostNearMisses = 200
    /// Beside a spot of the other polarity that is so much stronger, ringing of lens and JPEG is as strong.
    /// With a larger share the two are parts of one defect: see ``PolarityPairs``.
    static let leastOppositeShare = PolarityPairs.leastContrastShare
    /// So many samples around a spot its response rings, up to the inverse of this share of it.
    private static let ringingReach = 10
    private static let leastRinging: Float = 2.5
    /// What has less contrast for its response, as a share of what the stronger spot has, is ringing.
    private static let leastRingingShare = 0.6

    init(_ found: LevelSeeds, on pyramid: Pyramid, with scheduler: some BandScheduler) async throws {
        let strongest = Self.strongest(Self.maximumSeeds, of: found.seeds)
        let near = Self.strongest(Self.mostNearMisses, of: Self.endsOfLines(found))
        let refinement = Refinement(pyramid: pyramid, seeds: strongest)
        var measured: [Candidate] = []
        let seeds = strongest + near
        let outcomes = try await refinement.refine(seeds, with: scheduler)
        for (index, outcome) in outcomes.enumerated() {
            switch outcome {
            case .candidate(let candidate) where index < strongest.count: measured.append(candidate)
            case .candidate(let candidate): nearMisses.append(candidate)
            case .echo(let share) where index < strongest.count: echoes.append((seeds[index], share))
            case .echo: break
            }
        }
        measured.sort { left, right in
            (left.rank, right.seed.peak.y, right.seed.peak.x) > (
                right.rank, left.seed.peak.y, left.seed.peak.x
            )
        }
        for candidate in measured { consider(candidate) }
        let known = candidates
        nearMisses.removeAll { near in known.contains { Self.isSame($0, near) } }
        echoes.removeAll { echo in
            let box = echo.seed.box.expanded(by: 8 << echo.seed.level)
            return !known.contains { !$0.region.boundingBox.intersection(box).isEmpty }
        }
    }

    /// The near misses that lie no further from an elongated seed of their polarity than ``FragmentJoiner`` reaches.
    private static func endsOfLines(_ found: LevelSeeds) -> [Seed] {
        let lines = found.seeds.filter { LineAxis($0.region).isElongated }.map { seed in
            (polarity: seed.polarity, box: seed.box.expanded(by: Int(FragmentJoiner.largestGap)))
        }
        return found.nearMisses.filter { near in
            // Coarser levels see nothing thin.
            near.level <= 2
                && lines.contains { $0.polarity == near.polarity && !$0.box.intersection(near.box).isEmpty }
        }
    }

    private static func strongest(_ count: Int, of seeds: [Seed]) -> [Seed] {
        let order = seeds.sorted { left, right in
            (left.excess, right.peak.y, right.peak.x, right.level)
                > (right.excess, left.peak.y, left.peak.x, left.level)
        }
        return Array(order.prefix(count))
    }

    /// Takes a candidate in, unless what is known covers it; if it is the larger whole of what is known
    /// only in part, it takes its place.
    private mutating func consider(_ candidate: Candidate) {
        let same = candidates.indices.filter { Self.isSame(candidates[$0], candidate) }
        if same.isEmpty {
            if let share = shareOfStrongerOpposite(candidate), share < Self.leastOppositeShare {
                echoes.append((candidate.seed, share))
            } else if let share = shareOfRinging(candidate) {
                echoes.append((candidate.seed, share))
            } else {
                candidates.append(candidate)
            }
            return
        }
        let isWhole = same.allSatisfy { index in
            let part = candidates[index]
            return 2 * candidate.region.pixelCount > 3 * part.region.pixelCount
                && abs(candidate.contrast) >= 0.6 * abs(part.contrast)
        }
        guard isWhole else {
            for index in same { candidates[index].join(evidence: candidate) }
            return
        }
        var whole = candidate
        for index in same.reversed() { whole.join(evidence: candidates.remove(at: index)) }
        candidates.append(whole)
    }

    /// Whether two are the same thing: of one polarity, and the known one covers the other's peak, as finely
    /// as its level can tell, or they share a good part of their pixels.
    private static func isSame(_ known: Candidate, _ candidate: Candidate) -> Bool {
        guard known.polarity == candidate.polarity else { return false }
        let reach = 1 << candidate.seed.level
        let common = known.region.boundingBox.expanded(by: reach).intersection(candidate.region.boundingBox)
        if common.isEmpty { return false }
        // A strong spot inside a large weak stain is a thing of its own, and so is the stain. A strong place
        // of a thin line is part of the line.
        let isInside =
            candidate.thinness > 2 * known.thinness
            && candidate.region.pixelCount > 8 * known.region.pixelCount
            && abs(known.contrast) > 2 * abs(candidate.contrast)
        if isInside { return false }
        let peak = candidate.seed.peak
        let aroundPeak = Rectangle(x: peak.x, y: peak.y, width: 1, height: 1).expanded(by: reach)
        if known.region.clipped(to: aroundPeak) != nil { return true }
        let shared = Patch(of: known.region, in: common)
            .countShared(with: Patch(of: candidate.region, in: common))
        return 3 * shared > min(known.region.pixelCount, candidate.region.pixelCount)
    }

    /// Its contrast for its response as a share of what a stronger candidate nearby has, if that is so little that
    /// its response is the other's: around a strong spot the response of the same level rings.
    private func shareOfRinging(_ candidate: Candidate) -> Double? {
        let seed = candidate.seed
        let box = candidate.region.boundingBox.expanded(by: Self.ringingReach << seed.level)
        let shares = candidates.compactMap { known -> Double? in
            guard let other = [known.strongest, known.seed].first(where: { $0.level == seed.level }),
                other.response >= Self.leastRinging * seed.response,
                !known.region.boundingBox.intersection(box).isEmpty
            else { return nil }
            return abs(candidate.contrast / known.contrast) / Double(seed.response / other.response)
        }
        guard let share = shares.min(), share < Self.leastRingingShare else { return nil }
        return share
    }

    /// Its contrast as a share of that of a touching candidate of the other polarity, if there is a
    /// stronger one.
    private func shareOfStrongerOpposite(_ candidate: Candidate) -> Double? {
        let reach = 2 * candidate.smoothing + 2
        let box = candidate.region.boundingBox.expanded(by: reach)
        let touching = candidates.filter { known in
            known.polarity != candidate.polarity && abs(known.contrast) > abs(candidate.contrast)
                && known.region.clipped(to: box) != nil
        }
        return touching.map { abs(candidate.contrast / $0.contrast) }.min()
    }
}

extension Candidate {
    /// Which of two candidates at the same place describes it better: the one with more contrast, but of
    /// two with about the same, the one seen on the coarser level, which sees the whole of it. A spot
    /// smaller than a level loses more contrast there than this gains.
    fileprivate var rank: Double { abs(contrast) * [1, 1.15, 1.32, 1.52, 1.75, 2.01][min(seed.level, 5)] }
}
