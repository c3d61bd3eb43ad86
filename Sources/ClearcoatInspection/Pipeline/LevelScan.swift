import ClearcoatRegions

/// One level of the pyramid as the detectors look at it: what responds, and what of that is the paint's own texture.
struct LevelScan: Sendable {
    let level: Int
    /// What spots are looked for in: the picture, after what it is without its flakes if there are any. A bright
    /// fibre is as narrow as a flake, and only the whole picture shows it.
    let looks: [SpotResponse]
    /// Whether the paint has flakes that shine; asked on level 0.
    let hasFlakes: Bool
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
        /// The picture without flakes, where there are any: see ``Pyramid/withoutFlakes(with:)``.
        var flakeless: Pyramid?

        func noise(
            _ blocks: BlockStatistics,
            ofLevel level: Int,
            judgedShare: [Float],
            isWhitened: Bool,
            hasFlakes: Bool
        ) -> NoiseMap {
            NoiseMap(
                blocks,
                floor: floor,
                normalThreshold: plan.threshold(ofLevel: level),
                factor: plan.thresholdFactor,
                judgedShare: judgedShare,
                isWhitened: isWhitened,
                hasFlakes: hasFlakes
            )
        }
    }

    init(_ level: Int, _ setting: Setting, with scheduler: some BandScheduler) async throws {
        self.level = level
        let pyramid = setting.pyramid
        let whole = try await SpotResponse(level, of: pyramid, setting, with: scheduler)
        hasFlakes = whole.hasFlakes
        if let flakeless = setting.flakeless {
            let look = try await SpotResponse(
                level,
                of: flakeless,
                isFlakeless: true,
                setting,
                with: scheduler
            )
            looks = [look, whole]
        } else {
            looks = [whole]
        }
        texture = AppearanceMeasurement.Level(
            meanMagnitude: whole.evenMagnitudes,
            judgedShare: whole.judgedShare
        )
        guard Ridges.levels.contains(level) else {
            lines = nil
            return
        }
        if whole.weights == .even || level < Ridges.firstBroadLevel {
            lines = Ridges.Material(level: level, response: whole.plane, noise: whole.noise)
            return
        }
        let broad = try await pyramid.response(level, bandHeight: setting.bandHeight, with: scheduler)
        lines = Ridges.Material(
            level: level,
            response: broad.plane,
            noise: setting.noise(
                broad.blocks,
                ofLevel: level,
                judgedShare: whole.judgedShare,
                isWhitened: false,
                hasFlakes: false
            )
        )
    }

    /// What stands out, and what nearly does.
    var seeds: LevelSeeds {
        var seeds = LevelSeeds()
        for found in looks.map({ $0.seeds(ofLevel: level) }) {
            seeds.seeds += found.seeds
            seeds.nearMisses += found.nearMisses
        }
        return seeds
    }
}
