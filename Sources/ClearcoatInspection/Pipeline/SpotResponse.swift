/// How a level of a pyramid responds to spots, whitened for its paint, and how much of it is noise.
struct SpotResponse: Sendable {
    /// How much of the coarser bands takes part in the response.
    let weights: BandWeights
    let plane: BandedPlane
    let noise: NoiseMap
    let blocks: BlockStatistics
    /// The share of each block that is judged.
    let judgedShare: [Float]
    /// What is around the level's samples at two levels' distance.
    let middle: BandedPlane
    /// Whether the paint has flakes that shine; asked on level 0 only.
    let hasFlakes: Bool
    /// Whether they were taken out of the picture.
    let isFlakeless: Bool

    /// - Parameters:
    ///   - pyramid: of the picture, or of the picture without its flakes.
    ///   - isFlakeless: whether it is the latter.
    ///   - judgedShare: the share of each block of a level that is judged.
    init(
        _ level: Int,
        of pyramid: Pyramid,
        isFlakeless: Bool = false,
        _ setting: LevelScan.Setting,
        _ judgedShare: (BlockStatistics, _ level: Int) -> [Float],
        with scheduler: some BandScheduler
    ) async throws {
        let surrounds = try await pyramid.surrounds(of: level, with: scheduler)
        let covariance = try await BandCovariance(
            of: pyramid.levels[level],
            around: surrounds,
            level: level,
            with: scheduler
        )
        self.isFlakeless = isFlakeless
        // Where hardly anything varies, what JPEG left of it may be lopsided.
        let isTextured = covariance.firstSigma > 2 * Double(setting.floor)
        hasFlakes =
            isFlakeless || (level == 0 && isTextured && covariance.skewness >= Pyramid.leastFlakeSkewness)
        middle = surrounds.middle
        weights = BandWeights(for: covariance, level: level, floor: Double(setting.floor))
        plane = try await pyramid.response(
            level,
            around: try await surrounds.mixed(weights, with: scheduler),
            bandHeight: setting.bandHeight,
            with: scheduler
        )
        blocks = try await BlockStatistics(of: plane, with: scheduler)
        self.judgedShare = judgedShare(blocks, level)
        noise = setting.noise(
            blocks,
            ofLevel: level,
            judgedShare: self.judgedShare,
            isWhitened: weights != .even,
            hasFlakes: hasFlakes
        )
    }
}
