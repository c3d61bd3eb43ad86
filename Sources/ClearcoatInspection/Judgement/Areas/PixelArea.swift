package import ClearcoatImage
import ClearcoatRegions

/// An area as pixels of a picture of one size.
package struct PixelArea: Sendable, Hashable {
    /// The columns of each row, from left to right, neither empty nor touching.
    package let rows: [[Range<Int>]]

    init(rows: [[Range<Int>]]) { self.rows = rows }

    /// No pixel at all.
    static func none(height: Int) -> PixelArea { PixelArea(rows: Array(repeating: [], count: height)) }

    /// The number of its pixels.
    package var pixelCount: Int { rows.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } } }

    /// Whether the pixel at column `x`, row `y` belongs to it.
    package func contains(x: Int, y: Int) -> Bool {
        rows.indices.contains(y) && rows[y].contains { $0.contains(x) }
    }

    /// Whether the pixel that a place lies in belongs to it.
    package func contains(_ point: Point) -> Bool {
        guard abs(point.x) < 1e9, abs(point.y) < 1e9 else { return false }
        return contains(x: Int(point.x.rounded()), y: Int(point.y.rounded()))
    }

    /// The borders of its connected parts as corners in order, holes included, simplified.
    package var outlines: [[Point]] {
        let runs = rows.enumerated().flatMap { y, ranges in
            ranges.map { Run(row: y, start: $0.lowerBound, end: $0.upperBound) }
        }
        return regions(of: runs).flatMap { [$0.contour()] + $0.innerContours() }.map {
            simplified($0.map(\.center), tolerance: 0.5)
        }
    }

    /// What is in this area or in another of the same picture.
    func union(_ other: PixelArea) -> PixelArea {
        PixelArea(
            rows: zip(rows, other.rows).map { merged(($0 + $1).sorted { $0.lowerBound < $1.lowerBound }) }
        )
    }

    /// What is in this area and not in another of the same picture.
    func subtracting(_ other: PixelArea, width: Int) -> PixelArea {
        PixelArea(rows: zip(rows, other.rows).map { intersection($0, complement($1, in: 0..<width)) })
    }
}

extension Area {
    /// The pixels of the area on a picture of a size.
    ///
    /// A margin is a Euclidean distance between pixel centres: a grown area holds every pixel that has one of the
    /// area within it, a shrunk one those that have all of their surroundings within it in the area. A polygon
    /// goes on outside of the picture; so does a mask, with its outermost pixels, so that the picture's border is
    /// no edge of it.
    ///
    /// - Parameter scale: for a margin in millimetres; one that cannot be resolved is none.
    /// - Complexity: O(rows × ranges), times the margin's pixels when there is one.
    package func pixels(width: Int, height: Int, scale: PhysicalScale?) -> PixelArea {
        let reach = marginReach(at: scale)
        guard let reach else {
            return PixelArea(rows: (0..<height).map { columns(ofRow: $0, width: width, beyond: 0) })
        }
        let beyond = Int(max(reach.x, reach.y).rounded(.up))
        // Columns are counted from `beyond` left of the picture, rows from `beyond` above it.
        let whole = 0..<width + 2 * beyond
        var rows = (-beyond..<height + beyond).map { columns(ofRow: $0, width: width, beyond: beyond) }
        if !reach.grows { rows = rows.map { complement($0, in: whole) } }
        let spread = Spread(x: reach.x, y: reach.y)
        let shown = beyond..<beyond + width
        return PixelArea(
            rows: (0..<height).map { y in
                let wide = spread.around(row: y + beyond, of: rows)
                let kept = reach.grows ? wide : complement(wide, in: whole)
                return intersection(kept, [shown]).map { $0.lowerBound - beyond..<$0.upperBound - beyond }
            }
        )
    }

    /// The margin in columns and rows; nil without one that moves anything.
    private func marginReach(at scale: PhysicalScale?) -> (x: Double, y: Double, grows: Bool)? {
        guard let margin, margin.value != 0 else { return nil }
        func pixels(_ size: Double?) -> Double? {
            switch margin.unit {
            case .pixels: abs(margin.value)
            case .millimetres: size.map { abs(margin.value) / $0 }
            }
        }
        guard let x = pixels(scale?.mmPerPixelX), let y = pixels(scale?.mmPerPixelY) else { return nil }
        return (min(x, Self.maximumMarginPixels), min(y, Self.maximumMarginPixels), margin.value > 0)
    }

    /// The columns of a row, which may lie outside of the picture, counted from `beyond` left of it.
    private func columns(ofRow y: Int, width: Int, beyond: Int) -> [Range<Int>] {
        let fromPolygon = polygon.map { polygon in
            polygon.translated(x: Double(beyond), y: 0).spans(inRow: y, width: width + 2 * beyond)
        }
        let fromMask = mask.map { $0.columns(ofRow: y, beyond: beyond) }
        switch (fromPolygon, fromMask) {
        case (let one?, let two?): return intersection(one, two)
        case (let one?, nil): return one
        case (nil, let two?): return two
        case (nil, nil): return []
        }
    }
}

extension AreaMask {
    /// The columns of a row, counted from `beyond` left of the mask, whose outermost pixels go on outside.
    fileprivate func columns(ofRow y: Int, beyond: Int) -> [Range<Int>] {
        guard !rows.isEmpty else { return [] }
        return rows[min(max(y, 0), height - 1)].map { range in
            let start = range.lowerBound == 0 ? 0 : range.lowerBound + beyond
            let end = range.upperBound == width ? width + 2 * beyond : range.upperBound + beyond
            return start..<end
        }
    }
}

extension Polygon {
    fileprivate func translated(x: Double, y: Double) -> Polygon {
        if x == 0, y == 0 { return self }
        return Polygon(corners: corners.map { Point(x: $0.x + x, y: $0.y + y) })
    }
}

/// The pixels within an ellipse around a pixel, as how far it reaches on each row.
private struct Spread {
    private let half: [Int]

    init(x: Double, y: Double) {
        half = (0...Int(y)).map { row in
            let share = y > 0 ? Double(row) / y : 0
            return Int((x * max(0, 1 - share * share).squareRoot() + 1e-9).rounded(.down))
        }
    }

    /// The columns that have a pixel of `rows` within the ellipse.
    func around(row y: Int, of rows: [[Range<Int>]]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (distance, half) in half.enumerated() {
            for row in distance == 0 ? [y] : [y - distance, y + distance] where rows.indices.contains(row) {
                for range in rows[row] { ranges.append(range.lowerBound - half..<range.upperBound + half) }
            }
        }
        return merged(ranges.sorted { $0.lowerBound < $1.lowerBound })
    }
}
