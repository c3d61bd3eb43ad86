package import ClearcoatImage

extension Polygon {
    /// Whether a place is inside, by the even-odd rule: a ray to the right crosses the outline an odd
    /// number of times.
    ///
    /// Of places on the outline itself, those on upper and left edges are inside and those on lower
    /// and right edges outside, so that two polygons with a common edge never share a place. A
    /// polygon that crosses itself has holes where it covers itself twice.
    ///
    /// - Complexity: O(corners).
    package func contains(_ point: Point) -> Bool {
        guard point.x.isFinite, point.y.isFinite else { return false }
        return edges.lazy.compactMap { $0.crossing(atRow: point.y) }.filter { $0 > point.x }.count % 2 == 1
    }

    /// The columns of a row whose pixel centres are inside, as ranges within `0 ..< width`, from left
    /// to right, neither empty nor touching.
    ///
    /// Exactly the pixels for which ``contains(_:)`` holds.
    ///
    /// - Complexity: O(c + k log k) for c corners and k crossings of the row.
    package func spans(inRow y: Int, width: Int) -> [Range<Int>] {
        guard width > 0 else { return [] }
        let crossings = edges.compactMap { $0.crossing(atRow: Double(y)) }.sorted()
        var spans: [Range<Int>] = []
        for index in stride(from: 1, to: crossings.count, by: 2) {
            // The first centre at or right of a crossing is the first on its other side.
            let start = Int(crossings[index - 1].rounded(.up)), end = Int(crossings[index].rounded(.up))
            spans.append((start..<end).clamped(to: 0..<width))
        }
        return merged(spans)
    }

    /// The edges that a row can cross, their ends brought into a range in which arithmetic is exact
    /// enough and cannot overflow. A polygon with a coordinate that is no number has none.
    private var edges: [Edge] {
        guard corners.count >= 3, !corners.contains(where: { $0.x.isNaN || $0.y.isNaN }) else { return [] }
        func tamed(_ point: Point) -> Point {
            Point(x: min(max(point.x, -1e9), 1e9), y: min(max(point.y, -1e9), 1e9))
        }
        return corners.indices.map { index in
            Edge(tamed(corners[index]), tamed(corners[index + 1 < corners.count ? index + 1 : 0]))
        }
    }

    /// A straight piece of the outline, from its upper to its lower end. The direction it was drawn in
    /// makes no difference, so neighbours that share an edge agree on every crossing.
    private struct Edge {
        var top: Point
        var bottom: Point

        init(_ one: Point, _ two: Point) {
            (top, bottom) = one.y <= two.y ? (one, two) : (two, one)
        }

        /// Where a row crosses the edge; nil when it does not. The upper end belongs to the edge, the
        /// lower one does not, so a corner counts once.
        func crossing(atRow y: Double) -> Double? {
            guard top.y <= y, y < bottom.y else { return nil }
            return top.x + (y - top.y) / (bottom.y - top.y) * (bottom.x - top.x)
        }
    }
}

extension [Polygon] {
    /// The columns of a row that lie in any of the polygons, as ranges within `0 ..< width`, from left
    /// to right, neither empty nor touching.
    package func spans(inRow y: Int, width: Int) -> [Range<Int>] {
        merged(flatMap { $0.spans(inRow: y, width: width) }.sorted { $0.lowerBound < $1.lowerBound })
    }
}
