import ClearcoatImage
import ClearcoatRegions

#if canImport(Glibc)
    import Glibc
#endif

/// What the detectors made of one picture, before rules and limits.
struct Detection: Sendable {
    let plan: InspectionPlan
    let station: StationMeasurement
    let fineDetail: FineDetail
    let background: Background
    let judgedShares: JudgedShares
    let flattened: BandedPlane
    /// Responses and their noise, finest level first; only the noise unless a trace was asked for.
    var levels: [Level] = []
    /// How even the surface is as a whole: all of the picture, then each zone.
    var appearances: [Appearance] = []
    /// Kept: joined, and not an edge.
    var candidates: [Candidate] = []
    /// Not kept, with the reason and what was measured.
    var dropped: [Dropped] = []

    struct Level: Sendable {
        let weights: BandWeights
        let isFlakeless: Bool
        let noise: NoiseMap
        let texture: AppearanceMeasurement.Level
        let response: BandedPlane?

        init(_ scan: LevelScan, keepsResponse: Bool) {
            let look = scan.looks[0]
            weights = look.weights
            isFlakeless = look.isFlakeless
            noise = look.noise
            texture = scan.texture
            response = keepsResponse ? look.plane : nil
        }
    }

    struct Dropped: Sendable {
        let seed: Seed
        let reason: DroppedCandidate.Reason
        let conditions: [Explanation.Condition]
        /// The pixels, when it was measured that far.
        var region: Region?
    }

    /// Runs all stages up to candidates.
    static func run(
        on image: GrayImage,
        colour: ColourCells? = nil,
        by overlay: RecipeOverlay,
        bandHeight: Int,
        keepsResponses: Bool = false,
        with scheduler: some BandScheduler
    ) async throws -> Detection {
        let bounds = image.bounds
        let recipe = overlay.recipe
        let scale = overlay.calibration?.scale(at: bounds.middle)
        let colour = recipe.detect.usesColour ? colour : nil
        let plan = InspectionPlan(recipe, scale: scale, bounds: bounds, hasColour: colour != nil)
        let grid = try await CellGrid.measure(image, with: scheduler)
        let ignore = IgnoreMask(area: overlay.ignored, bounds: bounds)
        let station = StationMeasurement(grid, ignored: ignore.cells(grid), maximumSize: plan.maximumSize)
        let fineDetail = try await FineDetail.measure(image, judged: station.judged, with: scheduler)
        let background = Background(
            grid,
            judged: station.judged,
            windowInCells: plan.windowInCells,
            fullScale: image.maximumSample
        )
        let flattener = Flattener(background: background, ignored: ignore.columns(ofRow:))
        let flattened = try await flattener.flattened(image, bandHeight: bandHeight, with: scheduler)
        let levelCount = max(plan.levelCount, ColourDeviation.level + plan.colourLevelCount)
        var detection = Detection(
            plan: plan,
            station: station,
            fineDetail: fineDetail,
            background: background,
            judgedShares: JudgedShares(background, levels: levelCount),
            flattened: flattened
        )
        try Task.checkCancellation()
        let pyramid = try await Pyramid(flattened, levelCount: plan.levelCount + 3, with: scheduler)
        var setting = LevelScan.Setting(
            pyramid: pyramid,
            plan: plan,
            judgedShares: detection.judgedShares,
            floor: max(0.25 * background.quantisation(fullScale: image.maximumSample) * FixedContrast.one, 1),
            bandHeight: bandHeight
        )
        var seeds = LevelSeeds()
        var materials: [Ridges.Material] = []
        for level in 0..<plan.levelCount {
            let scan = try await LevelScan(level, setting, with: scheduler)
            let found = scan.seeds
            seeds.seeds += found.seeds
            seeds.nearMisses += found.nearMisses
            materials += scan.lines.map { [$0] } ?? []
            detection.levels.append(Level(scan, keepsResponse: keepsResponses))
            if level == 0, scan.hasFlakes {
                setting.flakeless = try await pyramid.withoutFlakes(with: scheduler)
            }
        }
        detection.dropped = seeds.nearMisses.filter { recipe.surface.polarity.includes($0.polarity) }.map {
            Self.belowThreshold($0)
        }
        detection.appearances = AppearanceMeasurement(
            grid: grid,
            cells: ZoneCells(background, overlay, bounds: bounds),
            levels: detection.levels.map(\.texture),
            scale: scale
        ).appearances(ofZones: recipe.zones.map(\.name))
        try Task.checkCancellation()
        var selection = try await Selection(seeds, on: pyramid, with: scheduler)
        try Task.checkCancellation()
        let lines = try await Ridges(pyramid: pyramid, plan: plan)
            .adding(to: selection.candidates, from: materials, with: scheduler)
        selection.candidates = lines.candidates
        for line in lines.nearMisses where recipe.surface.polarity.includes(line.polarity) {
            detection.dropped.append(Self.belowThreshold(line.seed, region: line.region))
        }
        detection.decide(selection, bounds: bounds, polarity: recipe.surface.polarity)
        if let colour {
            try Task.checkCancellation()
            try await detection.addColour(colour, bounds: bounds, bandHeight: bandHeight, with: scheduler)
        }
        return detection
    }

