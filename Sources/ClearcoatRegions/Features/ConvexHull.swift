public import ClearcoatImage

/// The corners of the smallest convex polygon that holds all `points`: clockwise to the eye (y down),
/// from the topmost and of those the leftmost one, without corners of 180°. A single place gives one
/// corner, places on one line its two ends.
///
/// Coordinates that are multiples of a half, below 2²⁴, are compared without rounding.
///
/// - Complexity: O(*n* log *n*).
/// - Reference: A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions",
///   Information Processing Letters 9 (1979).
public func convexHull(of points: [Point]) -> [Point] {
    let sorted = points.sorted { ($0.y, $0.x) < ($1.y, $1.x) }
    guard let first = sorted.first, let last = sorted.last, first != last else {
        return Array(points.prefix(1))
    }
    // Down the right side, then up the left one.
    let right = chain(through: sorted)
    let left = chain(through: sorted.reversed())
    return right.dropLast() + left.dropLast()
}

/// The corners that turn clockwise when going through `points`, which are sorted.
private func chain(through points: some Sequence<Point>) -> [Point] {
    var corners: [Point] = []
    for point in points {
        while let last = corners.last, corners.count > 1 || last == point {
            if last != point, cross(corners[corners.count - 2], last, point) > 0 { break }
            corners.removeLast()
        }
        corners.append(point)
    }
    return corners
}

/// Twice the area of the triangle, positive when its corners go clockwise to the eye.
private func cross(_ a: Point, _ b: Point, _ c: Point) -> Double {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// The area inside a polygon, positive whichever way round its corners are given.
public func area(ofPolygon corners: [Point]) -> Double {
    guard let first = corners.first else { return 0 }
    var doubled = 0.0
    for (corner, next) in zip(corners, corners.dropFirst()) { doubled += cross(first, corner, next) }
    return abs(doubled) / 2
}

/// What of a pixel a hull has to hold.
public enum PixelExtent: Sendable, Hashable, CaseIterable {
    /// Its centre: the hull of a row of n pixels is n − 1 long and has no area.
    case centers
    /// The middles of its four sides, which is what scikit-image's `convex_hull_image` holds.
    case sideMiddles
    /// Its four corners: the hull of the painted squares, never smaller than the region.
    case corners

    /// The points to hold, for the first (`side` −1) or last (`side` 1) pixel of a row.
    fileprivate func points(x: Int, y: Int, side: Double) -> [Point] {
        let x = Double(x)
        let y = Double(y)
        return switch self {
        case .centers: [Point(x: x, y: y)]
        case .sideMiddles: [Point(x: x, y: y - 0.5), Point(x: x + side / 2, y: y), Point(x: x, y: y + 0.5)]
        case .corners: [Point(x: x + side / 2, y: y - 0.5), Point(x: x + side / 2, y: y + 0.5)]
        }
    }
}

extension Region {
    /// The corners of the smallest convex polygon around all pixels, clockwise to the eye from the
    /// topmost leftmost one; see ``convexHull(of:)``.
    ///
    /// - Parameter extent: what of each pixel it holds.
    /// - Complexity: O(*n* log *n*) in runs.
    public func convexHull(of extent: PixelExtent) -> [Point] {
        // Only the ends of a row can be corners.
        var points: [Point] = []
        for row in rowExtents {
            points += extent.points(x: row.first, y: row.y, side: -1)
            points += extent.points(x: row.last, y: row.y, side: 1)
        }
        return ClearcoatRegions.convexHull(of: points)
    }

    /// The first and last column of every row that has pixels.
    private var rowExtents: [(y: Int, first: Int, last: Int)] {
        var rows: [(y: Int, first: Int, last: Int)] = []
        for run in runs {
            if let row = rows.last, row.y == run.row {
                rows[rows.count - 1].last = run.end - 1
            } else {
                rows.append((run.row, run.start, run.end - 1))
            }
        }
        return rows
    }

    /// Every pixel whose centre lies in the hull of the pixels' ``PixelExtent/sideMiddles`` or on its
    /// border: scikit-image's `image_convex`.
    ///
    /// - Complexity: O(*n* log *n*) in runs and rows.
    public var convexFilled: Region {
        let corners = convexHull(of: .sideMiddles)
        let box = boundingBox
        // Where each row enters and leaves the hull; in integers, since a rounding error would make
        // a pixel on the border come or go with the region's place in the picture.
        var firsts = [Int](repeating: box.x + box.width - 1, count: box.height)
        var lasts = [Int](repeating: box.x, count: box.height)
        for (index, corner) in corners.enumerated() {
            let next = corners[(index + 1) % corners.count]
            let (upper, lower) = corner.y <= next.y ? (corner, next) : (next, corner)
            let (ux, uy) = (Int(2 * upper.x), Int(2 * upper.y))
            let (lx, ly) = (Int(2 * lower.x), Int(2 * lower.y))
            for y in max(box.y, ceilingQuotient(uy, 2))..<min(box.y + box.height, floorQuotient(ly, 2) + 1) {
                if uy == ly {
                    firsts[y - box.y] = min(firsts[y - box.y], ceilingQuotient(min(ux, lx), 2))
                    lasts[y - box.y] = max(lasts[y - box.y], floorQuotient(max(ux, lx), 2))
                    continue
                }
                // x = (ux + (lx − ux)(2y − uy) / (ly − uy)) / 2
                let numerator = ux * (ly - uy) + (lx - ux) * (2 * y - uy)
                let denominator = 2 * (ly - uy)
                firsts[y - box.y] = min(firsts[y - box.y], ceilingQuotient(numerator, denominator))
                lasts[y - box.y] = max(lasts[y - box.y], floorQuotient(numerator, denominator))
            }
        }
        return Region(
            normalizedRuns: box.rows.map {
                Run(row: $0, start: firsts[$0 - box.y], end: lasts[$0 - box.y] + 1)
            }
        )
    }
}

/// The quotient rounded down, for a positive divisor.
private func floorQuotient(_ dividend: Int, _ divisor: Int) -> Int {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}

/// The quotient rounded up, for a positive divisor.
private func ceilingQuotient(_ dividend: Int, _ divisor: Int) -> Int { -floorQuotient(-dividend, divisor) }
