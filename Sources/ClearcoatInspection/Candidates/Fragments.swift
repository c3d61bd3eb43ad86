import ClearcoatImage
import ClearcoatRegions

/// Joins the fragments of one broken line: a scratch that skips is one finding, with its whole length.
///
/// Two candidates of the same polarity are joined when at least one is elongated, the gap between their
/// nearest ends is small against them, and the other lies on the line's continuation.
struct FragmentJoiner {
    /// The gap may be this share of the longer fragment, but not over ``largestGap``.
    static let gapShare = 0.6
    /// Pixels.
    static let largestGap = 100.0
    /// The cosine of the largest angle between a line and the way to the next fragment: 20°.
    static let leastAlignment = 0.94
    /// The same where the gap is over ``wideGap`` pixels: 10°.
    static let leastAlignmentAcrossWideGap = 0.985
    static let wideGap = 40.0

    /// - Parameters:
    ///   - candidates: what is found.
    ///   - nearMisses: what is none by itself but may be the faint end of a line.
    static func join(_ candidates: [Candidate], nearMisses: [Candidate] = []) -> [Candidate] {
        var parts =
            candidates.map { Part(candidate: $0, line: Line($0.region), isFound: true) }
            + nearMisses.map { Part(candidate: $0, line: Line($0.region), isFound: false) }
        var joined = true
        while joined {
            joined = false
            search: for i in parts.indices where parts[i].isFound && parts[i].line.isElongated {
                for j in parts.indices where j != i && belong(parts[i], parts[j]) {
                    let merged = merge(parts[i].candidate, parts[j].candidate)
                    parts[min(i, j)] = Part(candidate: merged, line: Line(merged.region), isFound: true)
                    parts.remove(at: max(i, j))
                    joined = true
                    break search
                }
            }
        }
        return parts.filter(\.isFound).map(\.candidate)
    }

    private struct Part {
        let candidate: Candidate
        let line: Line
        let isFound: Bool
    }

    /// Whether `other` continues the line of `part`.
    private static func belong(_ part: Part, _ other: Part) -> Bool {
        guard part.candidate.polarity == other.candidate.polarity else { return false }
        guard part.line.length >= other.line.length else { return false }
        let allowed = min(max(gapShare * part.line.length, 6), largestGap)
        let reach = Int(allowed) + 1
        let near = part.candidate.region.boundingBox.expanded(by: reach)
        guard !near.intersection(other.candidate.region.boundingBox).isEmpty else { return false }
        // A spot wider than the line is a thing of its own.
        guard other.line.width <= 2.5 * max(part.line.width, 1.5) else { return false }

        let ends = [(part.line.end, 1.0), (part.line.start, -1.0)]
        return ends.contains { end, sign in
            let near = end.distance(to: other.line.start) <= end.distance(to: other.line.end)
            let nearEnd = near ? other.line.start : other.line.end
            let farEnd = near ? other.line.end : other.line.start
            let gap = end.distance(to: nearEnd)
            guard gap <= allowed else { return false }
            let heading = part.line.heading(at: sign)
            func alignment(_ target: Point) -> Double {
                let distance = max(end.distance(to: target), 1)
                return sign * ((target.x - end.x) * heading.x + (target.y - end.y) * heading.y) / distance
            }
            let least = gap > wideGap ? leastAlignmentAcrossWideGap : leastAlignment
            let acrossGap = gap <= 3 || alignment(nearEnd) >= least
            return acrossGap && alignment(farEnd) >= least - 0.06
        }
    }

    private static func merge(_ one: Candidate, _ two: Candidate) -> Candidate {
        var result = abs(one.seed.response) >= abs(two.seed.response) ? one : two
        result.join(evidence: one)
        result.join(evidence: two)
        let total = Double(one.region.pixelCount + two.region.pixelCount)
        result.contrast =
            (one.contrast * Double(one.region.pixelCount) + two.contrast * Double(two.region.pixelCount))
            / total
        result.region = one.region.union(two.region)
        result.fragments = one.fragments + two.fragments
        return result
    }
}

extension Line {
    /// The direction at the line's start (-1) or end (+1), from the last third of its course, as a unit
    /// vector that points from start to end.
    func heading(at side: Double) -> (x: Double, y: Double) {
        let count = max(course.count / 3, 2)
        let indices = side > 0 ? Array(course.indices.suffix(count)) : Array(course.indices.prefix(count))
        let points = indices.compactMap { point($0, offset: 0) }
        guard let from = points.first, let to = points.last, from.distance(to: to) > 1 else {
            return direction
        }
        let distance = from.distance(to: to)
        return ((to.x - from.x) / distance, (to.y - from.y) / distance)
    }
}
