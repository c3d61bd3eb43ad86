public import ClearcoatImage

#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// The moments of a region up to the second order, and what follows from them: where it is, how long,
/// how slim, and which way it points.
///
/// Every pixel counts as a point of weight 1 at its centre, as in scikit-image; the extent of the pixel
/// itself (1/12 px² in each direction) is not added. So a single pixel has axes of length 0.
///
/// Sums are kept as whole numbers and divided once, so that a region has the same moments, to the last
/// bit, wherever it lies in the picture.
public struct Moments: Sendable, Hashable {
    /// The number of pixels.
    public let pixelCount: Int
    /// The mean of the pixels' centres.
    public let centroid: Point
    /// The variance of the columns, in px²: Σ(x − x̄)² / n.
    public let varianceX: Double
    /// The variance of the rows, in px²: Σ(y − ȳ)² / n.
    public let varianceY: Double
    /// The covariance of columns and rows, in px²: Σ(x − x̄)(y − ȳ) / n.
    public let covariance: Double

    /// The variance of a pixel's own extent, in px².
    private let pixelVariance: Double

    /// The moments of a region.
    ///
    /// - Complexity: O(*n*) in runs.
    public init(of region: Region) {
        // Relative to the bounding box, where every sum fits 64 bits for any picture we read.
        let origin = region.boundingBox
        var sumX = 0
        var sumY = 0
        var sumXX = 0
        var sumYY = 0
        var sumXY = 0
        for run in region.runs {
            let first = run.start &- origin.x
            let last = run.end &- 1 &- origin.x
            let y = run.row &- origin.y
            let sum = (first &+ last) &* run.length / 2  // always a whole number
            sumX &+= sum
            sumY &+= y &* run.length
            sumXX &+= sumOfSquares(through: last) &- sumOfSquares(through: first &- 1)
            sumYY &+= y &* y &* run.length
            sumXY &+= sum &* y
        }
        let count = region.pixelCount
        pixelCount = count
        centroid = Point(
            x: Double(origin.x) + Double(sumX) / Double(count),
            y: Double(origin.y) + Double(sumY) / Double(count)
        )
        varianceX = ClearcoatRegions.covariance(count: count, products: sumXX, sumX, sumX)
        varianceY = ClearcoatRegions.covariance(count: count, products: sumYY, sumY, sumY)
        covariance = ClearcoatRegions.covariance(count: count, products: sumXY, sumX, sumY)
        pixelVariance = 1.0 / 12
    }

    /// For the same region measured in other units.
    private init(_ moments: Moments, in scale: PhysicalScale) {
        let (x, y) = (scale.mmPerPixelX, scale.mmPerPixelY)
        pixelCount = moments.pixelCount
        centroid = Point(x: moments.centroid.x * x, y: moments.centroid.y * y)
        varianceX = moments.varianceX * x * x
        varianceY = moments.varianceY * y * y
        covariance = moments.covariance * x * y
        pixelVariance = moments.pixelVariance * max(x * x, y * y)
    }

    /// The same moments with the centroid in mm and variances in mm², which is not the same as scaling
    /// lengths when a pixel is not square: the axes turn.
    public func scaled(by scale: PhysicalScale) -> Moments { Moments(self, in: scale) }

    /// The larger variance that any direction has.
    var largerEigenvalue: Double { ((varianceX + varianceY) + discriminant) / 2 }
    /// The smaller variance that any direction has; 0 for pixels on one line.
    var smallerEigenvalue: Double {
        // Not the difference of nearly equal numbers: the determinant over the larger one.
        let larger = largerEigenvalue
        guard larger > 0 else { return 0 }
        return max(0, (varianceX * varianceY - covariance * covariance) / larger)
    }
    private var discriminant: Double {
        let difference = varianceX - varianceY
        return (difference * difference + 4 * covariance * covariance).squareRoot()
    }

    /// The longer axis of the ellipse with the same second moments, 4√λ₁. scikit-image's
    /// `axis_major_length`. 0 for a single pixel.
    public var majorAxisLength: Double { 4 * largerEigenvalue.squareRoot() }
    /// The shorter axis of the ellipse with the same second moments, 4√λ₂. scikit-image's
    /// `axis_minor_length`. 0 for pixels on one line.
    public var minorAxisLength: Double { 4 * smallerEigenvalue.squareRoot() }

    /// How far the ellipse with the same second moments is from a circle: √(1 − λ₂/λ₁), in 0...1. 0 for a
    /// single pixel, 1 for pixels on one line.
    public var eccentricity: Double {
        let larger = largerEigenvalue
        return larger > 0 ? max(0, 1 - smallerEigenvalue / larger).squareRoot() : 0
    }

    /// How many times longer than wide, at least 1: √((λ₁ + p) / (λ₂ + p)), where p is the variance of a
    /// pixel's own extent, 1/12 px² (of the larger side, when pixels are not square). So a single pixel
    /// has 1, a row of n pixels n, and nothing is divided by 0.
    public var elongation: Double {
        ((largerEigenvalue + pixelVariance) / (smallerEigenvalue + pixelVariance)).squareRoot()
    }

    /// The direction of the major axis, from +x towards +y (clockwise to the eye), in (−π/2, π/2], in
    /// radians. 0 when no direction is longer than another, as with a square.
    ///
    /// scikit-image measures from the row axis the other way: its `orientation` φ is π/2 − ours, brought
    /// into its interval by ±π.
    public var orientation: Double {
        if covariance == 0 { return varianceX >= varianceY ? 0 : .pi / 2 }
        return atan2(2 * covariance, varianceX - varianceY) / 2
    }
}

/// 0² + 1² + … + n², for n from −1 on.
private func sumOfSquares(through n: Int) -> Int { n &* (n &+ 1) &* (2 &* n &+ 1) / 6 }

extension Region {
    /// The mean of the pixels' centres.
    ///
    /// - Complexity: O(*n*) in runs.
    public var centroid: Point { Moments(of: self).centroid }
}
