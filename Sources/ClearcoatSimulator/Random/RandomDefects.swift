import ClearcoatImage

/// How large and how strong random defects of a class are.
struct DefectDistribution {
    /// In mm; logarithmic.
    var length: ClosedRange<Double>
    /// In shares of the length, or in mm for lines.
    var width: ClosedRange<Double>
    /// In units of the local noise; logarithmic.
    var snr: ClosedRange<Double>

    /// Sizes as paint shops see them; strengths from just visible to plain.
    static func of(_ defectClass: PlantedDefectClass) -> DefectDistribution {
        switch defectClass {
        case .inclusion: DefectDistribution(length: 0.35...1.3, width: 0.6...1, snr: 8...30)
        case .crater: DefectDistribution(length: 0.8...2.2, width: 0.9...1, snr: 8...25)
        case .pinhole: DefectDistribution(length: 0.28...0.45, width: 1...1, snr: 9...25)
        case .scratch: DefectDistribution(length: 6...35, width: 0.1...0.22, snr: 7...18)
        case .run: DefectDistribution(length: 10...24, width: 0.2...0.3, snr: 6...10)
        case .fibre: DefectDistribution(length: 2.5...7, width: 0.09...0.15, snr: 8...20)
        case .stain: DefectDistribution(length: 4...8, width: 0.5...0.9, snr: 5.5...8)
        case .dent: DefectDistribution(length: 5...8, width: 0.6...1, snr: 6...10)
        }
    }
}

extension PlantedDefect {
    /// A defect of random form at the origin, with a contrast of ±0.1.
    static func random(
        _ defectClass: PlantedDefectClass,
        mmPerPixel: Double,
        onDarkPaint isDark: Bool,
        using generator: inout SplitMix64
    ) -> PlantedDefect {
        let distribution = DefectDistribution.of(defectClass)
        let isLine = defectClass == .scratch || defectClass == .fibre
        // Specks of less than 4 pixels and lines of less than 1.3 cannot be asked for.
        let length = max(generator.nextLogarithmic(in: distribution.length), 4.2 * mmPerPixel)
        let drawn = generator.next(in: distribution.width)
        let width = isLine ? max(drawn, 1.3 * mmPerPixel) : drawn * length
        let bright = generator.nextUnit()
        let brightShare: Double =
            switch defectClass {
            case .pinhole, .dent: 0
            case .run: 1
            case .crater, .stain: 0.3
            case .inclusion, .fibre: isDark ? 0.75 : 0.2
            case .scratch: isDark ? 0.8 : 0.45
            }
        let orientation = generator.next(in: 0...Double.pi)
        let lean = generator.next(in: -0.12...0.12)
        let bend = generator.next(in: -1...1)
        let whole = generator.nextUnit()
        var defect = PlantedDefect(
            defectClass,
            xMm: 0,
            yMm: 0,
            lengthMm: length,
            widthMm: width,
            orientation: defectClass == .run ? .pi / 2 + lean : orientation,
            contrast: bright < brightShare ? 0.1 : -0.1,
            edgeMm: isLine ? width / 2 : 0.05,
            shapeSeed: generator.next() >> 40
        )
        switch defectClass {
        case .scratch:
            defect.bend = whole < 0.4 ? 0 : 0.7 * bend
            defect.pieces = length > 10 && whole > 0.65 ? 2 + Int(generator.next() % 2) : 1
        case .fibre: defect.bend = 0.7 + 0.8 * bend.magnitude
        case .stain: defect.edgeMm = 0.35 * width
        case .inclusion: defect.edgeMm = 0.15 * width
        default: break
        }
        return defect
    }

    /// Circles that together hold the defect, for keeping it apart from others.
    var occupiedCircles: [(x: Double, y: Double, radius: Double)] {
        let sagitta = defectClass == .scratch ? lengthMm * bend.magnitude / 8 : 0
        let across = max(widthMm, 2 * sagitta) * 0.8 + 0.5
        guard defectClass != .fibre, across < lengthMm / 2 else {
            return [(xMm, yMm, lengthMm * 0.6 + 0.5)]
        }
        let count = Int((lengthMm / across).rounded(.up))
        return (0...count).map { index in
            let along = lengthMm * (Double(index) / Double(count) - 0.5)
            return (xMm + along * cosine(orientation), yMm + along * sine(orientation), across)
        }
    }
}

