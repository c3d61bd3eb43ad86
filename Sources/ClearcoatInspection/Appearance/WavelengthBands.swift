#if canImport(Glibc)
    import Glibc
#endif

/// The contrast of a band of wavelengths.
struct WavelengthBand: Sendable, Hashable {
    var wavelengths: ClosedRange<Double>
    /// Root mean square contrast of all of the band.
    var contrast: Double
}

extension WavelengthBand {
    /// The shortest wavelength that stands for the response of level 0, in pixels; each level more doubles it.
    ///
    /// The response is a band-pass whose gain in energy, averaged over directions, is centred (by log wavelength) on
    /// 10.2 px: the octave around that is 7.2 to 14.4 px.
    static let shortest = 7.2

    /// The energy gain of a response summed over octaves of wavelength: texture that has the same variance in every
    /// octave responds with this many times the variance of one. From 16 px on, the gains of all levels add up to
    /// it within 7 %, so every wavelength counts alike (`Tests/Oracles/inspection/appearance.py`).
    static let energyGain = 1.725

    /// The wavelengths that a level's response stands for, in pixels.
    static func wavelengths(ofLevel level: Int) -> ClosedRange<Double> {
        let start = shortest * Double(1 << level)
        return start...2 * start
    }
}

extension [WavelengthBand] {
    /// Root mean square contrast of a range of wavelengths: the variance of each band shared out over its octaves.
    /// What lies outside of all bands counts as nothing.
    func contrast(of range: ClosedRange<Double>) -> Double {
        var variance = 0.0
        for band in self {
            let from = Swift.max(band.wavelengths.lowerBound, range.lowerBound)
            let to = Swift.min(band.wavelengths.upperBound, range.upperBound)
            guard from < to else { continue }
            let share = log2(to / from) / log2(band.wavelengths.upperBound / band.wavelengths.lowerBound)
            variance += share * band.contrast * band.contrast
        }
        return variance.squareRoot()
    }
}
