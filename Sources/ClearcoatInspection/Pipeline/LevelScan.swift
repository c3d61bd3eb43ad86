import ClearcoatRegions

/// One level of the pyramid as the detectors look at it: what responds, and what of that is the paint's own texture.
struct LevelScan: Sendable {
    let level: Int
    /// How much of the coarser bands takes part in the response.
    let weights: BandWeights
    let response: BandedPlane
    let blocks: BlockStatistics
    let noise: NoiseMap
    /// How strongly the texture varies in a band of wavelengths that is the same for every paint.
    let texture: AppearanceMeasurement.Level
    /// What lines are looked for in, on levels that have them.
    let lines: Ridges.Material?

    /// What all levels have in common.
    struct Setting {
        let pyramid: Pyramid
        let plan: InspectionPlan
        let judgedShares: JudgedShares
        /// The least sigma, in fixed point: rounding to whole gray levels leaves errors that no smoothing averages
        /// away.
        let floor: Float
        let bandHeight: Int
    }

    init(_ level: Int, _ setting: Setting, with scheduler: some BandScheduler) async throws {
        self.level = level
        let pyramid = setting.pyramid
        let bandHeight = setting.bandHeight
        func noise(_ blocks: BlockStatistics, _ shares: [Float], isWhitened: Bool) -> NoiseMap {
            NoiseMap(
                blocks,
                floor: setting.floor,
                normalThreshold: setting.plan.threshold(ofLevel: level),
                factor: setting.plan.thresholdFactor,
                judgedShare: shares,
                isWhitened: isWhitened
            )
        }
        let surrounds = try await pyramid.surrounds(of: level, with: scheduler)
        weights = BandWeights(
            for: try await BandCovariance(
                of: pyramid.levels[level],
                around: surrounds,
                level: level,
                with: scheduler
            ),
            level: level,
            floor: Double(setting.floor)
        )
        let isEven = weights == .even
        let found = try await pyramid.response(
            level,
            around: surrounds.mixed(weights, with: scheduler),
            even: isEven ? nil : surrounds.middle,
            bandHeight: bandHeight,
            with: scheduler
        )
        response = found.plane
        blocks = found.blocks
        let shares = setting.judgedShares.shares(of: found.blocks, level: level)
        self.noise = noise(found.blocks, shares, isWhitened: !isEven)
        texture = AppearanceMeasurement.Level(
            meanMagnitude: found.evenMagnitudes ?? found.blocks.meanMagnitude,
            judgedShare: shares
        )
        guard Ridges.levels.contains(level) else {
            lines = nil
            return
        }
        if isEven || level < Ridges.firstBroadLevel {
            lines = Ridges.Material(level: level, response: response, noise: self.noise)
            return
        }
        let broad = try await pyramid.response(
            level,
            around: surrounds.middle,
            bandHeight: bandHeight,
            with: scheduler
        )
        lines = Ridges.Material(
            level: level,
            response: broad.plane,
            noise: noise(broad.blocks, shares, isWhitened: false)
        )
    }

    /// What stands out, and what nearly does.
    var seeds: LevelSeeds {
        let runs = CandidateRuns.growing(
            in: response,
            blocks: blocks,
            noise: noise,
            lowShare: InspectionPlan.lowShare,
            nearShare: LevelSeeds.nearShare
        )
        var seeds = LevelSeeds()
        for (runs, side) in [(runs.dark, Polarity.dark), (runs.bright, .bright)] {
            let found = LevelSeeds(
                runs,
                polarity: side,
                level: level,
                response: response,
                noise: noise,
                lowShare: InspectionPlan.lowShare
            )
            seeds.seeds += found.seeds
            seeds.nearMisses += found.nearMisses
        }
        return seeds
    }
}
