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

    fileprivate static func clamped(_ value: Float) -> Int16 { Int16(min(max(value.rounded(.up), 1), 32766)) }
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
    /// The run found last in each row: many that adjoin a long one do not follow it from end to end again.
    private var latest: [Range<Int>]

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
        latest = [Range<Int>](repeating: 0..<0, count: response.height)
    }

    /// Not rounded up: whole numbers reach it as well as the one above.
    private func lowBound(_ block: Int) -> Float { min(max(lowFactor * sigmas[block], 1), 32766) }
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
            var next = left
            for x in near where x >= next { next = grow(x: x, y: y) }
        }
    }

    /// Grows the region of a sample. The end of the run that it lies in.
    private mutating func grow(x: Int, y: Int) -> Int {
        var open: [Run] = []
        let end = take(x..<x + 1, row: y, into: &open)
        while let run = open.popLast() {
            // Corners connect.
            let reach = max(run.start - 1, 0)..<min(run.end + 1, response.width)
            if run.row > 0 { take(reach, row: run.row - 1, into: &open) }
            if run.row + 1 < response.height { take(reach, row: run.row + 1, into: &open) }
        }
        return end
    }

    /// Takes the runs of a row that reach into some columns and are not known yet, which they are from now on. The
    /// column where the search ended.
    @discardableResult
    private mutating func take(_ reach: Range<Int>, row: Int, into open: inout [Run]) -> Int {
        let base = row / BlockStatistics.blockSize * columns
        var x = reach.lowerBound
        while x < reach.upperBound {
            if latest[row].contains(x) {
                x = latest[row].upperBound + 1
                continue
            }
            guard let run = lowRun(at: x, row: row, base: base) else {
                x += 1
                continue
            }
            latest[row] = run
            if known.insert(row * response.width + run.lowerBound).inserted {
                let run = Run(row: row, start: run.lowerBound, end: run.upperBound)
                runs.append(run)
                open.append(run)
            }
            x = run.upperBound + 1
        }
        return x
    }

    /// The run of samples above the low bound that a column lies in; nil when it lies in none.
    ///
    /// - Parameter base: the first of the row's blocks.
    private func lowRun(at x: Int, row: Int, base: Int) -> Range<Int>? {
        response.withRow(row) { samples in
            func isLow(_ x: Int) -> Bool {
                Float(sign * Int(samples[x])) >= lowBound(base + x / BlockStatistics.blockSize)
            }
            guard isLow(x) else { return nil }
            var start = x
            while start > 0, isLow(start - 1) { start -= 1 }
            var end = x + 1
            while end < samples.count, isLow(end) { end += 1 }
            return start..<end
        }
    }
}