extension PanelDescription {
    /// A panel of a preset's paint with random defects of the given classes, in that order.
    ///
    /// Sizes in mm and contrasts in units of the local noise are drawn from fixed distributions for each
    /// class. Defects keep apart from each other, from the picture's border and from style lines, gaps and
    /// outline; one that finds no room is left out. The contrasts hold when the panel is rendered with the
    /// same seed.
    ///
    /// - Parameters:
    ///   - weakShare: the share of defects that are made too weak (2...4 times the noise) to be asked for.
    ///   - change: a last touch to the panel before defects are placed, such as a style line.
    public static func random(
        _ preset: PanelPreset,
        name: String,
        seed: UInt64,
        width: Int,
        height: Int,
        mmPerPixel: Double,
        camera: PanelCamera = PanelCamera(),
        defects classes: [PlantedDefectClass],
        weakShare: Double = 0.1,
        adjustedBy change: (inout PanelDescription) -> Void = { _ in }
    ) -> PanelDescription {
        var panel = preset.panel(
            name: name,
            seed: seed,
            width: width,
            height: height,
            mmPerPixel: mmPerPixel,
            camera: camera
        )
        change(&panel)
        var placed: [(index: Int, defect: PlantedDefect)] = []
        let candidates = classes.enumerated().map { index, defectClass in
            var generator = SplitMix64(seed: seed, .description, 1, index)
            let defect = PlantedDefect.random(
                defectClass,
                mmPerPixel: mmPerPixel,
                onDarkPaint: preset.isDark,
                using: &generator
            )
            return (index: index, defect: defect, generator: generator)
        }
        // The longest first: small ones find room between them.
        for var candidate in candidates.sorted(by: {
            ($1.defect.lengthMm, $0.index) < ($0.defect.lengthMm, $1.index)
        }) {
            guard
                let place = panel.place(
                    for: candidate.defect,
                    beside: placed.map(\.defect),
                    &candidate.generator
                )
            else { continue }
            let isWeak = candidate.generator.nextUnit() < weakShare
            let range = isWeak ? 2...4 : DefectDistribution.of(place.defectClass).snr
            let snr = candidate.generator.nextLogarithmic(in: range)
            placed.append((candidate.index, panel.strengthened(place, toSNR: snr, seed: seed)))
        }
        panel.defects = placed.sorted { $0.index < $1.index }.map(\.defect)
        return panel
    }

    /// The defect at a random place with enough room, or nil if 300 tries find none.
    private func place(
        for defect: PlantedDefect,
        beside others: [PlantedDefect],
        _ generator: inout SplitMix64
    ) -> PlantedDefect? {
        let taken = others.flatMap(\.occupiedCircles)
        for _ in 0..<300 {
            var moved = defect
            moved.xMm = generator.nextUnit() * widthMm
            moved.yMm = generator.nextUnit() * heightMm
            let hasRoom = moved.occupiedCircles.allSatisfy { circle in
                clearance(xMm: circle.x, yMm: circle.y) > circle.radius
                    && taken.allSatisfy { other in
                        let (dx, dy) = (other.x - circle.x, other.y - circle.y)
                        return (dx * dx + dy * dy).squareRoot() > circle.radius + other.radius + 1.5
                    }
            }
            if hasRoom { return moved }
        }
        return nil
    }

    /// How far a point is from everything that is not plain paint, in mm: less 16 px at the picture's border.
    private func clearance(xMm: Double, yMm: Double) -> Double {
        let margin = 16 * mmPerPixel
        var least = min(xMm, yMm, widthMm - xMm, heightMm - yMm) - margin
        for line in styleLines {
            least = min(least, line.distance(xMm: xMm, yMm: yMm) - 2 * line.widthMm)
        }
        for gap in gaps { least = min(least, gap.distance(xMm: xMm, yMm: yMm) - gap.widthMm) }
        if let outline {
            let depth = outline.depth(xMm: xMm, yMm: yMm, widthMm: widthMm, heightMm: heightMm)
            least = min(least, depth - margin)
        }
        return least
    }

    /// The defect with the contrast that gives it `target` times the noise of the clean paint around it.
    private func strengthened(_ defect: PlantedDefect, toSNR target: Double, seed: UInt64)
        -> PlantedDefect
    {
        let noise = NormalNoise()
        let sensor = PanelSensor(camera, noise: noise)
        var defect = defect
        // Twice, since an sRGB tone curve bends and a speck can be no darker than black.
        for _ in 0..<2 {
            var trial = self
            trial.defects = [defect]
            let truth = TrueDefect(
                index: 0,
                in: PanelScene(trial, seed: seed, noise: noise),
                sensor: sensor
            )
            guard truth.snr > 0 else { return defect }
            defect.contrast = min(max(defect.contrast * target / truth.snr, -0.9), 1.5)
        }
        return defect
    }
}
