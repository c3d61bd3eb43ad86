/// What shines on the panel and what it mirrors.
///
/// Light that enters the paint and is scattered back is *diffuse*: an even brightness of 1 on white
/// paint, with a slow gradient. Light that the clear coat mirrors shows the surroundings: an even
/// ambient radiance and the lamps. A slope of the surface tilts the mirror, so the camera sees
/// another place of the lamp there: that is why orange peel shows most where a lamp's image fades.
public struct PanelLighting: Sendable, Codable, Hashable {
    /// The relative rise of diffuse light from the middle of the picture to its right edge.
    public var gradientX: Double
    /// The relative rise of diffuse light from the middle of the picture to its bottom edge.
    public var gradientY: Double
    /// The direction of the main light, from +x towards +y, in radians: where it comes from.
    public var direction: Double
    /// The tangent of the main light's angle to the panel's normal: how strongly a slope changes the
    /// diffuse light (Lambert's cosine law). Zero is light from straight above.
    public var obliqueness: Double
    /// The radiance of the surroundings in the mirror, 1 being that of perfectly white paint.
    public var ambient: Double
    /// The lamps seen in the clear coat.
    public var lamps: [Lamp]
    /// How far a slope moves the mirrored point across the lamp, in mm for a slope of 1: twice the
    /// distance from the panel to the lamp (law of reflection, small angles).
    public var mirrorLeverMm: Double

    /// Light from its parts.
    public init(
        gradientX: Double = 0,
        gradientY: Double = 0,
        direction: Double = 0,
        obliqueness: Double = 0.7,
        ambient: Double = 0.5,
        lamps: [Lamp] = [],
        mirrorLeverMm: Double = 1200
    ) {
        self.gradientX = gradientX
        self.gradientY = gradientY
        self.direction = direction
        self.obliqueness = obliqueness
        self.ambient = ambient
        self.lamps = lamps
        self.mirrorLeverMm = mirrorLeverMm
    }
}

/// The mirror image of a long lamp (a tube, a light tunnel's strip): an endless band with soft edges.
public struct Lamp: Sendable, Codable, Hashable {
    /// A point on the band's middle line, in mm right of the picture's top-left pixel.
    public var xMm: Double
    /// The same point, in mm below the picture's top-left pixel.
    public var yMm: Double
    /// The direction of the band, from +x towards +y, in radians.
    public var angle: Double
    /// The width of the band between the middles of its soft edges, in mm.
    public var widthMm: Double
    /// The width of each soft edge, in mm, from full brightness to none. Positive. Where the edges of
    /// both sides overlap their shares are multiplied.
    public var softnessMm: Double
    /// The lamp's radiance, 1 being that of perfectly white paint.
    public var radiance: Double

    /// A lamp from its place, size and brightness.
    public init(
        xMm: Double,
        yMm: Double,
        angle: Double,
        widthMm: Double,
        softnessMm: Double,
        radiance: Double
    ) {
        self.xMm = xMm
        self.yMm = yMm
        self.angle = angle
        self.widthMm = widthMm
        self.softnessMm = softnessMm
        self.radiance = radiance
    }
}
