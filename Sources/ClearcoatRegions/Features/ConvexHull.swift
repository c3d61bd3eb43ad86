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
    for point in points where point != corners.last {
        while corners.count > 1, cross(corners[corners.count - 2], corners[corners.count - 1], point) <= 0 {
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
}

extension Region {
    /// The corners of the smallest convex polygon around all pixels, clockwise to the eye from the
    /// topmost leftmost one; as ``convexHull(of:)`` of the points of all pixels.
    ///
    /// - Parameter extent: what of each pixel it holds.
    /// - Complexity: O(*n*) in runs and rows.
    public func convexHull(of extent: PixelExtent) -> [Point] { RowHull(of: self, extent: extent).corners }

    /// Every pixel whose centre lies in the hull of the pixels' ``PixelExtent/sideMiddles`` or on its
    /// border: scikit-image's `image_convex`.
    ///
    /// - Complexity: O(*n*) in runs and rows.
    public var convexFilled: Region { RowHull(of: self, extent: .sideMiddles).pixels }
}
