import ClearcoatImage
import ClearcoatRegions

/// Joins dark and bright parts of one defect: the pit and the rim of a crater, the lit and the shaded
/// side of a dent or a run.
struct PolarityPairs {
    /// The weaker part has at least this share of the stronger one's contrast.
    static let leastContrastShare = 0.3
    /// The smaller part has at least this share of the larger one's pixels.
    static let leastAreaShare = 0.08

    static func join(_ candidates: [Candidate]) -> [Candidate] {
        // Strongest first, so that a weak part goes to its strongest neighbour.
        let ranked = candidates.sorted { left, right in
            let one = abs(left.contrast)
            let two = abs(right.contrast)
            return one != two ? one > two : left.region.runs[0] < right.region.runs[0]
        }
        var result: [Candidate] = []
        var taken = Set<Int>()
        for index in ranked.indices where !taken.contains(index) {
            var candidate = ranked[index]
            for other in ranked.indices where other > index && !taken.contains(other) {
                guard belong(candidate, ranked[other]) else { continue }
                taken.insert(other)
                candidate = merge(candidate, ranked[other])
            }
            result.append(candidate)
        }
        return result
    }

    private static func belong(_ strong: Candidate, _ weak: Candidate) -> Bool {
        guard strong.seed.polarity != weak.polarity, weak.polarity != .mixed else { return false }
        guard abs(weak.contrast) >= leastContrastShare * abs(strong.contrast) else { return false }
        let areas = [strong.dominant.pixelCount, weak.region.pixelCount].sorted()
        guard Double(areas[0]) >= leastAreaShare * Double(areas[1]) else { return false }
        // Half heights of neighbouring parts are separated by the blur and by the slope between them.
        // Soft parts of a dent or a run lie further apart, by about half their width.
        let isSoft = strong.seed.level > 0 && weak.seed.level > 0
        let width = isSoft ? Int(min(strong.thinness, weak.thinness) / 2) : 0
        let reach = max(2, (strong.smoothing + weak.smoothing) / 2, width)
        let common = strong.region.boundingBox.expanded(by: reach).intersection(weak.region.boundingBox)
        guard !common.isEmpty else { return false }
        var near = Patch(rectangle: common, filledWith: false)
        near.draw(strong.region, margin: reach)
        return near.countShared(with: Patch(of: weak.region, in: common)) > 0
    }

    private static func merge(_ strong: Candidate, _ weak: Candidate) -> Candidate {
        var result = strong
        result.polarity = .mixed
        result.join(evidence: weak)
        result.opposite = strong.opposite.map { $0.union(weak.region) } ?? weak.region
        result.region = strong.region.union(weak.region)
        return result
    }
}
