import ClearcoatImage

/// Tells a faint piece of a long edge that lies beyond the edge's end, across a gap where the edge was too
/// weak to respond.
///
/// The edge goes on in the direction in which it ended; what is as soft, faint and lies on that way belongs
/// to it, of either polarity, since an edge has a dark and a bright side. A scratch there is sharper or
/// stronger.
struct EdgeContinuation {
    /// The edges, with what they were found as.
    let edges: [(line: Line, candidate: Candidate)]

    /// The gap is at most this share of the edge's length.
    private static let gapShare = 0.5
    /// How far off the way a piece may lie: this many widths of the edge…
    private static let widths = 2.0
    /// … and this share of the distance from its end.
    private static let driftShare = 0.1
    /// A piece is at least this share as wide as the edge: a pinhole beside a soft edge is no piece of it.
    private static let leastWidthShare = 0.4
    /// A piece has at most this many times the contrast of the edge.
    private static let mostContrast = 1.5

    init(of edges: [Candidate]) {
        self.edges = edges.map { (Line($0.region), $0) }.filter(\.line.isElongated)
    }

    /// What says that a candidate continues an edge; nil when it does not.
    func evidence(_ piece: Candidate) -> Explanation.Condition? {
        guard piece.seed.level >= 1, piece.seed.response < LongEdges.faintness * piece.seed.threshold
        else { return nil }
        let line = Line(piece.region)
        return edges.lazy.compactMap { edge in self.evidence(piece, line, edge) }.first
    }

    private func evidence(
        _ piece: Candidate,
        _ line: Line,
        _ edge: (line: Line, candidate: Candidate)
    ) -> Explanation.Condition? {
        guard abs(piece.contrast) <= Self.mostContrast * abs(edge.candidate.contrast),
            line.width >= Self.leastWidthShare * edge.line.width
        else { return nil }
        for (end, sign) in [(edge.line.end, 1.0), (edge.line.start, -1.0)] {
            let heading = edge.line.heading(at: sign)
            let dx = line.centroid.x - end.x
            let dy = line.centroid.y - end.y
            let along = sign * (dx * heading.x + dy * heading.y)
            let across = abs(dy * heading.x - dx * heading.y)
            let allowed = Self.widths * edge.line.width + Self.driftShare * along
            guard along >= 0, along - line.length / 2 <= Self.gapShare * edge.line.length, across <= allowed
            else { continue }
            return Explanation.Condition(
                feature: "distanceFromEdgesLine",
                value: rounded(across),
                bound: "<= \(rounded(allowed))",
                margin: 1 - across / allowed
            )
        }
        return nil
    }
}
