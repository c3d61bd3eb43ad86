public import ClearcoatImage

#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// The longest and the shortest way to lay two parallel lines against a region: what a caliper reads.
///
/// The caliper touches the middles of the sides of the outermost pixels of ``Region/convexFilled``, which
/// is scikit-image's `feret_diameter_max`. So one pixel is 1 long (and 1/√2 wide, from corner to corner
/// of a diamond), and a row of n pixels n long and 1 wide.
public struct FeretDiameters: Sendable, Hashable {
    /// The longest distance between two points of the hull: the length of a scratch.
    public let maximum: Double
    /// The direction of the longest distance, from +x towards +y, in (−π/2, π/2], in radians. Of equally
    /// long ones the first, starting from the topmost leftmost point.
    public let maximumDirection: Double
    /// The shortest distance between two parallel lines that hold the hull between them: the narrowest
    /// slot that the region passes.
    public let minimum: Double
    /// The direction in which the shortest distance is measured, from +x towards +y, in (−π/2, π/2], in
    /// radians. Of equally short ones the first.
    public let minimumDirection: Double

    /// The diameters of a region in pixels or, with a scale, in mm.
    ///
    /// With a scale whose two directions differ the hull is stretched before it is measured, as a
    /// caliper on the part would do; directions are then those on the part.
    ///
    /// - Complexity: O(*n*) in runs and rows, and O(*h*²) in corners of the hull, which are few.
    public init(of region: Region, scale: PhysicalScale? = nil) {
        self.init(ofConvex: region.convexFilled, scale: scale)
    }

    /// The diameters of a region that is its own ``Region/convexFilled``.
    init(ofConvex region: Region, scale: PhysicalScale? = nil) {
        let hull = region.convexHull(of: .sideMiddles)
        self.init(ofConvexPolygon: scale.map { scale in hull.map { $0.scaled(by: scale) } } ?? hull)
    }

    /// The diameters of a convex polygon with at least two different corners, none of 180°.
    package init(ofConvexPolygon corners: [Point]) {
        var longest = (square: -1.0, from: corners[0], to: corners[0])
        for (index, corner) in corners.enumerated() {
            for other in corners[(index + 1)...] {
                let square = corner.squaredDistance(to: other)
                if square > longest.square { longest = (square, corner, other) }
            }
        }
        // The narrowest slot has one side of the polygon on one of its walls.
        var narrowest = (width: Double.infinity, from: corners[0], to: corners[0])
        for (index, corner) in corners.enumerated() {
            let next = corners[(index + 1) % corners.count]
            let (dx, dy) = (next.x - corner.x, next.y - corner.y)
            let reach = corners.reduce(0.0) { max($0, abs(dx * ($1.y - corner.y) - dy * ($1.x - corner.x))) }
            let width = reach / (dx * dx + dy * dy).squareRoot()
            if width < narrowest.width { narrowest = (width, corner, next) }
        }
        maximum = longest.square.squareRoot()
        maximumDirection = axialDirection(x: longest.to.x - longest.from.x, y: longest.to.y - longest.from.y)
        minimum = narrowest.width
        minimumDirection = axialDirection(
            x: narrowest.from.y - narrowest.to.y,
            y: narrowest.to.x - narrowest.from.x
        )
    }
}

/// The angle from +x towards +y of a direction without a sense, in (−π/2, π/2].
private func axialDirection(x: Double, y: Double) -> Double {
    if x == 0 { return .pi / 2 }
    return x > 0 ? atan2(y, x) : atan2(-y, -x)
}

extension Point {
    fileprivate func squaredDistance(to other: Point) -> Double {
        (x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)
    }

    fileprivate func scaled(by scale: PhysicalScale) -> Point {
        Point(x: x * scale.mmPerPixelX, y: y * scale.mmPerPixelY)
    }
}
