package import ClearcoatImage
import ClearcoatRegions

/// What a finding measures on the part, in millimetres, as its record says it: rules and limits are asked about these
/// numbers and no finer ones, so that a record can be judged again.
package struct PhysicalMeasures: Sendable, Hashable {
    package var areaMm2: Double
    package var lengthMm: Double
    package var widthMm: Double
    package var sizeMm: Double

    /// Measures that are known.
    package init(areaMm2: Double, lengthMm: Double, widthMm: Double, sizeMm: Double) {
        self.areaMm2 = areaMm2
        self.lengthMm = lengthMm
        self.widthMm = widthMm
        self.sizeMm = sizeMm
    }

    /// The measure that a feature in millimetres is; nil for features without a unit.
    subscript(feature: Feature) -> Double? {
        switch feature {
        case .size: sizeMm
        case .length: lengthMm
        case .width: widthMm
        case .area: areaMm2
        default: nil
        }
    }

    /// Measures features, in pixels, where every pixel is as large as any other.
    package init(_ features: FeatureVector, at scale: PhysicalScale) {
        let size = scale.mmPerPixel
        self.init(
            areaMm2: rounded(features[.area] * scale.mm2PerPixel, decimals: 5),
            lengthMm: rounded(size * features[.length]),
            widthMm: rounded(size * features[.width]),
            sizeMm: rounded(size * features[.size])
        )
    }

    /// Measures a region by its features, in pixels, and by where its places lie on the part.
    ///
    /// The area is the sum over its pixels. The length is as much longer than in pixels as the longest distance of
    /// its outline, or the course of a bent one, is on the part; width and size follow as in pixels (see
    /// ``Feature``).
    ///
    /// - Complexity: O(runs + corners²).
    init(of region: Region, _ features: FeatureVector, _ calibration: Calibration) {
        if case .constant(let scale) = calibration, scale.isIsotropic {
            self.init(features, at: scale)
            return
        }
        let area = calibration.squareMillimetres(of: region)
        let onPicture = FeretDiameters(of: region)
        let hull = region.convexHull(of: .sideMiddles).map(calibration.millimetres)
        let onPart = FeretDiameters(ofConvexPolygon: hull)
        let isBent = features[.length] > 1.1 * onPicture.maximum
        let stretch =
            (isBent ? Self.courseStretch(region, calibration) : nil) ?? onPart.maximum / onPicture.maximum
        let length = features[.length] * stretch
        let isElongated = features[.size] == features[.length]
        let pixel = (area / Double(region.pixelCount)).squareRoot()
        self.init(
            areaMm2: rounded(area, decimals: 5),
            lengthMm: rounded(length),
            widthMm: rounded(isElongated ? area / length : max(onPart.minimum, pixel)),
            sizeMm: rounded(isElongated ? length : 2 * (area / .pi).squareRoot())
        )
    }

    /// How much longer a region's course is on the part than in the picture, in mm a pixel.
    private static func courseStretch(_ region: Region, _ calibration: Calibration) -> Double? {
        let line = Line(region)
        let points = line.course.indices.compactMap { line.point($0, offset: 0) }
        func length(_ points: [Point]) -> Double {
            zip(points, points.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) }
        }
        let onPicture = length(points)
        return onPicture > 0 ? length(points.map(calibration.millimetres)) / onPicture : nil
    }
}

extension Calibration {
    /// How large a region is on the part, in mm².
    func squareMillimetres(of region: Region) -> Double {
        switch self {
        case .constant(let scale): Double(region.pixelCount) * scale.mm2PerPixel
        case .plane(let map):
            region.runs.reduce(0) { $0 + map.squareMillimetres(ofRow: $1.row, columns: $1.columns) }
        }
    }
}

extension FeatureVector {
    /// The features as a record says them.
    package var asRecorded: FeatureVector {
        var copy = self
        for feature in Feature.allCases { copy[feature] = rounded(self[feature]) }
        return copy
    }
}
