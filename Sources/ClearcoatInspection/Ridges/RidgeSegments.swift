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

    /// - Parameter explained: what needs no line to explain it, in the level's samples.
    init(response: BandedPlane, noise: NoiseMap, explained: [Region]) {
        let width = response.width
        var samples = [Int16](repeating: 0, count: width * response.height)
        let inner = Self.border..<max(width - Self.border, Self.border)
        for y in Self.border..<max(response.height - Self.border, Self.border) {
            let factors = noise.factors(row: y, unit: Self.unit)
            response.withRow(y) { row in
                normalise(
                    row,
                    inner,
                    factors.span,
                    most: Self.unit * Self.mostSigmas,
                    into: &samples,
                    at: y * width
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
    }

    /// The segments of a quarter of directions, both polarities.
    func find(
        _ quarter: Quarter,
        normalThreshold: Float,
        factor: Float,
        with scheduler: some BandScheduler
    ) async throws -> [RidgeSegment] {
        let turned = quarter.turned(plane, transposed: transposed)
        let sums = try await LineSums.of(turned, with: scheduler)
        let noise = NoiseMap(
            try await BlockStatistics(of: sums, with: scheduler),
            floor: Self.unit,
            normalThreshold: normalThreshold,
            factor: Self.thresholdFactor * factor,
            judgedShare: turned.judgedShare
        )
        let runs = try await CandidateRuns.find(
            in: sums,
            noise: noise,
            lowShare: Self.lowShare,
            with: scheduler
        )
        let found = [(runs.dark, Polarity.dark), (runs.bright, .bright)].flatMap { runs, polarity in
            segments(runs, polarity, quarter, sums, noise)
        }
        guard found.count > Self.mostSegments else { return found }
        return Array(
            found.sorted { ($0.response / $0.threshold) > ($1.response / $1.threshold) }
                .prefix(Self.mostSegments)
        )
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
    /// `unit` over one sigma, for each block of the blocks' row that holds row `y`.
    fileprivate func factors(row y: Int, unit: Float) -> [Float] {
        let base = y / BlockStatistics.blockSize * columns
        return sigmas[base..<base + columns].map { unit / $0 }
    }
}

extension LinePlane {
    /// The share of each block of line sums that has samples under it: both halves of a strip see the same.
    fileprivate var judgedShare: [Float] {
        let size = BlockStatistics.blockSize
        var shares: [Float] = []
        for top in stride(from: 0, to: height, by: LineSums.length) {
            let rows = top..<min(top + LineSums.length, height)
            var counts = [Int16](repeating: 0, count: width)
            for y in rows { countJudged(samples.span.extracting(y * width..<(y + 1) * width), into: &counts) }
            let share = stride(from: 0, to: width, by: size).map { left in
                let block = counts[left..<min(left + size, width)]
                return Float(block.reduce(0, &+)) / Float(rows.count * block.count)
            }
            for _ in 0..<LineSums.length / size { shares += share }
        }
        return shares
    }
}

@inline(__always)
private func countJudged(_ row: Span<Int16>, into counts: inout [Int16]) {
    precondition(row.count == counts.count)
    var counts = counts.mutableSpan
    // SAFETY: both are of one length, and x stays below it.
    for x in 0..<row.count {
        unsafe counts[unchecked: x] = counts[unchecked: x] &+ (row[unchecked: x] == 0 ? 0 : 1)
    }
}

/// Writes `columns` of `row` times each block's factor, held within `most` to both sides, to the row of `samples`
/// that begins at `base`.
@inline(__always)
private func normalise(
    _ row: Span<Int16>,
    _ columns: Range<Int>,
    _ factors: Span<Float>,
    most: Float,
    into samples: inout [Int16],
    at base: Int
) {
    // Adding 1.5 · 2²³ to a small number rounds it to a whole one that its lowest bits hold.
    let magic: Float = 12_582_912
    let size = BlockStatistics.blockSize
    var samples = samples.mutableSpan
    for block in 0..<factors.count {
        let factor = factors[block]
        for x in (block * size..<(block + 1) * size).clamped(to: columns) {
            let value = min(max(Float(row[x]) * factor, -most), most) + magic
            samples[base &+ x] = Int16(truncatingIfNeeded: Int32(bitPattern: value.bitPattern))
        }
    }
}
