import ClearcoatImage

/// A speck, hole or patch: an ellipse whose outline wavers, with a soft edge.
///
/// The outline is `r(φ) = 1 + Σ aₖ cos(kφ + φₖ)`, k = 2...6, in the frame where the ellipse is the
/// unit circle; the strength falls from 1 to 0 over the edge's width and is 1/2 on the outline.
/// An inclusion lifts the paint around it a little: outside, the slope towards the light is brighter
/// and the other one darker by up to `halo`, fading with the distance.
struct BlobShape: DefectShape {
    private let halfLength: Double
    private let halfWidth: Double
    private let edge: Double
    private let harmonics: [(order: Double, amplitude: Double, phase: Double)]
    private let light: Double
    private let halo: Double
    private let texture: Double
    private let texturePhase: Double
    private let largestRadius: Double

    init(
        _ defect: PlantedDefect,
        harmonics amplitude: Double,
        light: Double,
        halo: Double,
        texture: Double
    ) {
        var generator = SplitMix64(seed: defect.shapeSeed, .shape)
        halfLength = defect.lengthMm / 2
        halfWidth = defect.widthMm / 2
        edge = min(defect.edgeMm, defect.widthMm)
        harmonics =
            amplitude == 0
            ? []
            : (2...6).map { order in
                (
                    Double(order),
                    amplitude * generator.next(in: 0.4...1) / (Double(order) - 1),
                    generator.next(in: 0...(2 * .pi))
                )
            }
        self.light = light
        self.halo = halo
        self.texture = texture
        texturePhase = generator.next(in: 0...(2 * .pi))
        largestRadius = 1 + harmonics.reduce(0) { $0 + $1.amplitude }
    }

    /// A halo has faded to a fiftieth of its strength at twice the outline's distance.
    var reachMm: Double {
        let body = max(halfLength, halfWidth) * largestRadius
        return (halo == 0 ? body : body * 2) + edge
    }

    func effect(u: Double, v: Double) -> DefectEffect {
        let x = u / halfLength
        let y = v / halfWidth
        let radius = (x * x + y * y).squareRoot()
        let direction = angle(y, x)
        var outline = 1.0
        for wave in harmonics {
            outline += wave.amplitude * cosine(wave.order * direction + wave.phase)
        }
        // The distance to the outline, measured along the ray from the middle.
        let scale = radius > 0 ? (u * u + v * v).squareRoot() / radius : min(halfLength, halfWidth)
        let distance = (radius - outline) * scale
        let body = edge > 0 ? smoothStep(0.5 - distance / edge) : (distance <= 0 ? 1 : 0)
        var strength = body
        if texture > 0 {
            let grain = cosine(2.9 * x + texturePhase) * cosine(3.7 * y + 2 * texturePhase)
            strength *= 1 - texture * (0.5 + 0.5 * grain) * smoothStep(radius / outline)
        }
        if halo != 0, radius > 0 {
            let fade = exponential(-4 * max(radius / outline - 1, 0))
            strength += (1 - body) * halo * fade * cosine(angle(v, u) - light)
        }
        return DefectEffect(strength: strength, isInside: distance <= 0)
    }
}
