public import ClearcoatImage

/// What a rendered panel really shows. Coordinates are pixels of the picture as displayed, (0, 0) being
/// the centre of the top-left pixel; angles are from +x towards +y.
public struct GroundTruth: Sendable, Codable, Hashable {
    /// The panel's name.
    public var name: String
    /// The picture's number of columns.
    public var width: Int
    /// The picture's number of rows.
    public var height: Int
    /// The size of a pixel on the panel, in mm.
    public var mmPerPixel: Double
    /// The seed the picture was rendered with.
    public var seed: UInt64
    /// The paint, when it is one of the presets; absent otherwise.
    public var paint: PanelPreset?
    /// The defects, in the order of the description; ids are 1, 2, 3, ...
    public var defects: [TrueDefect]
}

/// A planted defect as it lies on the pixel grid.
public struct TrueDefect: Sendable, Codable, Hashable {
    /// Its number, also in ``RenderedPanel/truthLabels``.
    public var id: Int
    /// What it is.
    public var defectClass: PlantedDefectClass
    /// Whether it is darker than the paint, brighter, or has both sides.
    public var polarity: PlantedPolarity
    /// The mean of its pixels' centres, in pixels.
    public var centroid: PixelPosition
    /// The smallest box that holds its pixels; half-open.
    public var boundingBox: Rectangle
    /// How many pixels it covers by half or more, before the lens's blur.
    public var areaPx: Int
    /// The area of these pixels, in mm².
    public var areaMm2: Double
    /// Its length, in mm. For a scratch or fibre: along its path, as planted. Otherwise
    /// ``maxFeretMm``.
    public var lengthMm: Double
    /// Its width, in mm. For a scratch or fibre: across the line, as planted. Otherwise
    /// ``minFeretMm``.
    public var widthMm: Double
    /// The greatest distance between two parallel lines that hold all its pixels between them, in mm,
    /// where a pixel is the four middles of its sides.
    public var maxFeretMm: Double
    /// The least such distance, in mm.
    public var minFeretMm: Double
    /// The direction of its length as planted, in radians, in (-π/2, π/2].
    public var orientation: Double
    /// The strongest relative change of the stored samples that it makes, with its sign: (with it -
    /// without it) / without it, without noise, after blur and tone, on luma for a colour picture.
    public var contrast: Double
    /// The strongest such change towards dark; zero or negative.
    public var darkContrast: Double
    /// The strongest such change towards bright; zero or positive.
    public var brightContrast: Double
    /// The standard deviation of the relative brightness of the clean paint around it, from one pixel to
    /// another: sensor noise, flakes and orange peel; light, style lines and borders not counted.
    public var noise: Double
    /// The contrast's magnitude divided by ``noise``.
    public var snr: Double

    /// Whether a sound inspection must find it: at least 4 px in its longest direction and a contrast of
    /// at least 5 times the local noise.
    public func mustBeFound(mmPerPixel: Double) -> Bool { maxFeretMm >= 4 * mmPerPixel && snr >= 5 }

    enum CodingKeys: String, CodingKey {
        case defectClass = "class"
        case id, polarity, centroid, boundingBox, areaPx, areaMm2, lengthMm, widthMm, maxFeretMm,
            minFeretMm
        case orientation, contrast, darkContrast, brightContrast, noise, snr
    }
}

/// A place in the picture, in pixels, for the ground truth's JSON.
public struct PixelPosition: Sendable, Codable, Hashable {
    /// Columns to the right of the centre of the leftmost one.
    public var x: Double
    /// Rows below the centre of the topmost one.
    public var y: Double

    /// A place from its coordinates.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// Whether a defect is darker or brighter than the paint.
public enum PlantedPolarity: String, Sendable, Codable, Hashable {
    /// Darker.
    case dark
    /// Brighter.
    case bright
    /// Both: the weaker side has at least half the contrast of the stronger.
    case mixed
}
