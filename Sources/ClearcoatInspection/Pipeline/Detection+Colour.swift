import ClearcoatImage
import ClearcoatRegions

extension Detection {
    /// Looks for places of another colour and takes them up beside what the luminance shows.
    mutating func addColour(
        _ cells: ColourCells,
        bounds: Rectangle,
        bandHeight: Int,
        with scheduler: some BandScheduler
    ) async throws {
        let deviation = try await ColourDeviation(
            cells,
            judged: BackgroundCells(background),
            windowInPixels: plan.windowInCells * CellGrid.cellSize,
            bandHeight: bandHeight,
            with: scheduler
        )
        let detection = try await ColourDetection(
            deviation,
            levelCount: plan.colourLevelCount,
            bounds: bounds,
            with: scheduler
        )
        let outcome = try await detection.run(
            plan,
            bandHeight: bandHeight,
            flattened: flattened,
            judgedShares: judgedShares,
            with: scheduler
        )
        for candidate in outcome.candidates { take(candidate) }
        dropped += outcome.echoes.map { Self.sideLobe($0.seed, contrastShare: $0.contrastShare) }
        let found = candidates
        dropped += outcome.nearMisses.filter { seed in
            !found.contains { $0.region.boundingBox.expanded(by: 8).contains(x: seed.peak.x, y: seed.peak.y) }
        }.map { Self.belowThreshold($0) }
    }

    /// How far chroma reaches beyond what it belongs to: JPEG stores it at half resolution, and it is smoothed.
    private static let reach = 24

    /// What the luminance shows at the same place is the same thing, and known better there; along an edge of the
    /// part colours differ as brightness does; anything else is a finding of its own.
    private mutating func take(_ candidate: Candidate) {
        let box = candidate.region.boundingBox
        func touches(_ region: Region) -> Bool { region.clipped(to: box.expanded(by: Self.reach / 3)) != nil }
        if dropped.contains(where: { $0.reason == .longEdge && $0.region.map(touches) ?? false }) {
            dropped.append(Dropped(seed: candidate.seed, reason: .longEdge, conditions: [], region: nil))
            return
        }
        let same = candidates.indices.filter { index in
            let known = candidates[index].region
            guard touches(known) else { return false }
            let common = known.boundingBox.intersection(box)
            let shared =
                common.isEmpty
                ? 0 : Patch(of: known, in: common).countShared(with: Patch(of: candidate.region, in: common))
            let isHalo = known.boundingBox.expanded(by: Self.reach / 2).intersection(box) == box
            return isHalo || 3 * shared > candidate.region.pixelCount
        }
        if same.isEmpty { return candidates.append(candidate) }
        for index in same where candidates[index].colour == nil {
            candidates[index].colour = candidate.colour
        }
    }
}
