import ClearcoatImage

/// Any number of random panels from one seed. Each is the same however many there are.
public struct PanelSeries: Sendable, Hashable {
    /// What all that is random follows from.
    public var seed: UInt64
    /// The paint; nil takes all in turn.
    public var preset: PanelPreset?
    /// Columns of the pictures.
    public var width: Int
    /// Rows of the pictures.
    public var height: Int
    /// Millimetres on the part from one pixel to the next.
    public var mmPerPixel: Double
    /// The share of panels without any defect, 0...1.
    public var cleanShare: Double
    /// The most defects on one panel, at least 1.
    public var mostDefects: Int
    /// The lens's blur, in pixels (see ``PanelCamera/blurSigmaPx``): larger out of focus.
    public var blurSigmaPx: Double

    /// A series from its parts.
    public init(
        seed: UInt64,
        preset: PanelPreset?,
        width: Int,
        height: Int,
        mmPerPixel: Double,
        cleanShare: Double,
        mostDefects: Int,
        blurSigmaPx: Double = PanelCamera().blurSigmaPx
    ) {
        self.seed = seed
        self.preset = preset
        self.width = width
        self.height = height
        self.mmPerPixel = mmPerPixel
        self.cleanShare = cleanShare
        self.mostDefects = mostDefects
        self.blurSigmaPx = blurSigmaPx
    }

    /// The panel number `index`, from 0, with the seed to render it with.
    public func panel(_ index: Int) -> (description: PanelDescription, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<index { _ = generator.next() }
        generator = SplitMix64(seed: generator.next())
        let presets = PanelPreset.allCases
        let isClean = generator.nextUnit() < cleanShare
        let number = isClean ? 0 : 1 + Int(generator.next() % UInt64(mostDefects))
        let classes = (0..<number).map { _ in
            PlantedDefectClass.allCases[Int(generator.next() % UInt64(PlantedDefectClass.allCases.count))]
        }
        let panelSeed = generator.next() >> 1
        let digits = String(index + 1)
        let description = PanelDescription.random(
            preset ?? presets[index % presets.count],
            name: "panel-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits,
            seed: panelSeed,
            width: width,
            height: height,
            mmPerPixel: mmPerPixel,
            camera: PanelCamera(blurSigmaPx: blurSigmaPx),
            defects: classes
        )
        return (description, panelSeed)
    }
}
