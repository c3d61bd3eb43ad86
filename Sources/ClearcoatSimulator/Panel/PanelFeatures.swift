/// A crease of the sheet metal across the whole picture: a long, smooth step of brightness with a
/// highlight along it. It belongs there, so a detector must not report it.
public struct StyleLine: Sendable, Codable, Hashable {
    /// A point on the line, in mm right of the picture's top-left pixel.
    public var xMm: Double
    /// The same point, in mm below the picture's top-left pixel.
    public var yMm: Double
    /// The direction of the line at that point, from +x towards +y, in radians.
    public var angle: Double
    /// The line's curvature, in 1/mm; zero is straight.
    public var curvaturePerMm: Double
    /// The width of the step, in mm. Positive.
    public var widthMm: Double
    /// The relative rise of brightness across the line, from its left to its right, looking along it.
    public var step: Double
    /// The relative brightness of the highlight on the crease.
    public var highlight: Double

    /// A style line from its place, shape and brightness.
    public init(
        xMm: Double,
        yMm: Double,
        angle: Double,
        curvaturePerMm: Double = 0,
        widthMm: Double = 3,
        step: Double = 0.2,
        highlight: Double = 0.1
    ) {
        self.xMm = xMm
        self.yMm = yMm
        self.angle = angle
        self.curvaturePerMm = curvaturePerMm
        self.widthMm = widthMm
        self.step = step
        self.highlight = highlight
    }
}

/// The dark joint between two panels: a straight band across the whole picture.
public struct PanelGap: Sendable, Codable, Hashable {
    /// A point on the gap's middle line, in mm right of the picture's top-left pixel.
    public var xMm: Double
    /// The same point, in mm below the picture's top-left pixel.
    public var yMm: Double
    /// The direction of the gap, from +x towards +y, in radians.
    public var angle: Double
    /// The gap's width, in mm.
    public var widthMm: Double
    /// The share of light lost in the gap, 0...1.
    public var depth: Double

    /// A gap from its place, width and depth.
    public init(xMm: Double, yMm: Double, angle: Double, widthMm: Double = 3.5, depth: Double = 0.9) {
        self.xMm = xMm
        self.yMm = yMm
        self.angle = angle
        self.widthMm = widthMm
        self.depth = depth
    }
}

/// The panel's own border, when the picture shows more than the panel: a rounded rectangle, outside
/// of which there is only the background.
public struct PanelOutline: Sendable, Codable, Hashable {
    /// The distance from the picture's edges to the panel's, in mm, the same on all four sides.
    public var insetMm: Double
    /// The radius of the panel's corners, in mm.
    public var cornerRadiusMm: Double
    /// The radiance outside, 1 being that of perfectly white paint.
    public var background: Double

    /// An outline from its place and its background.
    public init(insetMm: Double, cornerRadiusMm: Double = 4, background: Double = 0.02) {
        self.insetMm = insetMm
        self.cornerRadiusMm = cornerRadiusMm
        self.background = background
    }
}
