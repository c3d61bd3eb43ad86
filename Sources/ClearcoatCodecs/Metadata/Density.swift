import ClearcoatImage

/// The size of a pixel as a file's density fields state it.
struct Density: Sendable, Hashable {
    /// The length to which a file counts pixels, in tenths of a millimetre.
    enum Unit: Double {
        case inch = 254
        case centimetre = 100
        case metre = 10_000
    }

    private var mmPerPixelX: Double
    private var mmPerPixelY: Double

    /// From pixels to a unit of length, each a fraction.
    init(_ x: Fraction, _ y: Fraction, per unit: Unit) {
        // One division of whole numbers, so that 0.065 mm comes back as 0.065.
        mmPerPixelX = unit.rawValue * x.denominator / (10 * x.numerator)
        mmPerPixelY = unit.rawValue * y.denominator / (10 * y.numerator)
    }

    /// From whole pixels to a unit of length.
    init(_ x: Int, _ y: Int, per unit: Unit) {
        self.init(Fraction(Double(x)), Fraction(Double(y)), per: unit)
    }

    /// The size of a pixel; nil for zero, and for what programs write when they know no density.
    ///
    /// 72 and 96 to the inch are the customary sizes of a pixel on a screen and 1 is an empty field. Taking
    /// one of them for a measure would turn every picture that went through an office program into one
    /// with a wrong scale. A true scale of just that size has to come from the recipe.
    var scale: PhysicalScale? {
        if Self.isPlaceholder(mmPerPixelX) && Self.isPlaceholder(mmPerPixelY) { return nil }
        return PhysicalScale(mmPerPixelX: mmPerPixelX, mmPerPixelY: mmPerPixelY)
    }

    /// PNG states whole pixels to the metre, so 72 to the inch comes as 71.98 or 72.01.
    private static func isPlaceholder(_ mmPerPixel: Double) -> Bool {
        [1, 72, 96].contains { abs(25.4 / mmPerPixel - $0) < 0.02 }
    }
}

/// A fraction of whole numbers, as EXIF stores it.
struct Fraction: Sendable, Hashable {
    var numerator: Double
    var denominator: Double

    init(_ numerator: Double, _ denominator: Double = 1) {
        self.numerator = numerator
        self.denominator = denominator
    }
}
