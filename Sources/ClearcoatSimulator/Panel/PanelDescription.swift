/// Everything there is to know about a simulated picture of a painted panel, but for the seed of its
/// randomness: ``render(_:seed:)`` turns it into samples and ground truth.
///
/// Lengths on the panel are in mm from the centre of the picture's top-left pixel: x to the right,
/// y down. Angles are from +x towards +y, in radians. Light is linear.
public struct PanelDescription: Sendable, Codable, Hashable {
    /// What the panel is called in the ground truth.
    public var name: String
    /// The picture's number of columns.
    public var width: Int
    /// The picture's number of rows.
    public var height: Int
    /// The size of a pixel on the panel, in mm. Positive.
    public var mmPerPixel: Double
    /// The paint.
    public var surface: PanelSurface
    /// The light.
    public var lighting: PanelLighting
    /// The lens and the sensor.
    public var camera: PanelCamera
    /// Creases that belong to the part's shape.
    public var styleLines: [StyleLine]
    /// Joints between panels.
    public var gaps: [PanelGap]
    /// The panel's border, if the picture shows it.
    public var outline: PanelOutline?
    /// What should not be there.
    public var defects: [PlantedDefect]

    /// A panel from its parts.
    ///
    /// - Precondition: `width` and `height` are not negative and `mmPerPixel` is positive.
    public init(
        name: String,
        width: Int,
        height: Int,
        mmPerPixel: Double,
        surface: PanelSurface,
        lighting: PanelLighting = PanelLighting(),
        camera: PanelCamera = PanelCamera(),
        styleLines: [StyleLine] = [],
        gaps: [PanelGap] = [],
        outline: PanelOutline? = nil,
        defects: [PlantedDefect] = []
    ) {
        precondition(width >= 0 && height >= 0, "negative size \(width) x \(height)")
        precondition(mmPerPixel > 0, "\(mmPerPixel) mm per pixel")
        self.name = name
        self.width = width
        self.height = height
        self.mmPerPixel = mmPerPixel
        self.surface = surface
        self.lighting = lighting
        self.camera = camera
        self.styleLines = styleLines
        self.gaps = gaps
        self.outline = outline
        self.defects = defects
    }

    /// The picture's width on the panel, in mm.
    public var widthMm: Double { Double(width) * mmPerPixel }
    /// The picture's height on the panel, in mm.
    public var heightMm: Double { Double(height) * mmPerPixel }

    /// The same panel without any defect.
    public var clean: PanelDescription {
        var copy = self
        copy.defects = []
        return copy
    }
}