    /// From what was measured to candidates: fragments joined, edges taken out.
    ///
    /// Both polarities are looked at even if only one is asked for: beside a bright spot that nobody asks
    /// for, its dark echo would pass for a spot.
    private mutating func decide(
        _ selection: Selection,
        bounds: Rectangle,
        polarity: Recipe.Surface.Polarities
    ) {
        dropped += selection.echoes.map { Self.sideLobe($0.seed, contrastShare: $0.contrastShare) }
        let edges = LongEdges(
            flattened: flattened,
            bounds: bounds,
            background: background,
            leastLength: max(0.75 * plan.maximumSize, 48)
        )
        let isEdge = FragmentJoiner.join(selection.candidates, nearMisses: selection.nearMisses).map {
            ($0, edges.evidence($0))
        }
        let continuation = EdgeContinuation(of: isEdge.filter { $0.1 != nil }.map(\.0))
        var kept: [Candidate] = []
        for (candidate, evidence) in isEdge {
            if let evidence = evidence ?? continuation.evidence(candidate) {
                dropped.append(Self.longEdge(candidate, evidence))
            } else {
                kept.append(candidate)
            }
        }
        let joined = PolarityPairs.join(kept)
        candidates = joined.filter { polarity.includes($0.polarity) }
        dropped += joined.filter { !polarity.includes($0.polarity) }.map {
            Dropped(seed: $0.seed, reason: .polarity, conditions: [], region: $0.region)
        }
        let found = candidates
        // What a candidate explains needs no mention as a near miss.
        dropped.removeAll { drop in
            drop.reason == .belowThreshold
                && found.contains {
                    $0.region.boundingBox.expanded(by: 4).contains(x: drop.seed.peak.x, y: drop.seed.peak.y)
                }
        }
    }

    private static func longEdge(_ candidate: Candidate, _ evidence: Explanation.Condition) -> Dropped {
        Dropped(seed: candidate.seed, reason: .longEdge, conditions: [evidence], region: candidate.region)
    }

    static func sideLobe(_ seed: Seed, contrastShare: Double) -> Dropped {
        let least = Double(Refinement.leastContrastShare)
        let condition = Explanation.Condition(
            feature: "contrastShare",
            value: contrastShare,
            bound: ">= \(least)",
            margin: contrastShare / least - 1
        )
        return Dropped(seed: seed, reason: .sideLobe, conditions: [condition])
    }

    static func belowThreshold(_ seed: Seed, region: Region? = nil) -> Dropped {
        let condition = Explanation.Condition(
            feature: Feature.snr.rawValue,
            value: Double(seed.response),
            bound: ">= \(rounded(Double(seed.threshold)))",
            margin: Double(seed.response / seed.threshold) - 1
        )
        return Dropped(seed: seed, reason: .belowThreshold, conditions: [condition], region: region)
    }
}

/// Four significant decimals: enough for a reader, short in a record.
func rounded(_ value: Double, decimals: Int = 4) -> Double {
    var factor = 1.0
    for _ in 0..<decimals { factor *= 10 }
    return (value * factor).rounded() / factor
}

/// Three significant digits of a number from 1e-20 to 1e20, in the shortest form.
func significant(_ value: Double) -> Double {
    guard value > 0 else { return 0 }
    let decimals = 2 - Int(log10(value).rounded(.down))
    // Powers of ten up to the 22nd are exact, so that the quotient is the number nearest to the decimal one.
    let factor = pow(10, Double(abs(decimals)))
    return decimals >= 0
        ? (value * factor).rounded() / factor : (value / factor).rounded() * factor
}

extension Background {
    /// One gray level as relative contrast at the median brightness.
    func quantisation(fullScale: Int) -> Float {
        Float(1 / max(medianBrightness * Double(fullScale), 1))
    }
}

extension Recipe.Surface.Polarities {
    /// Whether a candidate of this polarity is asked for. What has both parts always is.
    func includes(_ polarity: Polarity) -> Bool {
        switch self {
        case .both: true
        case .dark: polarity != .bright
        case .bright: polarity != .dark
        }
    }
}
