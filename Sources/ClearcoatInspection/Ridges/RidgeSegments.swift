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

    /// The level's response in units of its noise, held, and 0 where something else explains it.
    let plane: LinePlane
    /// The same with rows and columns exchanged.
    private let transposed: LinePlane
    /// How many samples are judged in each strip and column, of either.
    private let judgedCounts: [Int16]
    private let transposedCounts: [Int16]

    /// - Parameter explained: what needs no line to explain it, in the level's samples.
    init(response: BandedPlane, noise: NoiseMap, explained: [Region]) {
        let width = response.width
        var samples = [Int16](repeating: 0, count: width * response.height)
        let inner = Self.border..<max(width - Self.border, Self.border)
        var factors: [Float] = []
        for y in Self.border..<max(response.height - Self.border, Self.border) {
            if factors.isEmpty || y % BlockStatistics.blockSize == 0 {
                factors = noise.factors(row: y, unit: Self.unit, columns: width)
            }
            response.withRow(y) { row in
                normalise(
                    row.extracting(inner),
                    factors.span.extracting(inner),
                    most: Self.unit * Self.mostSigmas,
                    into: &samples,
                    at: y * width + inner.lowerBound
                )
            }
        }
        for region in explained {
            for run in region.runs {
                for x in run.columns { samples[run.row * width + x] = 0 }
            }
        }
        plane = LinePlane(width: width, height: response.height, samples: samples)
        transposed = plane.transposed
        judgedCounts = plane.judgedCounts
        transposedCounts = transposed.judgedCounts
    }

    /// The segments of a quarter of directions, both polarities.
    func find(
        _ quarter: Quarter,
        normalThreshold: Float,
        factor: Float,
        with scheduler: some BandScheduler
    ) async throws -> [RidgeSegment] {
        let turned = quarter.isTransposed ? transposed : plane
        let sums = try await LineSums(of: turned, isMirrored: quarter.isMirrored, with: scheduler)
        let noise = NoiseMap(
            sums.blocks,
            floor: Self.unit,
            normalThreshold: normalThreshold,
            factor: Self.thresholdFactor * factor,
            judgedShare: judgedShare(quarter)
        )
        let runs = try await CandidateRuns.find(
            in: sums.plane,
            blocks: sums.blocks,
            noise: noise,
            lowShare: Self.lowShare,
            with: scheduler
        )
        let found = [(runs.dark, Polarity.dark), (runs.bright, .bright)].flatMap { runs, polarity in
            segments(runs, polarity, quarter, sums.plane, noise)
        }
        guard found.count > Self.mostSegments else { return found }
        return Array(
            found.sorted { ($0.response / $0.threshold) > ($1.response / $1.threshold) }
                .prefix(Self.mostSegments)
        )
    }

    /// The share of each block of line sums that has samples under it: both halves of a strip see the same.
    private func judgedShare(_ quarter: Quarter) -> [Float] {
        let size = BlockStatistics.blockSize
        let (width, height) = quarter.isTransposed ? (plane.height, plane.width) : (plane.width, plane.height)
        let counts = quarter.isTransposed ? transposedCounts : judgedCounts
        var shares: [Float] = []
        for strip in 0..<(height + LineSums.length - 1) / LineSums.length {
            let rows = min(LineSums.length, height - strip * LineSums.length)
            let share = stride(from: 0, to: width, by: size).map { left in
                let right = min(left + size, width)
                let columns = quarter.isMirrored ? width - right..<width - left : left..<right
                var judged: Int16 = 0
                for x in columns { judged &+= counts[strip * width + x] }
                return Float(judged) / Float(rows * columns.count)
            }
            for _ in 0..<LineSums.length / size { shares += share }
        }
        return shares
    }

    /// One segment for each connected region of neighbouring lines in a strip: the strongest of them.
    private func segments(
        _ runs: [Run],
        _ polarity: Polarity,
        _ quarter: Quarter,
        _ sums: BandedPlane,
        _ noise: NoiseMap
    ) -> [RidgeSegment] {
        let sigmas = noise.sigmas(of: polarity)
        let strips = runs.chunked { $0.row / LineSums.length }
        return strips.flatMap { regions(of: Array($0)) }.map { region in
            var best = (strength: Float(0), x: 0, y: 0)
            for run in region.runs {
                for x in run.columns {
                    let value = Float(polarity == .dark ? 0 &- sums[x, run.row] : sums[x, run.row])
                    let strength = value / sigmas[noise.block(x: x, y: run.row)]
                    if strength > best.strength { best = (strength, x, run.row) }
                }
            }
            return RidgeSegment(
                quarter: quarter,
                polarity: polarity,
                strip: best.y / LineSums.length,
                column: best.x,
                slope: best.y % LineSums.length,
                response: best.strength,
                threshold: noise.threshold(of: polarity)
            )
        }
    }
}

extension Array {
    /// Cuts the array wherever `key` changes.
    fileprivate func chunked(by key: (Element) -> Int) -> [ArraySlice<Element>] {
        var result: [ArraySlice<Element>] = []
        var first = startIndex
        for index in indices where index > first && key(self[index]) != key(self[index - 1]) {
            result.append(self[first..<index])
            first = index
        }
        if first < endIndex { result.append(self[first...]) }
        return result
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
    into samples: inout [Int16],
    at base: Int
) {
    precondition(factors.count == row.count && base >= 0 && base + row.count <= samples.count)
    // Adding 1.5 · 2²³ to a small number rounds it to a whole one that its lowest bits hold.
    let magic: Float = 12_582_912
    var samples = samples.mutableSpan
    // SAFETY: both are of one length and fit into the samples from the base on. Checked looks would not be vectorised.
    for x in 0..<row.count {
        let value = unsafe Float(row[unchecked: x]) * factors[unchecked: x]
        let held = (value < most ? (value > -most ? value : -most) : most) + magic
        unsafe samples[unchecked: base &+ x] = Int16(truncatingIfNeeded: Int32(bitPattern: held.bitPattern))
    }
}
