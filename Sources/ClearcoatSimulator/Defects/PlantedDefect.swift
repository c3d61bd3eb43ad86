/// What kind of defect is planted. The numbers are the positions of VDA 16's annex.
public enum PlantedDefectClass: String, Sendable, Codable, Hashable, CaseIterable {
    /// Dirt under the paint: an irregular speck with a little shading around it (26).
    case inclusion
    /// A pit with a raised rim, which is bright where the pit is dark, or the other way round (4b).
    case crater
    /// A tiny round dark hole (22).
    case pinhole
    /// A scratch: straight, curved or broken (17).
    case scratch
    /// Paint that ran down: a long soft drop with a bright and a dark side (18).
    case run
    /// A hair or thread under the paint: thin, curved, round ends (26).
    case fibre
    /// A large, soft, faint, irregular patch (10).
    case stain
    /// A large smooth dent: bright on one side and dark on the other (3).
    case dent
}

/// One defect with its true place, size and strength.
public struct PlantedDefect: Sendable, Codable, Hashable {
    /// What it is.
    public var defectClass: PlantedDefectClass
    /// Where its middle is, in mm right of the picture's top-left pixel.
    public var xMm: Double
    /// Where its middle is, in mm below the picture's top-left pixel.
    public var yMm: Double
    /// Its length along ``orientation``, in mm, between the places where it has half its strength;
    /// for a scratch or a fibre the length along its path.
    public var lengthMm: Double
    /// Its width across, in mm, likewise; for a scratch or a fibre the width of the line.
    public var widthMm: Double
    /// The direction of its length, from +x towards +y, in radians.
    public var orientation: Double
    /// How much brighter (positive) or darker (negative) than the paint its strongest point is, in
    /// linear light before the lens's blur: -1 is black, +1 twice as bright. A dent or run has both
    /// signs; positive is raised (bright towards the light), negative is sunken.
    public var contrast: Double
    /// What is added to ``contrast`` for red, green and blue, each -1 and up, when the camera tells colours apart; nil
    /// changes the brightness alone. With a contrast of zero and a tint whose luma is zero, a place of another
    /// colour as light as the paint: see ``PanelSurface/tint(red:)``.
    public var tint: LinearColour?
    /// How far a path bends: the angle between the directions of its two ends, in radians. Only for
    /// scratches (a circular arc) and fibres (a winding path of that typical bend).
    public var bend: Double
    /// Into how many pieces a scratch is broken; 1 is whole.
    public var pieces: Int
    /// The width of its soft edge, in mm, from full strength to none; the middle of that is its
    /// border. Dents and runs are soft by nature and do not use it.
    public var edgeMm: Double
    /// The seed of its irregular outline or path.
    public var shapeSeed: UInt64

    /// A defect from its parts.
    public init(
        _ defectClass: PlantedDefectClass,
        xMm: Double,
        yMm: Double,
        lengthMm: Double,
        widthMm: Double,
        orientation: Double = 0,
        contrast: Double,
        tint: LinearColour? = nil,
        bend: Double = 0,
        pieces: Int = 1,
        edgeMm: Double = 0.03,
        shapeSeed: UInt64 = 1
    ) {
        self.defectClass = defectClass
        self.xMm = xMm
        self.yMm = yMm
        self.lengthMm = lengthMm
        self.widthMm = widthMm
        self.orientation = orientation
        self.contrast = contrast
        self.tint = tint
        self.bend = bend
        self.pieces = pieces
        self.edgeMm = edgeMm
        self.shapeSeed = shapeSeed
    }

    enum CodingKeys: String, CodingKey {
        case defectClass = "class"
        case xMm, yMm, lengthMm, widthMm, orientation, contrast, tint, bend, pieces, edgeMm, shapeSeed
    }
}
