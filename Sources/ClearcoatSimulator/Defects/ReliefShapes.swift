// Defects that are seen only because the surface slopes: to first order the light changes in
// proportion to the slope towards the main light, whatever the mirror shows there. A bell-shaped
// height exp(-t²/2) has its steepest slope at t = 1 and half of that at t = 1.92, so that is where
// the outline of such a defect lies.

/// Where the slope of a bell exp(-t²/2) has fallen to half its greatest value, beyond that: the larger
/// root of t exp((1 - t²)/2) = 1/2.
private let halfSlope = 1.9217

/// A large shallow dent (or, with positive contrast, a bump): the slope of a bell of elliptic plan.
///
/// Towards the light it is bright on one half and dark on the other. Inside is the hull of the places
/// where either has half its strength.
struct DentShape: DefectShape {
    private let sigmaU: Double
    private let sigmaV: Double
    /// The direction of steepest change where the ellipse is the unit circle.
    private let directionU: Double
    private let directionV: Double

    init(_ defect: PlantedDefect, light: Double) {
        // Along the light the outline lies at 1.92 standard deviations, across it at 1.18.
        let along = cosine(light) * cosine(light)
        let across = sine(light) * sine(light)
        sigmaU = defect.lengthMm / 2 / (halfSlope * along + 1.1774 * across)
        sigmaV = defect.widthMm / 2 / (halfSlope * across + 1.1774 * along)
        let x = cosine(light) / sigmaU
        let y = sine(light) / sigmaV
        let length = (x * x + y * y).squareRoot()
        directionU = x / length
        directionV = y / length
    }

    var reachMm: Double { 4 * max(sigmaU, sigmaV) }

    func effect(u: Double, v: Double) -> DefectEffect {
        let x = u / sigmaU
        let y = v / sigmaV
        let along = x * directionU + y * directionV
        let across = y * directionU - x * directionV
        let strength = along * exponential(0.5 * (1 - along * along - across * across))
        let isInside = along.magnitude >= 1 ? strength.magnitude >= 0.5 : across.magnitude <= 1.1774
        return DefectEffect(strength: strength, isInside: isInside)
    }
}

/// A run: a drop that came to rest, thin at its upper end (-u) and thick at its lower end (+u).
///
/// The height is a bell of q, the distance to the middle line in units of the local half width, which
/// grows from a third at the upper end to the whole at the lower; the outline is q = 1. Where the run is
/// wider it is also thicker, so that its sides are a little steeper at the lower end.
struct RunShape: DefectShape {
    private let upperU: Double
    private let lowerU: Double
    private let upperRadius: Double
    private let lowerRadius: Double
    private let light: (u: Double, v: Double)
    private var scale = 1.0
    let reachMm: Double

    init(_ defect: PlantedDefect, light: Double) {
        lowerRadius = defect.widthMm / 2
        upperRadius = defect.widthMm / 6
        lowerU = defect.lengthMm / 2 - lowerRadius
        upperU = min(upperRadius - defect.lengthMm / 2, lowerU)
        self.light = (cosine(light), sine(light))
        reachMm = defect.lengthMm / 2 + defect.widthMm
        // The slope has no simple maximum here: look for it, so that 1 is the strongest point.
        var strongest = 0.0
        for row in -24...24 {
            for column in -48...48 {
                let u = Double(column) / 48 * defect.lengthMm / 2
                let v = Double(row) / 24 * lowerRadius
                strongest = max(strongest, effect(u: u, v: v).strength.magnitude)
            }
        }
        scale = strongest > 0 ? 1 / strongest : 0
    }

    func effect(u: Double, v: Double) -> DefectEffect {
        let step = lowerRadius / 50
        let slopeU = (height(u + step, v) - height(u - step, v)) / (2 * step)
        let slopeV = (height(u, v + step) - height(u, v - step)) / (2 * step)
        let strength = -(slopeU * light.u + slopeV * light.v) * scale
        return DefectEffect(strength: strength, isInside: distance(u, v) <= 1)
    }

    /// The distance to the middle line in units of the half width there.
    private func distance(_ u: Double, _ v: Double) -> Double { place(u, v).distance }

    private func place(_ u: Double, _ v: Double) -> (distance: Double, halfWidth: Double) {
        let span = lowerU - upperU
        let share = span > 0 ? min(max((u - upperU) / span, 0), 1) : 1
        let du = u - (upperU + share * span)
        let halfWidth = upperRadius + share * (lowerRadius - upperRadius)
        return ((du * du + v * v).squareRoot() / halfWidth, halfWidth)
    }

    private func height(_ u: Double, _ v: Double) -> Double {
        let place = place(u, v)
        let t = halfSlope * place.distance
        return power(place.halfWidth / lowerRadius, 1.3) * exponential(-0.5 * t * t)
    }
}
