import ClearcoatImage
import ClearcoatRegions

/// A piece of a line, one strip long, whose samples together stand out though each alone may not.
struct RidgeSegment: Sendable {
    let quarter: Quarter
    let polarity: Polarity
    /// The number of the strip, and where the line begins and how far aside it ends, in the turned plane.
    let strip: Int
    let column: Int
    let slope: Int
    /// The sum along it in sigmas of such sums, positive for either polarity.
    let response: Float
    /// The least response of a line that stands out.
    let threshold: Float

    /// Where it ends, in the turned plane.
    var endColumn: Int { column + slope }
}

/// Finds the segments of one level.
struct RidgeSegments: Sendable {
    /// At least this share of the threshold makes a segment of a line that is stronger elsewhere.
    static let lowShare: Float = 0.72
    /// More segments than this are texture; the strongest count.
    private static let mostSegments = 2000
    /// Samples are held at so many sigmas: a flake or a crumb of dirt is no line.
    private static let mostSigmas: Float = 2.5
    /// Sums of neighbouring lines share most of their samples, so that their blocks say less about their tail
    /// than those of spots do. Without this, clean orange peel gives as many lines as spots.
    private static let thresholdFactor: Float = 1.12
    /// Units a sigma.
    private static let unit: Float = 16
    /// Samples along the picture's border that are left out: half of what surrounds them is a guess.
    private static let border = 4

    /// The level's response in units of its noise, held, and 0 where something else explains it, in whole strips both
    /// ways: what lies beyond the response is 0, too.
    let plane: LinePlane
    /// How many samples are judged in each of its blocks, and how many there are of the response.
    private let judged: (counts: [Int16], width: Int, height: Int)

    /// - Parameter explained: what needs no line to explain it, in the level's samples.
    init(response: BandedPlane, noise: NoiseMap, explained: [Region]) {
        let (width, height) = (response.width, response.height)
        let size = LinePlane.wholeStrips(width: width, height: height)
        let count = size.width * size.height
        // SAFETY: any bits are a sample, and every place is written: with the response or, around it, with 0.
        var samples = unsafe [Int8](unsafeUninitializedCapacity: count) { $1 = count }
        let border = min(Self.border, width)
        let looked = Self.border..<max(height - Self.border, Self.border)
        clear(&samples, at: 0..<min(looked.lowerBound * size.width, count))
        clear(&samples, at: min(looked.upperBound * size.width, count)..<count)
        var factors: [Float] = []
        for y in looked {
            if factors.isEmpty || y % BlockStatistics.blockSize == 0 {
                factors = noise.factors(row: y, unit: Self.unit, columns: width)
            }
            let start = y * size.width
            response.withRow(y) { row in
                normalise(row, factors.span, most: Self.unit * Self.mostSigmas, into: &samples, at: start)
            }
            clear(&samples, at: start..<start + border)
            clear(&samples, at: start + width - border..<start + size.width)
        }
        for region in explained {
            for run in region.runs {
                for x in run.columns { samples[run.row * size.width + x] = 0 }
            }
        }
        plane = LinePlane(width: size.width, height: size.height, samples: samples)
        judged = (plane.judgedCounts, width, height)
    }

    /// The segments of all directions and both polarities, for each quarter of directions apart.
    func find(
        normalThreshold: Float,
        factor: Float,
        with scheduler: some BandScheduler
    ) async throws -> [[RidgeSegment]] {
        var found: [[RidgeSegment]] = []
        for isTransposed in [false, true] {
            let sums = try await LineSums(of: plane, isTransposed: isTransposed, with: scheduler)
            // Two quarters together tell more of how far clean paint reaches than one.
            let noise = NoiseMap(
                sums.blocks,
                floor: Self.unit,
                normalThreshold: normalThreshold,
                factor: Self.thresholdFactor * factor,
                judgedShare: judgedShares(isTransposed: isTransposed)
            )
            let count = sums.stripCount
            let strips = try await scheduler.map(2 * count) { index in
                let strip = SegmentStrip(index, of: sums, noise: noise, lowShare: Self.lowShare)
                let quarter = Quarter(isTransposed: isTransposed, isFlipped: index >= count)
                return [Polarity.dark, .bright].flatMap { strip.segments(quarter, $0, number: index % count) }
            }
            found.append(Self.strongest(strips[..<count].flatMap(\.self)))
            found.append(Self.strongest(strips[count...].flatMap(\.self)))
        }
        return found
    }

    private static func strongest(_ segments: [RidgeSegment]) -> [RidgeSegment] {
        guard segments.count > mostSegments else { return segments }
        return Array(
            segments.sorted { ($0.response / $0.threshold) > ($1.response / $1.threshold) }.prefix(
                mostSegments
            )
        )
    }

