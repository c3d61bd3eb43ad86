/// The lens and the sensor, in the terms of EMVA 1288.
public struct PanelCamera: Sendable, Codable, Hashable {
    /// Whether the sensor tells colours apart. If not, it sees luminance.
    public var isColour: Bool
    /// The light that fills the sensor: radiance × exposure = 1 is saturated. White paint is about 0.8.
    public var exposure: Double
    /// The lens's blur: the standard deviation of its Gaussian point spread, in pixels.
    public var blurSigmaPx: Double
    /// The share of light lost in the picture's corners, 0..<1; the loss follows the cos⁴ law.
    public var vignetting: Double
    /// How many electrons a saturated pixel holds. Shot noise is the square root of those counted.
    public var fullWellElectrons: Double
    /// The noise of reading one pixel, in electrons (standard deviation).
    public var readNoiseElectrons: Double
    /// The stored number for no light, in steps of the stored numbers.
    public var blackLevel: Double
    /// How light becomes a stored number.
    public var tone: Tone
    /// The number of bits in a stored sample: 8, or 9...16 for 16-bit samples of which the upper
    /// bits may be zero (a 12-bit camera fills 0...4095).
    public var bitsPerSample: Int

    /// A camera from its parts.
    public init(
        isColour: Bool = false,
        exposure: Double = 0.85,
        blurSigmaPx: Double = 0.7,
        vignetting: Double = 0.08,
        fullWellElectrons: Double = 20000,
        readNoiseElectrons: Double = 6,
        blackLevel: Double = 2,
        tone: Tone = .linear,
        bitsPerSample: Int = 8
    ) {
        self.isColour = isColour
        self.exposure = exposure
        self.blurSigmaPx = blurSigmaPx
        self.vignetting = vignetting
        self.fullWellElectrons = fullWellElectrons
        self.readNoiseElectrons = readNoiseElectrons
        self.blackLevel = blackLevel
        self.tone = tone
        self.bitsPerSample = bitsPerSample
    }

    /// How light becomes a stored number.
    public enum Tone: String, Sendable, Codable, Hashable, CaseIterable {
        /// In proportion, as industrial cameras do.
        case linear
        /// By the curve of IEC 61966-2-1, as in ordinary colour pictures.
        case sRGB
    }

    /// The largest stored number.
    public var maximumSample: Int { (1 << bitsPerSample) - 1 }
}
