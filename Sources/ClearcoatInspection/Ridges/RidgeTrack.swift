import ClearcoatImage

/// Follows a ridge through a level's samples: of all courses near a chain of segments that bend little, the
/// one with the strongest samples, from where it begins to stand out to where it ends.
///
/// - Complexity: O(*n*) for *n* samples along the chain: the best course to each place beside each node comes
///   from the best ones to the node before (dynamic programming).
struct RidgeTrack: Sendable {
    /// Along the ridge, a few samples apart, in the level's samples.
    let points: [Point]

    /// Samples from one node to the next.
    private static let step = 4.0
    /// Samples to either side that are looked at.
    private static let reach = 5
    /// Values beside a node.
    private static let width = 2 * reach + 1
    /// Samples that are looked at beyond the chain's ends.
    private static let lookahead = Double(LineSums.length)

    /// Nil when nothing stands out.
    init?(along chain: [Point], in plane: LinePlane, polarity: Polarity) {
        let nodes = Self.nodes(along: chain)
        guard nodes.count > 2 else { return nil }
        var values: [Float] = []
        values.reserveCapacity(nodes.count * Self.width)
        for node in nodes { node.addValues(in: plane, polarity: polarity, to: &values) }
        let offsets = Self.bestCourse(values)
        let strengths = offsets.indices.map { values[$0 * Self.width + offsets[$0]] }
        let core = nodes.indices.filter { nodes[$0].isInside }.map { strengths[$0] }
        let level = core.reduce(0, +) / Float(max(core.count, 1)) / 2
        guard level > 0, let extent = Self.strongestStretch(strengths.map { $0 - level }), extent.count > 1
        else { return nil }
        points = extent.map { nodes[$0].point(offset: Double(offsets[$0] - Self.reach)) }
    }

    // MARK: Nodes

    /// A place on the chain and the direction there.
    private struct Node {
        let place: Point
        /// Unit vector along the chain.
        let heading: (x: Double, y: Double)
        /// Whether it lies on the chain, not beyond its ends.
        let isInside: Bool

        func point(offset: Double, along: Double = 0) -> Point {
            Point(
                x: place.x + along * heading.x - offset * heading.y,
                y: place.y + along * heading.y + offset * heading.x
            )
        }

        /// For each offset aside the mean of the samples from this node to the next, positive for `polarity`.
        func addValues(in plane: LinePlane, polarity: Polarity, to values: inout [Float]) {
            let samples = plane.samples.span
            let count = Int(RidgeTrack.step)
            for offset in -RidgeTrack.reach...RidgeTrack.reach {
                var sum = 0
                for along in 0..<count {
                    let point = point(
                        offset: Double(offset),
                        along: Double(along) - RidgeTrack.step / 2 + 0.5
                    )
                    let x = point.x.nearest
                    let y = point.y.nearest
                    guard x >= 0, y >= 0, x < plane.width, y < plane.height else { continue }
                    sum += Int(samples[y * plane.width + x])
                }
                values.append(Float(polarity == .dark ? -sum : sum) / Float(count))
            }
        }
    }

    /// Places every few samples along the chain and beyond its ends.
    private static func nodes(along chain: [Point]) -> [Node] {
        var nodes: [Node] = []
        for piece in StraightPiece.pieces(through: chain) {
            for along in stride(from: 0, to: piece.length, by: step) {
                nodes.append(Node(place: piece.point(along: along), heading: piece.heading, isInside: true))
            }
        }
        guard let first = nodes.first, let last = nodes.last else { return [] }
        func beyond(_ node: Node, _ distance: Double) -> Node {
            Node(place: node.point(offset: 0, along: distance), heading: node.heading, isInside: false)
        }
        let distances = Array(stride(from: step, through: lookahead, by: step))
        return distances.reversed().map { beyond(first, -$0) } + nodes + distances.map { beyond(last, $0) }
    }

    // MARK: Course

    /// For each node the index of the value on the course with the largest sum, where neighbours' indices
    /// differ by at most one.
    ///
    /// - Parameter values: those beside each node, node by node.
    private static func bestCourse(_ values: [Float]) -> [Int] {
        let count = values.count / width
        var sums = Array(values[0..<width])
        var from = Array(0..<width)
        from.reserveCapacity(values.count)
        for node in 1..<count {
            let last = sums
            for index in 0..<width {
                // Straight on, if nothing speaks against it.
                var best = index
                if index > 0, last[index - 1] > last[best] { best = index - 1 }
                if index + 1 < width, last[index + 1] > last[best] { best = index + 1 }
                from.append(best)
                sums[index] = values[node * width + index] + last[best]
            }
        }
        var index = sums.indices.max { sums[$0] < sums[$1] } ?? 0
        var course: [Int] = []
        course.reserveCapacity(count)
        for node in (0..<count).reversed() {
            course.append(index)
            index = from[node * width + index]
        }
        return course.reversed()
    }

    /// The range of neighbouring values with the largest sum; nil when none is positive.
    private static func strongestStretch(_ values: [Float]) -> Range<Int>? {
        var best: (sum: Float, range: Range<Int>)?
        var start = 0
        var sum: Float = 0
        for (index, value) in values.enumerated() {
            if sum <= 0 {
                start = index
                sum = 0
            }
            sum += value
            if sum > best?.sum ?? 0 { best = (sum, start..<index + 1) }
        }
        return best?.range
    }
}
