/// How a level of a pyramid responds to spots, whitened for its paint, and how much of it is noise.
struct SpotResponse: Sendable {
    /// How much of the coarser bands takes part in the response.
    let weights: BandWeights
    let plane: BandedPlane
    let blocks: BlockStatistics
    let noise: NoiseMap
    /// The mean magnitude in each block of what the even response would be; of a picture without its flakes, of the
    /// response itself.
    let evenMagnitudes: [Float]
    /// The share of each block that is judged.
    let judgedShare: [Float]
    /// Whether the paint has flakes that shine; asked on level 0 only.
    let hasFlakes: Bool
    /// Whether they were taken out of the picture.
    let isFlakeless: Bool

    /// - Parameters:
    ///   - pyramid: of the picture, or of the picture without its flakes.
    ///   - isFlakeless: whether it is the latter.
    init(
        _ level: Int,
        of pyramid: Pyramid,
        isFlakeless: Bool = false,
        _ setting: LevelScan.Setting,
        with scheduler: some BandScheduler
    ) async throws {
        let covariance = try await BandCovariance(
            of: pyramid.levels[level],
            around: pyramid.surrounds(of: level),
            level: level,
            with: scheduler
        )
        self.isFlakeless = isFlakeless
        // Where hardly anything varies, what JPEG left of it may be lopsided.
        let isTextured = covariance.firstSigma > 2 * Double(setting.floor)
        hasFlakes =
            isFlakeless || (level == 0 && isTextured && covariance.skewness >= Pyramid.leastFlakeSkewness)
        weights = BandWeights(for: covariance, level: level, floor: Double(setting.floor))
        let found = try await pyramid.response(
            level,
            weights: weights,
            measuresEven: weights != .even && !isFlakeless,
            bandHeight: setting.bandHeight,
            with: scheduler
        )
        plane = found.plane
        blocks = found.blocks
        evenMagnitudes = found.evenMagnitudes ?? blocks.meanMagnitude
        judgedShare = setting.judgedShares.shares(of: blocks, level: level)
        noise = setting.noise(
            blocks,
            ofLevel: level,
            judgedShare: judgedShare,
            isWhitened: weights != .even,
            hasFlakes: hasFlakes
        )
    }

    /// What stands out, and what nearly does.
    func seeds(ofLevel level: Int) -> LevelSeeds {
        let runs = CandidateRuns.growing(
            in: plane,
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
                response: plane,
                noise: noise,
                lowShare: InspectionPlan.lowShare
            )
            seeds.seeds += found.seeds
            seeds.nearMisses += found.nearMisses
        }
        return seeds
    }
}
