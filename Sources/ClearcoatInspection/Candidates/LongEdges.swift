import ClearcoatImage
import ClearcoatRegions

/// Tells style lines, gaps and panel borders from scratches.
///
/// All are long and thin. But a scratch lies *on* a surface: the paint is equally bright on both sides,
/// and it ends. An edge separates two surfaces: its sides differ by a good part of its contrast, or it
/// runs from one border of the picture to another.
struct LongEdges {
    let flattened: BandedPlane
    let bounds: Rectangle
    /// Which cells are judged.
    let background: Background
    /// Shorter lines, in pixels, are always defects.
    let leastLength: Double

    /// The difference of the sides, as a share of the contrast, from which a line is an edge.
    static let leastStepShare = 0.4
    /// The difference is at least this many times its own standard error: of a faint scratch on rough paint any
    /// difference is a good part of the contrast.
    static let leastStepErrors = 3.0
    /// The share of a candidate's rows that touch an area that is not judged, from which it belongs to
    /// that area's border.
    static let leastContactShare = 0.3
    /// A scratch is thinner than this, in pixels…
    static let leastSoftWidth = 5.0
    /// … or responds with more than this many thresholds.
    static let faintness: Float = 1.5
    /// Lines of this width, in pixels, are too wide for a scratch: half a picture long, they are the edge of
    /// a lamp's reflection or a crease.
    static let softWidth = 8.0
    /// A line that comes this near to the border has reached it, in pixels.
    static let borderReach = 6.0

    /// What says that a candidate is an edge; nil when it is a defect.
    func evidence(_ candidate: Candidate) -> Explanation.Condition? {
        if let contact = contact(candidate) { return contact }
        let line = Line(candidate.region)
        if let length = lengthOfContinuation(candidate, line) {
            return Explanation.Condition(
                feature: "lengthWithContinuation",
                value: length,
                bound: ">= \(leastSpan)",
                margin: length / leastSpan - 1
            )
        }
        guard line.isElongated, line.length >= leastLength else { return nil }
        if reachesBorder(line.start), reachesBorder(line.end), line.length >= leastSpan {
            return Explanation.Condition(
                feature: "spanFromBorderToBorder",
                value: line.length,
                bound: ">= \(leastSpan)",
                margin: line.length / leastSpan - 1
            )
        }
        if line.width >= Self.softWidth, line.length >= leastSpan {
            return Explanation.Condition(
                feature: "lengthOfSoftEdge",
                value: line.length,
                bound: ">= \(leastSpan)",
                margin: line.length / leastSpan - 1
            )
        }
        let share = stepShare(candidate, line)
        guard share >= Self.leastStepShare else { return nil }
        return Explanation.Condition(
            feature: "differenceOfSides",
            value: share,
            bound: ">= \(Self.leastStepShare)",
            margin: share / Self.leastStepShare - 1
        )
    }

    /// The length of the soft line that the candidate is a piece of, if it spans half the picture. Scratches
    /// are thinner, and not so faint.
    private func lengthOfContinuation(_ candidate: Candidate, _ line: Line) -> Double? {
        // A ridge is faint by definition: of it only the width can tell.
        let isFaint =
            candidate.seed.detector == .blob
            && candidate.seed.response < Self.faintness * candidate.seed.threshold
        guard candidate.seed.level >= 1, line.length >= 1.8 * line.width,
            isFaint || line.width >= Self.leastSoftWidth
        else { return nil }
        let continuation = LineContinuation(flattened: flattened, bounds: bounds)
        let length = continuation.totalLength(of: candidate, line)
        return length >= leastSpan ? length : nil
    }

    /// Whether it lies along an area that is not judged: the border of the part, or of glare.
    private func contact(_ candidate: Candidate) -> Explanation.Condition? {
        let size = CellGrid.cellSize
        let reach = 2 * candidate.smoothing
        var touching = 0
        for run in candidate.region.runs {
            let isTouching = [-reach, reach].contains { offset in
                [
                    (run.start + offset, run.row), (run.end - 1 + offset, run.row),
                    (run.start, run.row + offset),
                ]
                .contains { x, y in
                    bounds.contains(x: x, y: y)
                        && !background.judged[y / size * background.columns + x / size]
                }
            }
            if isTouching { touching += 1 }
        }
        let share = Double(touching) / Double(candidate.region.runs.count)
        guard share >= Self.leastContactShare else { return nil }
        return Explanation.Condition(
            feature: "contactWithExcludedArea",
            value: share,
            bound: ">= \(Self.leastContactShare)",
            margin: share / Self.leastContactShare - 1
        )
    }

    private var leastSpan: Double { 0.5 * Double(min(bounds.width, bounds.height)) }

    private func reachesBorder(_ point: Point) -> Bool {
        point.x < Self.borderReach || point.y < Self.borderReach
            || point.x > Double(bounds.width - 1) - Self.borderReach
            || point.y > Double(bounds.height - 1) - Self.borderReach
    }

    /// How much of the contrast is a step from one side to the other.
    ///
    /// A slope of the light makes sides differ in proportion to their distance, which is taken out. Far
    /// from the shaded side of a run the paint is as before; beyond an edge it is not.
    private func stepShare(_ candidate: Candidate, _ line: Line) -> Double {
        let near = line.width / 2 + Double(2 * candidate.smoothing) + 2
        let steps = [1.0, 2, 3].map { sides(of: line, distance: $0 * near) }
        let atLine = 2 * difference(of: steps[0]) - difference(of: steps[1])
        let farOff = difference(of: steps[2])
        guard atLine * farOff > 0, abs(farOff) >= Self.leastStepErrors * error(of: steps[2]) else { return 0 }
        return min(abs(atLine), abs(farOff)) / max(abs(candidate.contrast), 1e-6)
    }

    /// The paint at a distance on one side and on the other.
    private func sides(of line: Line, distance: Double) -> [[Float]] {
        [-1.0, 1.0].map { sign in
            var side: [Float] = []
            side.reserveCapacity(3 * line.course.count)
            for index in line.course.indices {
                for offset in [-1.0, 0, 1] {
                    guard let point = line.point(index, offset: sign * (distance + offset)) else { continue }
                    let x = point.x.nearest
                    let y = point.y.nearest
                    if bounds.contains(x: x, y: y) { side.append(Float(flattened[x, y])) }
                }
            }
            return side
        }
    }

    /// Median of the second side less that of the first; 0 when there is nothing on one of them.
    private func difference(of sides: [[Float]]) -> Double {
        guard let one = median(of: sides[0]), let two = median(of: sides[1]) else { return 0 }
        return Double(two - one) / Double(FixedContrast.one)
    }

    /// The standard error of that difference.
    private func error(of sides: [[Float]]) -> Double {
        let variance = sides.reduce(0) { sum, side in
            let error = 1.2533 * Double(robustSpread(of: side)) / Double(side.count).squareRoot()
            return sum + error * error
        }
        return variance.squareRoot() / Double(FixedContrast.one)
    }
}
