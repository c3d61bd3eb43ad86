public import ClearcoatImage

/// Everything that is measured on the shape of a region, in pixels.
///
/// Every measure has a value for every region, a single pixel and a line included. For the same in
/// millimetres see ``PhysicalFeatures``.
public struct RegionFeatures: Sendable, Hashable {
    /// How many pixels there are.
    public let pixelCount: Int
    /// The smallest upright box that holds every pixel.
    public let boundingBox: Rectangle
    /// The mean of the pixels' centres.
    public let centroid: Point
    /// Variances and covariance of the pixels' centres.
    public let moments: Moments
    /// The diameter of the disc with as many pixels: 2√(n/π).
    public let equivalentDiameter: Double
    /// The longer axis of the ellipse with the same second moments; see ``Moments/majorAxisLength``.
    public let majorAxisLength: Double
    /// The shorter axis of the ellipse with the same second moments; see ``Moments/minorAxisLength``.
    public let minorAxisLength: Double
    /// The direction of the major axis, from +x towards +y, in (−π/2, π/2], in radians.
    public let orientation: Double
    /// √(1 − λ₂/λ₁), in 0...1: 0 for a disc, a square and a single pixel, 1 for a line.
    public let eccentricity: Double
    /// How many times longer than wide, at least 1; see ``Moments/elongation``. n for a row of n pixels.
    public let elongation: Double
    /// The length of the border after Crofton's formula; see ``Region/croftonPerimeter``.
    public let croftonPerimeter: Double
    /// 4π · ``pixelCount`` / ``croftonPerimeter``²: 1 for a disc, less for anything else, but up to 1.75
    /// for a few pixels.
    public let circularity: Double
    /// The share of the bounding box that is filled, above 0 and at most 1.
    public let extent: Double
    /// How many pixels ``Region/convexFilled`` has; scikit-image's `area_convex`.
    public let convexPixelCount: Int
    /// ``pixelCount`` / ``convexPixelCount``, in 0...1; scikit-image's `solidity`.
    public let solidity: Double
    /// The length; see ``FeretDiameters/maximum``.
    public let maxFeret: Double
    /// The direction of ``maxFeret``, from +x towards +y, in (−π/2, π/2], in radians.
    public let maxFeretDirection: Double
    /// The width; see ``FeretDiameters/minimum``.
    public let minFeret: Double
    /// The direction of ``minFeret``, from +x towards +y, in (−π/2, π/2], in radians.
    public let minFeretDirection: Double
    /// How many holes the region, taken as 8-connected, has.
    public let holeCount: Int
    /// How many pixels there are with the holes filled.
    public let filledPixelCount: Int
    private let region: Region

    /// The line through the centres of the border pixels; see ``Region/perimeter``. Measured when it is asked for: the
    /// other estimator is the better one, and takes a fraction of the time.
    ///
    /// - Complexity: O(border pixels), each time.
    public var perimeter: Double { region.perimeter }

    /// Measures a region.
    ///
    /// - Complexity: O(*n*) in runs and rows, and O(*b* log *r*) in pixels of the
    ///   border and runs of a row.
    public init(of region: Region) {
        let moments = Moments(of: region)
        let convex = region.convexFilled
        let feret = FeretDiameters(ofConvex: convex)
        let holes = region.holes()
        pixelCount = region.pixelCount
        boundingBox = region.boundingBox
        centroid = moments.centroid
        self.moments = moments
        equivalentDiameter = 2 * (Double(region.pixelCount) / .pi).squareRoot()
        majorAxisLength = moments.majorAxisLength
        minorAxisLength = moments.minorAxisLength
        orientation = moments.orientation
        eccentricity = moments.eccentricity
        elongation = moments.elongation
        croftonPerimeter = region.croftonPerimeter
        circularity = 4 * .pi * Double(pixelCount) / (croftonPerimeter * croftonPerimeter)
        extent = Double(pixelCount) / Double(boundingBox.pixelCount)
        convexPixelCount = convex.pixelCount
        solidity = Double(pixelCount) / Double(convexPixelCount)
        maxFeret = feret.maximum
        maxFeretDirection = feret.maximumDirection
        minFeret = feret.minimum
        minFeretDirection = feret.minimumDirection
        self.region = region
        holeCount = holes.count
        filledPixelCount = holes.reduce(region.pixelCount) { $0 + $1.pixelCount }
    }
}
