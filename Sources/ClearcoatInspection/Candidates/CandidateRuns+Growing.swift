import ClearcoatRegions

extension CandidateRuns {
    /// Finds the runs of `response` that are connected, through samples of at least `lowShare` times the threshold, to
    /// one of at least `nearShare` times: those of ``find(in:noise:lowShare:with:)`` of which anything may come.
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
                sigmas: sigmas,
                lowFactor: lowShare * threshold,
                // A little lower than near: what is found is measured again.
                nearFactor: 0.99 * nearShare * threshold
            )
            for block in growth.blocks(reachedBy: extremes.span) { growth.grow(fromBlock: block) }
            return growth.runs.sorted()
        }
        return CandidateRuns(
            bright: grown(.bright, extremes: blocks.highest),
            dark: grown(.dark, extremes: blocks.lowest)
        )
    }
}

/// Regions of one polarity, grown run by run.
private struct RunGrowth {
    let response: BandedPlane
    /// What a sample is multiplied by to be positive where it is looked for.
    let sign: Int
    /// Blocks in a row.
    let columns: Int
    /// One sigma in each block.
    let sigmas: [Float]
    /// The least sample of a region, and of its beginning, in sigmas.
    let lowFactor: Float
    let nearFactor: Float
    /// What was found, in any order.
    private(set) var runs: [Run] = []
    /// The first places of the runs found.
    private var known: Set<Int> = []

    init(
        response: BandedPlane,
        sign: Int,
        columns: Int,
        sigmas: [Float],
        lowFactor: Float,
        nearFactor: Float
    ) {
        self.response = response
        self.sign = sign
        self.columns = columns
        self.sigmas = sigmas
        self.lowFactor = lowFactor
        self.nearFactor = nearFactor
    }

    private func lowBound(_ block: Int) -> Int { Int(CandidateRuns.clamped(lowFactor * sigmas[block])) }
    private func nearBound(_ block: Int) -> Int { Int(CandidateRuns.clamped(nearFactor * sigmas[block])) }

    /// The blocks whose extreme is near the threshold.
    func blocks(reachedBy extremes: Span<Int16>) -> [Int] {
        precondition(extremes.count == sigmas.count)
        var blocks: [Int] = []
        let sigmas = sigmas.span
        let factor = Float(sign)
        // SAFETY: there are as many extremes as blocks.
        for block in 0..<sigmas.count
        where unsafe factor * Float(extremes[unchecked: block]) >= nearFactor * sigmas[unchecked: block] {
            // Few are left; their bound is a whole number.
            if sign * Int(extremes[block]) >= nearBound(block) { blocks.append(block) }
        }
        return blocks
    }

    /// Grows the regions of the samples of a block that are near the threshold.
    mutating func grow(fromBlock block: Int) {
        let bound = nearBound(block)
        let size = BlockStatistics.blockSize
        let (top, left) = (block / columns * size, block % columns * size)
        let span = left..<min(left + size, response.width)
        for y in top..<min(top + size, response.height) {
            let near = response.withRow(y) { row in span.filter { sign * Int(row[$0]) >= bound } }
            for x in near { grow(x: x, y: y) }
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
            sign * Int(samples[x]) >= lowBound(base + x / BlockStatistics.blockSize)
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
