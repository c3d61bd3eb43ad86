public import ClearcoatImage

/// What is measured on the shape of a region, on the part, in millimetres.
///
/// A pixel need not be square: lengths are measured after the region is stretched to its true shape,
/// not by scaling lengths in pixels.
public struct PhysicalFeatures: Sendable, Hashable {
    /// The area, in mm².
    public let area: Double
    /// The mean of the pixels' centres, in mm from the centre of the top-left pixel.
    public let centroid: Point
    /// The diameter of the disc with the same area, in mm.
    public let equivalentDiameter: Double
    /// The longer axis of the ellipse with the same second moments, in mm.
    public let majorAxisLength: Double
    /// The shorter axis of the ellipse with the same second moments, in mm.
    public let minorAxisLength: Double
    /// The direction of the major axis on the part, from +x towards +y, in (−π/2, π/2], in radians.
    public let orientation: Double
    /// The length, in mm; see ``FeretDiameters/maximum``.
    public let maxFeret: Double
    /// The direction of ``maxFeret`` on the part, from +x towards +y, in (−π/2, π/2], in radians.
    public let maxFeretDirection: Double
    /// The width, in mm; see ``FeretDiameters/minimum``.
    public let minFeret: Double
    /// The direction of ``minFeret`` on the part, from +x towards +y, in (−π/2, π/2], in radians.
    public let minFeretDirection: Double
    /// The length of the border after Crofton's formula, in mm; nil when pixels are not square, for which
    /// the formula does not hold.
    public let croftonPerimeter: Double?

    /// Measures a region.
    ///
    /// - Complexity: O(*n* log *n*) in runs and rows.
    public init(of region: Region, scale: PhysicalScale) {
        let moments = Moments(of: region).scaled(by: scale)
        let feret = FeretDiameters(of: region, scale: scale)
        area = Double(region.pixelCount) * scale.mm2PerPixel
        centroid = moments.centroid
        equivalentDiameter = 2 * (area / .pi).squareRoot()
        majorAxisLength = moments.majorAxisLength
        minorAxisLength = moments.minorAxisLength
        orientation = moments.orientation
        maxFeret = feret.maximum
        maxFeretDirection = feret.maximumDirection
        minFeret = feret.minimum
        minFeretDirection = feret.minimumDirection
        croftonPerimeter = scale.isIsotropic ? region.croftonPerimeter * scale.mmPerPixelX : nil
    }
}
