package import ClearcoatImage

/// What a picture holds of detail at several scales, and what that says about its sharpness.
///
/// Two things blur a picture, and they leave different traces. A lens out of focus blurs the paint and leaves the
/// sensor's noise as it is; motion of a part, or software that smooths, blurs the paint, too, and software takes the
/// noise along. So two questions are asked:
///
/// - ``grain``: is there anything as fine as the pixels at all, noise included?
/// - ``focus``: how much fine texture has the paint beside its coarse texture, noise taken off?
///
/// Both come from second differences, which no slope of the light moves. With blur of sigma s, what the differences over
/// d pixels see of white detail falls as 6 - 8 ρ(d) + 2 ρ(2d), ρ(d) = exp(-d² / 4 s²): that is what the bounds are
/// made of (`Tests/Oracles/inspection/blur.py`).
package struct FineDetail: Sendable, Equatable {
    /// See ``Quality/grain``.
    package let grain: Double?
    /// See ``Quality/focus``.
    package let focus: Double?

    /// Mean squares of one area, in squared steps of the stored numbers; each is 1 for white noise of one step.
    struct Energies: Sendable {
        /// Of the differences over 1, 2, 4 and 8 pixels along both axes, one after the other: texture has little there.
        var mixed = InlineArray<4, Double>(repeating: 0)
        /// Of the differences over 4 pixels along x and along y.
        var near = InlineArray<2, Double>(repeating: 0)
        /// The same over 16 pixels.
        var far = InlineArray<2, Double>(repeating: 0)
        /// Whether nearly all of the area is judged.
        var isJudged = true
    }

    /// Rounding to whole steps is noise of a twelfth, when the picture is uneven enough, and never of much more.
    private static let rounding = 1.2 / 12
    /// Texture stands out of the noise from this share of its power on: with less, what is left of it over 4 pixels
    /// is not known to a tenth.
    private static let leastTexture = 0.2
    /// JPEG of high compression takes the noise and leaves its blocks: neighbours across their borders differ so many
    /// times as much as others do.
    private static let leastBlockiness = 4.9
    /// With fewer differences of a step, which columns have them is chance.
    private static let fewestSteps = 64.0
    /// In such a picture the finest that is left must be this share of what is coarser, or the coarser be weak: else it
    /// was blurred before.
    private static let leastShareInBlocks = 0.32
    private static let weakInBlocks = 0.45

    /// - Parameters:
    ///   - areas: of all of the picture. What the judged ones say of texture is their median, which no defect moves;
    ///     anything sharp anywhere, also the border of the part, proves that the picture was not smoothed.
    ///   - blockiness: how much more neighbours differ across the borders of 8 × 8 blocks than elsewhere.
    ///   - step: the least difference of two stored numbers.
    init(_ areas: [Energies], blockiness: Double, step: Double) {
        guard !areas.isEmpty else {
            grain = nil
            focus = nil
            return
        }
        let quantum = step * step
        let judged = areas.filter(\.isJudged)
        func typical(_ value: (Energies) -> Double) -> Double {
            (median(of: judged.map(value)) ?? 0) / quantum
        }
        let noise = max(typical { $0.mixed[0] }, typical { $0.mixed[1] })
        let ratios = (0...1).compactMap { axis -> Double? in
            let far = typical { $0.far[axis] } - noise
            guard far > Self.leastTexture * noise + Self.rounding else { return nil }
            return (max(typical { $0.near[axis] } - noise, 0) / far).squareRoot()
        }
        focus = ratios.min().map { min($0, 1) }

        let shares = [areas, judged].filter { !$0.isEmpty }.map { Amplitudes(of: $0, quantum) }
        let finest = shares.map(\.finest).max() ?? 0
        let isOfBlocks = blockiness >= Self.leastBlockiness && (shares.last?.isOfBlocks ?? false)
        grain = isOfBlocks && finest == 0 ? nil : finest
    }

    /// What areas have beyond rounding, over 1, 2, 4 and 8 pixels.
    private struct Amplitudes {
        let values: [Double]

        init(of areas: [Energies], _ quantum: Double) {
            values = DetailRows.mixedSteps.indices.map { index in
                let mean = areas.reduce(0) { $0 + $1.mixed[index] } / Double(areas.count) / quantum
                return max(mean - FineDetail.rounding, 0).squareRoot()
            }
        }

        private func share(_ fine: Int, of coarse: Int) -> Double {
            values[coarse] > 0 ? values[fine] / values[coarse] : 0
        }

        var finest: Double { min(max(share(0, of: 1), share(1, of: 3)), 1) }

        /// Whether this may be a sharp picture of which compression took the finest.
        var isOfBlocks: Bool {
            values[3] < FineDetail.weakInBlocks || share(2, of: 3) > FineDetail.leastShareInBlocks
        }
    }

    private init(grain: Double?, focus: Double?) {
        self.grain = grain
        self.focus = focus
    }

    /// Of a picture whose pixels are all the same: nothing is to be seen, not even noise.
    package static let nothing = FineDetail(grain: 0, focus: nil)
}

extension FineDetail {
    /// Measures a picture, one scheduler piece a row of areas.
    ///
    /// Looks at few rows (``DetailRows/Layout/rowStep``): a million pixels have enough of them.
    package static func measure(
        _ image: GrayImage,
        judged: [Bool],
        with scheduler: some BandScheduler
    ) async throws -> FineDetail {
        guard !image.isFlat else { return .nothing }
        let layout = DetailRows.Layout(width: image.width, height: image.height)
        let parts = try await scheduler.map(layout.areaRows) { row in
            switch image {
            case .uint8(let image): DetailRows(of: image, areaRow: row, layout, judged: judged)
            case .uint16(let image): DetailRows(of: image, areaRow: row, layout, judged: judged)
            }
        }
        var steps = [Double](repeating: 0, count: CellGrid.cellSize)
        var bits: UInt = 0
        for part in parts {
            for index in steps.indices { steps[index] += part.neighbours[index] }
            bits |= part.bits
        }
        let step = bits == 0 ? 1 : Double(UInt(1) << bits.trailingZeroBitCount)
        return FineDetail(parts.flatMap(\.areas), blockiness: blockiness(steps, step: step), step: step)
    }

    /// How much more neighbours differ at the strongest of eight columns than at the middle one; 1 when hardly any do.
    private static func blockiness(_ columns: [Double], step: Double) -> Double {
        guard let strongest = columns.max(), let middle = median(of: columns),
            strongest >= fewestSteps * step
        else { return 1 }
        return middle > 0 ? strongest / middle : .infinity
    }
}

extension GrayImage {
    /// Whether all samples are the same.
    fileprivate var isFlat: Bool {
        switch self {
        case .uint8(let image): image.samples.allSatisfy { $0 == image.samples[0] }
        case .uint16(let image): image.samples.allSatisfy { $0 == image.samples[0] }
        }
    }
}
