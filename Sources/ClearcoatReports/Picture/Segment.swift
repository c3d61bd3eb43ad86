package import ClearcoatImage

/// A straight line between two places.
package struct Segment {
    var start: Point
    var end: Point

    /// From one place to another.
    package init(_ start: Point, _ end: Point) {
        self.start = start
        self.end = end
    }

    var length: Double { start.distance(to: end) }

    /// The place a share of the way along.
    package func point(at share: Double) -> Point {
        Point(x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share)
    }

    /// Calls `body` with every pixel in columns `0 ..< width` and some rows that is no farther than `reach`
    /// from the line.
    ///
    /// A long line is taken in pieces, so that a slanted one does not cost its whole box; each pixel
    /// belongs to one of them.
    func forEachPixel(
        within reach: Double,
        width: Int,
        rows: Range<Int>,
        _ body: (_ x: Int, _ y: Int, _ distance: Double) -> Void
    ) {
        guard start.isDrawable, end.isDrawable else { return }
        guard max(start.y, end.y) + reach >= Double(rows.lowerBound),
            min(start.y, end.y) - reach < Double(rows.upperBound)
        else { return }
        let pieces = max(1, Int((length / 24).rounded(.up)))
        for piece in 0..<pieces {
            let part = Segment(
                point(at: Double(piece) / Double(pieces)),
                point(at: Double(piece + 1) / Double(pieces))
            )
            let (dx, dy) = (part.end.x - part.start.x, part.end.y - part.start.y)
            let scale = dx != 0 || dy != 0 ? 1 / (dx * dx + dy * dy) : 0
            // Where the foot of a pixel lies along the piece: 0 at its start, 1 at its end; a little more, so
            // that rounding cannot lose one between two pieces.
            let lowest = piece > 0 ? -1e-9 : -Double.infinity
            let highest = piece < pieces - 1 ? 1 + 1e-9 : Double.infinity
            let columns = pixels(part.start.x, part.end.x, reach, 0..<width)
            for y in pixels(part.start.y, part.end.y, reach, rows) {
                for x in columns {
                    let (px, py) = (Double(x) - part.start.x, Double(y) - part.start.y)
                    let foot = (px * dx + py * dy) * scale
                    if foot < lowest || foot >= highest { continue }
                    let along = min(max(foot, 0), 1)
                    let (ex, ey) = (px - along * dx, py - along * dy)
                    let square = ex * ex + ey * ey
                    if square <= reach * reach { body(x, y, square.squareRoot()) }
                }
            }
        }
    }

    private func pixels(_ a: Double, _ b: Double, _ reach: Double, _ limits: Range<Int>) -> Range<Int> {
        let first = Int((min(a, b) - reach).rounded(.up))
        let end = Int((max(a, b) + reach).rounded(.down)) + 1
        return (first..<max(first, end)).clamped(to: limits)
    }
}

extension Point {
    /// Whether the place is near enough to any picture for whole-pixel arithmetic.
    var isDrawable: Bool { abs(x) < 1e7 && abs(y) < 1e7 }
}

/// The pixels of polygons, row by row.
package enum PolygonSpans {
    /// Calls `body` with each run of pixels whose centres are inside the polygon (even-odd rule), in columns
    /// `0 ..< width` and some rows.
    ///
    /// - Complexity: O(corners + rows + runs) but for sorting.
    package static func forEach(
        of corners: [Point],
        width: Int,
        rows: Range<Int>,
        _ body: (_ y: Int, _ columns: Range<Int>) -> Void
    ) {
        guard corners.count >= 3, corners.allSatisfy(\.isDrawable) else { return }
        var edges: [Edge] = []
        for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
            let (upper, lower) = a.y < b.y ? (a, b) : (b, a)
            let first = max(rows.lowerBound, Int(upper.y.rounded(.up)))
            let last = min(rows.upperBound, Int(lower.y.rounded(.up)))
            if first < last { edges.append(Edge(rows: first..<last, upper: upper, lower: lower)) }
        }
        edges.sort { $0.rows.lowerBound < $1.rows.lowerBound }
        guard let firstRow = edges.first?.rows.lowerBound, let end = edges.map(\.rows.upperBound).max() else {
            return
        }
        var next = 0
        var active: [Edge] = []
        for y in firstRow..<end {
            while next < edges.count, edges[next].rows.lowerBound <= y {
                active.append(edges[next])
                next += 1
            }
            active.removeAll { $0.rows.upperBound <= y }
            let crossings = active.map { $0.x(at: Double(y)) }.sorted()
            for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                let from = min(max(0, Int(crossings[pair].rounded(.up))), width)
                let to = min(max(from, Int(crossings[pair + 1].rounded(.up))), width)
                if from < to { body(y, from..<to) }
            }
        }
    }

    private struct Edge {
        var rows: Range<Int>
        var upper: Point
        var lower: Point

        func x(at y: Double) -> Double {
            upper.x + (lower.x - upper.x) * (y - upper.y) / (lower.y - upper.y)
        }
    }
}
