import ClearcoatImage
import ClearcoatRegions

/// Turns the seeds of all levels into candidates, one for each thing in the picture.
///
/// Best first: a seed whose place is already explained by a better candidate of the same polarity is
/// the same thing seen at another scale.
struct Selection: Sendable {
    var candidates: [Candidate] = []
    /// Seeds that turned out to be echoes of a stronger neighbour.
    var echoes: [(seed: Seed, contrastShare: Double)] = []

    /// More seeds than this are no longer single defects; the strongest are looked at.
    static let maximumSeeds = 3000

    init(_ seeds: [Seed], flattened: BandedPlane, bounds: Rectangle) {
        let ranked = seeds.sorted { left, right in
            (left.rank, right.peak.y, right.peak.x, right.level) > (
                right.rank, left.peak.y, left.peak.x, left.level
            )
        }.prefix(Self.maximumSeeds)
        let refinement = Refinement(flattened: flattened, bounds: bounds, seeds: Array(ranked))
        for seed in ranked where !isExplained(seed) {
            switch refinement.refine(seed) {
            case .candidate(let candidate):
                if !overlapsKnown(candidate) { candidates.append(candidate) }
            case .echo(let share):
                if !liesNearStronger(seed) { continue }
                echoes.append((seed, share))
            }
        }
    }

    /// Whether a candidate of the same polarity already covers the seed's place, as finely as the
    /// seed's level can tell.
    private func isExplained(_ seed: Seed) -> Bool {
        let reach = 1 << seed.level
        return candidates.contains { candidate in
            guard candidate.polarity == seed.polarity else { return false }
            let box = candidate.region.boundingBox.expanded(by: reach)
            guard box.contains(x: seed.peak.x, y: seed.peak.y) else { return false }
            let around = Rectangle(x: seed.peak.x, y: seed.peak.y, width: 1, height: 1).expanded(by: reach)
            return candidate.region.clipped(to: around) != nil
        }
    }

    /// Whether most of the candidate is already part of another one.
    private func overlapsKnown(_ candidate: Candidate) -> Bool {
        candidates.contains { known in
            guard known.polarity == candidate.polarity else { return false }
            let common = known.region.boundingBox.intersection(candidate.region.boundingBox)
            guard !common.isEmpty else { return false }
            let patch = Patch(rectangle: common, values: Array(repeating: 0, count: common.pixelCount))
            let shared = zip(patch.mask(of: [known.region]), patch.mask(of: [candidate.region]))
                .count { $0 && $1 }
            return 3 * shared > min(known.region.pixelCount, candidate.region.pixelCount)
        }
    }

    private func liesNearStronger(_ seed: Seed) -> Bool {
        let box = seed.box.expanded(by: 8 << seed.level)
        return candidates.contains { !$0.region.boundingBox.intersection(box).isEmpty }
    }
}
