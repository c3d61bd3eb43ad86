/// How large a pixel is on the part, in the plane of the painted surface.
///
/// The two directions may differ (anisotropic pixels, a line-scan camera); lengths and areas must
/// then be computed with both.
public struct PhysicalScale: Sendable, Hashable {
    /// Millimetres from one column to the next. Positive and finite.
    public let mmPerPixelX: Double
    /// Millimetres from one row to the next. Positive and finite.
    public let mmPerPixelY: Double

    /// A scale that is the same in both directions; nil unless positive and finite.
    public init?(mmPerPixel: Double) { self.init(mmPerPixelX: mmPerPixel, mmPerPixelY: mmPerPixel) }

    /// A scale for each direction; nil unless both are positive and finite.
    public init?(mmPerPixelX: Double, mmPerPixelY: Double) {
        guard mmPerPixelX > 0, mmPerPixelY > 0, mmPerPixelX.isFinite, mmPerPixelY.isFinite else { return nil }
        self.mmPerPixelX = mmPerPixelX
        self.mmPerPixelY = mmPerPixelY
    }

    /// The scale whose square pixels have the same area: exact for areas, and for lengths when
    /// ``isIsotropic``.
    public var mmPerPixel: Double { isIsotropic ? mmPerPixelX : (mmPerPixelX * mmPerPixelY).squareRoot() }

    /// Whether both directions have the same scale.
    public var isIsotropic: Bool { mmPerPixelX == mmPerPixelY }

    /// The area of one pixel, in mm².
    public var mm2PerPixel: Double { mmPerPixelX * mmPerPixelY }

    /// The scale of the picture turned by a quarter: the directions change places.
    public var transposed: PhysicalScale {
        PhysicalScale(mmPerPixelX: mmPerPixelY, mmPerPixelY: mmPerPixelX) ?? self
    }
}
