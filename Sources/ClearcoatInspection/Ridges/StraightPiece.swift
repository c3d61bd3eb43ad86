import ClearcoatImage

/// A straight piece of a line through points.
struct StraightPiece: Sendable {
    let start: Point
    let length: Double
    /// Unit vector from its start to its end.
    let heading: (x: Double, y: Double)

    /// The pieces between neighbouring points; none between two that are the same.
    static func pieces(through points: [Point]) -> [StraightPiece] {
        zip(points, points.dropFirst()).compactMap { from, to in
            let length = from.distance(to: to)
            guard length > 0 else { return nil }
            let heading = (x: (to.x - from.x) / length, y: (to.y - from.y) / length)
            return StraightPiece(start: from, length: length, heading: heading)
        }
    }

    /// The place so far along it and so far to its side.
    func point(along: Double, across: Double = 0) -> Point {
        Point(
            x: start.x + along * heading.x - across * heading.y,
            y: start.y + along * heading.y + across * heading.x
        )
    }
}
