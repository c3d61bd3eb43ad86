import ClearcoatImage

/// Measures how even the surface is, zone by zone, from sums that the detectors make anyway: the responses of the
/// levels in blocks, and the brightness in cells. No pixel is looked at again.
///
/// - Complexity: O(cells × zones), a 64th of the pixels for each zone.
struct AppearanceMeasurement {
    let grid: CellGrid
    let cells: ZoneCells
    /// What the levels responded, finest first.
    let levels: [Level]
    let scale: PhysicalScale?

    /// The response of a level in blocks.
    struct Level: Sendable {
        /// Of the even response (``Pyramid/response(_:bandHeight:with:)``), in fixed point.
        let meanMagnitude: [Float]
        /// The share of each block that is judged: the rest responds with zero.
        let judgedShare: [Float]

        /// One sigma in a block, in fixed point. The mean magnitude is that of a normal distribution times √(2/π).
        func sigma(ofBlock block: Int) -> Float { 1.2533 * meanMagnitude[block] / judgedShare[block] }

        /// The middle one of the blocks of which most is judged; 0 when there is none.
        var medianSigma: Float {
            var sigmas: [Float] = []
            sigmas.reserveCapacity(judgedShare.count)
            for block in judgedShare.indices where judgedShare[block] > 0.6 {
                sigmas.append(sigma(ofBlock: block))
            }
            return median(of: sigmas) ?? 0
        }
    }

    /// The wavelengths of the waviness index where the scale is known, in millimetres.
    static let wavelengthsMm = 1.0...10.0
    /// The side of the squares that mottling and unevenness are measured in.
    static let square = (mm: 5.0, px: 64.0)
    /// A band needs as many blocks, each with so much of it in the area: the outermost ones see beyond it.
    private static let fewestBlocks = 4
    private static let leastBlockShare = 0.75

    /// All of the picture first, then each zone in the recipe's order.
    func appearances(ofZones zones: [String]) -> [Appearance] {
        [appearance(of: nil, cells.cells(ofZone: nil))]
            + zones.enumerated().map { appearance(of: $1, cells.cells(ofZone: $0)) }
    }

    private func appearance(of zone: String?, _ cells: [Bool]) -> Appearance {
        let bands = bands(of: cells)
        let waved = bands.isEmpty ? nil : wavelengths(bands)
        let side = squareSide
        let squares = BrightnessSquares(grid, of: cells, side: side)
        let sidePx = Double(side * CellGrid.cellSize)
        let mm = scale?.mmPerPixel
        func percent(_ share: Double?) -> Double? { share.map { significant(100 * $0) } }
        return Appearance(
            zone: zone,
            areaPx: Double(grid.pixelCount(of: cells)),
            bands: bands.map { band in
                Appearance.Band(
                    fromPx: significant(band.wavelengths.lowerBound),
                    toPx: significant(band.wavelengths.upperBound),
                    fromMm: mm.map { significant($0 * band.wavelengths.lowerBound) },
                    toMm: mm.map { significant($0 * band.wavelengths.upperBound) },
                    contrastPercent: significant(100 * band.contrast)
                )
            },
            wavinessPercent: percent(waved.map { bands.contrast(of: $0) }),
            wavinessPx: waved.map { [significant($0.lowerBound), significant($0.upperBound)] } ?? [],
            wavinessMm: mm.map { mm in
                waved.map { [significant(mm * $0.lowerBound), significant(mm * $0.upperBound)] } ?? []
            },
            mottlingPercent: percent(squares.mottling),
            unevennessPercent: percent(squares.unevenness),
            squarePx: sidePx,
            squareMm: mm.map { significant($0 * sidePx) },
            limits: []
        )
    }

    private func bands(of cells: [Bool]) -> [WavelengthBand] {
        zip(levels, self.cells.counts(of: cells, levels: levels.count)).enumerated().compactMap {
            index,
            level in
            band(ofLevel: index, level.0, counts: level.1)
        }
    }

    /// The contrast of an octave: what the blocks inside the area respond, the middle one of them.
    ///
    /// A defect is in few blocks and does not move the middle one.
    ///
    /// - Parameter counts: the cells of the area in each block.
    private func band(ofLevel index: Int, _ level: Level, counts: [Int32]) -> WavelengthBand? {
        let side = (BlockStatistics.blockSize << index) / CellGrid.cellSize
        let least = Self.leastBlockShare * Double(side * side)
        var energies: [Float] = []
        for block in counts.indices where Double(counts[block]) >= least {
            let sigma =
                level.sigma(ofBlock: block) / FixedContrast.one
            energies.append(sigma * sigma)
        }
        guard energies.count >= Self.fewestBlocks, let energy = median(of: energies) else { return nil }
        return WavelengthBand(
            wavelengths: WavelengthBand.wavelengths(ofLevel: index),
            contrast: (Double(energy) / WavelengthBand.energyGain).squareRoot()
        )
    }

    /// The wavelengths of the waviness index, in pixels, as far as there are bands; nil when there are none.
    private func wavelengths(_ bands: [WavelengthBand]) -> ClosedRange<Double>? {
        let shortest = bands[0].wavelengths.lowerBound
        let longest = bands[bands.count - 1].wavelengths.upperBound
        guard let scale else {
            // The finest band is as much the sensor's noise as the paint.
            return bands.count > 1 ? bands[1].wavelengths.lowerBound...longest : shortest...longest
        }
        let from = max(Self.wavelengthsMm.lowerBound / scale.mmPerPixel, shortest)
        let to = min(Self.wavelengthsMm.upperBound / scale.mmPerPixel, longest)
        return from < to ? from...to : nil
    }

    /// Cells on a side of a square.
    private var squareSide: Int {
        let pixels = scale.map { Self.square.mm / $0.mmPerPixel } ?? Self.square.px
        // As many cells as a picture can have, at most: the scale may say anything.
        return Int(min(max(pixels / Double(CellGrid.cellSize), 2), 1e6).rounded())
    }
}
