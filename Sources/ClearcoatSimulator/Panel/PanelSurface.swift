/// What the panel is painted with.
public struct PanelSurface: Sendable, Codable, Hashable {
    /// The share of light the base coat scatters back, linear, for red, green and blue; 0...1.
    ///
    /// A monochrome camera sees their luminance after ITU-R BT.709 (0.2126, 0.7152, 0.0722).
    public var baseColour: LinearColour
    /// The share of light the clear coat mirrors, 0...1. Fresnel's law gives ((n - 1)/(n + 1))²
    /// at right angles: 0.04 for the usual n = 1.5. Zero is a matt paint.
    public var clearCoatReflectance: Double
    /// The waviness of the clear coat; nil is perfectly level.
    public var orangePeel: OrangePeel?
    /// Aluminium flakes in the base coat; nil is a solid colour.
    public var flake: MetallicFlake?

    /// A paint from its parts.
    public init(
        baseColour: LinearColour,
        clearCoatReflectance: Double = 0.04,
        orangePeel: OrangePeel? = nil,
        flake: MetallicFlake? = nil
    ) {
        self.baseColour = baseColour
        self.clearCoatReflectance = clearCoatReflectance
        self.orangePeel = orangePeel
        self.flake = flake
    }
}

extension PanelSurface {
    /// A change of colour that leaves the light's luma after ITU-R BT.601 (the gray that JPEG stores and that is
    /// inspected) as it is, for a camera in proportion to light: so much more of red, and less of green.
    ///
    /// Exact for diffuse light; what the clear coat mirrors is changed along with it.
    public func tint(red: Double) -> LinearColour {
        let colour = baseColour
        let lost = 0.299 * colour.red * red / max(0.587 * colour.green, 1e-9)
        return LinearColour(red: red, green: -lost, blue: 0)
    }
}

/// Three linear reflectances.
public struct LinearColour: Sendable, Codable, Hashable {
    /// The share of red light scattered back, 0...1.
    public var red: Double
    /// The share of green light scattered back, 0...1.
    public var green: Double
    /// The share of blue light scattered back, 0...1.
    public var blue: Double

    /// A colour from its reflectances.
    public init(red: Double, green: Double, blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// A neutral colour.
    public init(gray: Double) { self.init(red: gray, green: gray, blue: gray) }

    /// What a monochrome camera sees of it: the luminance after ITU-R BT.709.
    public var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }
}

/// The waviness of a clear coat: a random height whose wavelengths all lie between two limits.
///
/// Instruments that rate orange peel sort the same wavelengths into bands: Wb 0.3...1 mm,
/// Wc 1...3 mm, Wd 3...10 mm, We 10...30 mm (BYK wave-scan). The height is a sum of plane waves
/// with random directions and phases; every wavelength has the same share of the slope, so that a
/// longer wave is higher in proportion, as on real paint.
public struct OrangePeel: Sendable, Codable, Hashable {
    /// The shortest wavelength, in mm. Positive.
    public var shortestWavelengthMm: Double
    /// The longest wavelength, in mm. At least the shortest.
    public var longestWavelengthMm: Double
    /// The root mean square of the height, in micrometres. A good car finish has a few tenths.
    public var rmsHeightMicrometres: Double

    /// A waviness from its band and its height.
    public init(
        shortestWavelengthMm: Double,
        longestWavelengthMm: Double,
        rmsHeightMicrometres: Double
    ) {
        self.shortestWavelengthMm = shortestWavelengthMm
        self.longestWavelengthMm = longestWavelengthMm
        self.rmsHeightMicrometres = rmsHeightMicrometres
    }
}

/// Aluminium flakes: most of them too small to be seen one by one, which makes the paint grainy,
/// and a few that happen to mirror the lamp into the camera, which makes it sparkle.
public struct MetallicFlake: Sendable, Codable, Hashable {
    /// Flakes per mm² that are large and flat enough to be seen alone.
    public var densityPerMm2: Double
    /// The mean diameter of these flakes, in mm. Their diameters spread by a quarter around it.
    public var diameterMm: Double
    /// How far flakes lean out of the paint's plane: the standard deviation of the lean in each of
    /// two directions, in degrees.
    public var tiltDegrees: Double
    /// The lean at which a flake's mirror image of the lamp has faded to exp(-1/2), in degrees.
    public var acceptanceDegrees: Double
    /// How much brighter than the paint around it a flake is that mirrors the lamp squarely.
    public var gain: Double
    /// The share of the visible flakes that lean away and are darker than the paint, 0...1.
    public var darkShare: Double
    /// The graininess of the unresolved flakes: the standard deviation of brightness, relative,
    /// of a spot of 0.1 mm × 0.1 mm. It grows as spots get smaller, in proportion to 1/side.
    public var grain: Double
    /// Large soft blotches ("mottling", 8...40 mm): the standard deviation of brightness, relative.
    public var mottle: Double

    /// Flakes from their numbers.
    public init(
        densityPerMm2: Double,
        diameterMm: Double,
        tiltDegrees: Double,
        acceptanceDegrees: Double,
        gain: Double,
        darkShare: Double,
        grain: Double,
        mottle: Double
    ) {
        self.densityPerMm2 = densityPerMm2
        self.diameterMm = diameterMm
        self.tiltDegrees = tiltDegrees
        self.acceptanceDegrees = acceptanceDegrees
        self.gain = gain
        self.darkShare = darkShare
        self.grain = grain
        self.mottle = mottle
    }
}
