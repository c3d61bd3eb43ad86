package import ClearcoatRegions

/// The runs of one level that stand out, dark and bright apart.
package struct CandidateRuns: Sendable {
    package let bright: [Run]
    package let dark: [Run]

    /// Finds the runs of `response` that are connected, through samples of at least `lowShare` times the threshold, to
    /// one of at least `nearShare` times.
    ///
    /// On paint with a texture one sample in a hundred is above the low threshold. They are only looked at where a
    /// block's extreme is near the threshold, and where what began there goes on.
    ///
    /// - Complexity: O(blocks, and samples of the regions found).
    package static func growing(
        in response: BandedPlane,
        blocks: BlockStatistics,
        noise: NoiseMap,
        lowShare: Float,
        nearShare: Float
    ) -> CandidateRuns {
        func grown(_ side: Polarity, extremes: [Int16]) -> [Run] {
            let sigmas = noise.sigmas(of: side)
            let threshold = noise.threshold(of: side)
            var growth = RunGrowth(
                response: response,
                sign: side == .dark ? -1 : 1,
                columns: noise.columns,
                lowBounds: sigmas.map { Int(Self.clamped(lowShare * threshold * $0)) },
                // A little lower than near: what is found is measured again.
                nearBounds: sigmas.map { Int(Self.clamped(0.99 * nearShare * threshold * $0)) }
            )
            for (block, extreme) in extremes.enumerated() {
                growth.grow(fromBlock: block, extreme: Int(extreme))
            }
            return growth.runs.sorted()
        }
        return CandidateRuns(
            bright: grown(.bright, extremes: blocks.highest),
            dark: grown(.dark, extremes: blocks.lowest)
        )
    }

    private static func clamped(_ value: Float) -> Int16 { Int16(min(max(value.rounded(.up), 1), 32766)) }
}

/// Regions of one polarity, grown run by run.
private struct RunGrowth {
    let response: BandedPlane
    /// What a sample is multiplied by to be positive where it is looked for.
    let sign: Int
    /// Blocks in a row.
    let columns: Int
    /// For each block the least sample of a region, and of its beginning.
    let lowBounds: [Int]
    let nearBounds: [Int]
    /// What was found, in any order.
    private(set) var runs: [Run] = []
    /// The first places of the runs found.
    private var known: Set<Int> = []

    init(response: BandedPlane, sign: Int, columns: Int, lowBounds: [Int], nearBounds: [Int]) {
        self.response = response
        self.sign = sign
        self.columns = columns
        self.lowBounds = lowBounds
        self.nearBounds = nearBounds
    }

    /// Grows the regions of the samples of a block that are near the threshold.
    mutating func grow(fromBlock block: Int, extreme: Int) {
        let bound = nearBounds[block]
        guard sign * extreme >= bound else { return }
        let size = BlockStatistics.blockSize
        let (top, left) = (block / columns * size, block % columns * size)
        for y in top..<min(top + size, response.height) {
            for x in left..<min(left + size, response.width) where sign * Int(response[x, y]) >= bound {
                grow(x: x, y: y)
            }
        }
    }

    private mutating func grow(x: Int, y: Int) {
        var open = take(x..<x + 1, row: y)
        while let run = open.popLast() {
            // Corners connect.
            let reach = max(run.start - 1, 0)..<min(run.end + 1, response.width)
            for row in [run.row - 1, run.row + 1] where row >= 0 && row < response.height {
                open += take(reach, row: row)
            }
        }
    }

    /// The runs of a row that reach into some columns and are not known yet, which they are from now on.
    private mutating func take(_ reach: Range<Int>, row: Int) -> [Run] {
        let found = response.withRow(row) { lowRuns($0, reach, row: row) }
        let new = found.filter { known.insert($0.row * response.width + $0.start).inserted }
        runs += new
        return new
    }

    private func lowRuns(_ samples: Span<Int16>, _ reach: Range<Int>, row: Int) -> [Run] {
        let base = row / BlockStatistics.blockSize * columns
        func isLow(_ x: Int) -> Bool {
            sign * Int(samples[x]) >= lowBounds[base + x / BlockStatistics.blockSize]
        }
        var found: [Run] = []
        var x = reach.lowerBound
        while x < reach.upperBound {
            guard isLow(x) else {
                x += 1
                continue
            }
            var start = x
            while start > 0, isLow(start - 1) { start -= 1 }
            var end = x + 1
            while end < samples.count, isLow(end) { end += 1 }
            found.append(Run(row: row, start: start, end: end))
            x = end + 1
        }
        return found
    }
}
