/// The form of a defect in its own frame: u along its length, v across, both in mm from its middle.
protocol DefectShape: Sendable {
    /// How far from its middle it changes the light at all, in mm.
    var reachMm: Double { get }
    /// What it does at one point.
    func effect(u: Double, v: Double) -> DefectEffect
    /// The part of the shape that matters within `radius` of a point, or nil if nothing does: it saves
    /// asking long, thin shapes where they are not.
    func part(nearU u: Double, v: Double, radius: Double) -> (any DefectShape)?
}

extension DefectShape {
    func part(nearU u: Double, v: Double, radius: Double) -> (any DefectShape)? {
        let reach = reachMm + radius
        return u * u + v * v <= reach * reach ? self : nil
    }
}

/// What a defect does at one point.
struct DefectEffect {
    /// The change of brightness in units of the defect's contrast: 1 at its strongest point.
    var strength: Double
    /// Whether the point belongs to the defect: inside the outline where it has half its strength.
    var isInside: Bool

    static let none = DefectEffect(strength: 0, isInside: false)
}

extension PlantedDefect {
    /// The defect's form under light from `lightDirection` (in the picture's frame, radians).
    func shape(lightDirection: Double) -> any DefectShape {
        let light = lightDirection - orientation
        return switch defectClass {
        case .inclusion:
            BlobShape(
                self,
                harmonics: 0.16,
                light: light,
                halo: contrast < 0 ? -0.18 : 0.18,
                texture: 0.15
            )
        case .pinhole: BlobShape(self, harmonics: 0, light: light, halo: 0, texture: 0)
        case .stain: BlobShape(self, harmonics: 0.2, light: light, halo: 0, texture: 0.25)
        case .crater: CraterShape(self, light: light)
        case .scratch: StrokeShape(scratch: self)
        case .fibre: StrokeShape(fibre: self)
        case .run: RunShape(self, light: light)
        case .dent: DentShape(self, light: light)
        }
    }
}
