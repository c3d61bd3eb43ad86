import ClearcoatImage

/// A pit with a raised rim, together one defect.
///
/// Along a radius q (1 on the outline): the pit is 1 out to q = 0.52 and fades by 0.68; the rim is a
/// bell of the opposite sign with its crest at 0.82 and half its height at 1, which is the outline.
/// The rim is a slope, so it is stronger towards the light (0.8) than away from it (0.5).
struct CraterShape: DefectShape {
    private let halfLength: Double
    private let halfWidth: Double
    private let light: Double
    private let wobble: Double
    private let phase: Double

    private static let crest = 0.82
    /// A bell has half its height 1.1774 standard deviations from its middle.
    private static let rimSigma = (1 - crest) / 1.1774

    init(_ defect: PlantedDefect, light: Double) {
        var generator = SplitMix64(seed: defect.shapeSeed, .shape)
        halfLength = defect.lengthMm / 2
        halfWidth = defect.widthMm / 2
        self.light = light
        wobble = generator.next(in: 0.02...0.06)
        phase = generator.next(in: 0...(2 * .pi))
    }

    var reachMm: Double { max(halfLength, halfWidth) * (1 + 4 * Self.rimSigma) * 1.06 }

    func effect(u: Double, v: Double) -> DefectEffect {
        let x = u / halfLength
        let y = v / halfWidth
        let direction = angle(y, x)
        let radius = (x * x + y * y).squareRoot() / (1 + wobble * cosine(2 * direction + phase))
        let pit = smoothStep((0.68 - radius) / 0.16)
        let offset = (radius - Self.crest) / Self.rimSigma
        let rim = exponential(-0.5 * offset * offset) * (0.65 + 0.15 * cosine(angle(v, u) - light))
        return DefectEffect(strength: pit - rim, isInside: radius <= 1)
    }
}