    /// The share of the samples under each block of line sums that are judged: of two blocks of the plane, one below or
    /// beside the other.
    private func judgedShares(isTransposed: Bool) -> [Float] {
        let size = BlockStatistics.blockSize
        let (columns, rows) = (plane.width / size, plane.height / size)
        // How many samples of the response a block has along one side.
        func extent(_ block: Int, _ count: Int) -> Int { min(max(count - block * size, 0), size) }
        func share(_ blocks: [(column: Int, row: Int)]) -> Float {
            var known = 0
            var all = 0
            for (column, row) in blocks {
                known += Int(judged.counts[row * columns + column])
                all += extent(column, judged.width) * extent(row, judged.height)
            }
            return all > 0 ? Float(known) / Float(all) : 0
        }
        let shares =
            isTransposed
            ? stride(from: 0, to: columns, by: 2).map { column in
                (0..<rows).map { share([(column, $0), (column + 1, $0)]) }
            }
            : stride(from: 0, to: rows, by: 2).map { row in
                (0..<columns).map { share([($0, row), ($0, row + 1)]) }
            }
        // Of the plane, and of the plane with top and bottom exchanged.
        return (shares + shares.reversed()).flatMap(\.self)
    }
}

/// The line sums of one strip where any of them may stand out.
private struct SegmentStrip {
    let index: Int
    let noise: NoiseMap
    let lowShare: Float
    /// The blocks where one may, by their columns.
    let suspects: [Int]
    let sums: LineStrip

    init(_ index: Int, of sums: LineSums, noise: NoiseMap, lowShare: Float) {
        self.index = index
        self.noise = noise
        self.lowShare = lowShare
        let columns = noise.columns
        let bounds = (dark: lowShare * noise.darkThreshold, bright: lowShare * noise.brightThreshold)
        suspects = (0..<columns).filter { column in
            let block = index * columns + column
            return Float(sums.blocks.highest[block]) >= bounds.bright * noise.brightSigmas[block]
                || -Float(sums.blocks.lowest[block]) >= bounds.dark * noise.darkSigmas[block]
        }
        self.sums = sums.strip(index, blocks: suspects)
    }

    /// One segment for each connected region of neighbouring lines: the strongest of them.
    ///
    /// - Parameter number: of the strip, in its quarter.
    func segments(_ quarter: Quarter, _ polarity: Polarity, number: Int) -> [RidgeSegment] {
        regions(of: runs(polarity)).map { region in
            var best = (strength: Float(0), column: 0, slope: 0)
            for run in region.runs {
                for x in run.columns {
                    let strength = strength(x, run.row, polarity)
                    if strength > best.strength { best = (strength, x, run.row) }
                }
            }
            return RidgeSegment(
                quarter: quarter,
                polarity: polarity,
                strip: number,
                column: best.column,
                slope: 2 * best.slope,
                response: best.strength,
                threshold: noise.threshold(of: polarity)
            )
        }
    }

    /// Neighbouring lines of one slope, a row a slope, that stand out enough to be part of a line.
    private func runs(_ polarity: Polarity) -> [Run] {
        let size = BlockStatistics.blockSize
        let bound = lowShare * noise.threshold(of: polarity)
        let sigmas = noise.sigmas(of: polarity)
        let bounds = suspects.map { bound * sigmas[index * noise.columns + $0] }
        var runs: [Run] = []
        for slope in 0..<LineSums.slopes {
            for (block, bound) in zip(suspects, bounds) {
                for x in block * size..<(block + 1) * size {
                    let sum = Float(sums[x, slope])
                    guard (polarity == .dark ? -sum : sum) >= bound else { continue }
                    if let last = runs.last, last.row == slope, last.end == x {
                        runs[runs.count - 1] = Run(row: slope, start: last.start, end: x + 1)
                    } else {
                        runs.append(Run(row: slope, start: x, end: x + 1))
                    }
                }
            }
        }
        return runs
    }

    /// A sum in sigmas, positive for `polarity`.
    private func strength(_ column: Int, _ slope: Int, _ polarity: Polarity) -> Float {
        let sum = Float(sums[column, slope])
        let sigmas = noise.sigmas(of: polarity)
        return (polarity == .dark ? -sum : sum)
            / sigmas[index * noise.columns + column / BlockStatistics.blockSize]
    }
}

extension NoiseMap {
    /// `unit` over one sigma, for each of the columns of row `y`.
    fileprivate func factors(row y: Int, unit: Float, columns width: Int) -> [Float] {
        let size = BlockStatistics.blockSize
        let base = y / size * columns
        var factors: [Float] = []
        factors.reserveCapacity(columns * size)
        for sigma in sigmas[base..<base + columns] { factors += repeatElement(unit / sigma, count: size) }
        return Array(factors.prefix(width))
    }
}

/// Writes a row times its factors, held within `most` to both sides, to the places of `samples` from `base` on.
@inline(__always)
private func normalise(
    _ row: Span<Int16>,
    _ factors: Span<Float>,
    most: Float,
    into samples: inout [Int8],
    at base: Int
) {
    precondition(factors.count == row.count && base >= 0 && base + row.count <= samples.count)
    guard !row.isEmpty else { return }
    let rounding = HeldRounding(most: most, late: factors[0])
    var samples = samples.mutableSpan
    // SAFETY: both are of one length and fit into the samples from the base on. Checked looks would not be vectorised.
    for x in 0..<row.count {
        unsafe samples[unchecked: base &+ x] = rounding.int8(Float(row[unchecked: x]) * factors[unchecked: x])
    }
}
