/// How even a zone's surface is as a whole: indices of its look that belong to no single defect.
///
/// They are contrasts measured on the picture, so they follow the light and the angle of view as well as the paint,
/// and compare among pictures of one station only. None of them is the reading of an instrument: the waviness index
/// sorts contrast by wavelength as orange-peel meters do, but it is no wave-scan value.
public struct Appearance: Sendable, Hashable, Codable {
    /// The zone, without what belongs to an earlier one; null is all of the picture that was judged.
    @Nullable public var zone: String?
    /// How many pixels were measured, in whole cells of 8 × 8.
    public var areaPx: Double
    /// The contrast of the texture by wavelength, an octave a band, finest first: only bands that the area is large
    /// enough for.
    public var bands: [Band]
    /// The waviness index: root mean square contrast, in percent, of the wavelengths of ``wavinessPx``. Null when no
    /// band of them was measured.
    @Nullable public var wavinessPercent: Double?
    /// The shortest and the longest wavelength in ``wavinessPercent``, in pixels: as far as they were measured 1 to
    /// 10 mm or, without a scale, everything above the finest band. Empty when there are none.
    public var wavinessPx: [Double]
    /// The same in millimetres; null without a scale.
    @Nullable public var wavinessMm: [Double]?
    /// The mottling index (cloudiness): how much the mean brightness of squares of ``squarePx`` varies around planes
    /// fitted to the five by five squares around each, in percent of these: the robust standard deviation. Null when the area has
    /// fewer than twelve squares.
    @Nullable public var mottlingPercent: Double?
    /// Light-dark unevenness: from the 5th to the 95th percentile of the squares' brightness, in percent of the
    /// median. Holds the light's own unevenness. Null when the area has fewer than twelve squares.
    @Nullable public var unevennessPercent: Double?
    /// The side of the squares, in pixels: about 5 mm or, without a scale, 64 px.
    public var squarePx: Double
    /// The same in millimetres; null without a scale.
    @Nullable public var squareMm: Double?
    /// The limits of the recipe's `appearance` that are exceeded, the deciding one first.
    public var limits: [Explanation.LimitOutcome]

    /// The contrast of an octave of wavelengths.
    public struct Band: Sendable, Hashable, Codable {
        /// The shortest wavelength, in pixels.
        public var fromPx: Double
        /// The longest wavelength, in pixels.
        public var toPx: Double
        /// The shortest wavelength, in millimetres; null without a scale.
        @Nullable public var fromMm: Double?
        /// The longest wavelength, in millimetres; null without a scale.
        @Nullable public var toMm: Double?
        /// Root mean square contrast in half of the area or more, in percent: that of the median block.
        public var contrastPercent: Double
    }
}

extension Appearance {
    /// The waviness index of other wavelengths, in percent; nil unless the bands cover all of them.
    ///
    /// - Parameter millimetres: whether they are in millimetres; in pixels otherwise.
    package func waviness(of wavelengths: ClosedRange<Double>, millimetres: Bool) -> Double? {
        var octaves: [WavelengthBand] = []
        for band in bands {
            guard let from = millimetres ? band.fromMm : band.fromPx,
                let to = millimetres ? band.toMm : band.toPx
            else { return nil }
            octaves.append(WavelengthBand(wavelengths: from...to, contrast: band.contrastPercent))
        }
        // The ends of bands are recorded to three digits.
        let slack = 1.005
        guard let first = octaves.first, let last = octaves.last,
            first.wavelengths.lowerBound <= wavelengths.lowerBound * slack,
            last.wavelengths.upperBound * slack >= wavelengths.upperBound
        else { return nil }
        return octaves.contrast(of: wavelengths)
    }
}
