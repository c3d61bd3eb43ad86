import ClearcoatRegions

/// The runs of one level whose response is above the low threshold, dark and bright apart.
struct CandidateRuns: Sendable {
    var bright: [Run] = []
    var dark: [Run] = []

    /// Finds the runs of `response` where it is at least `lowShare` times the threshold.
    ///
    /// - Parameter blocks: of the response. Where their extremes stay below the bounds, nothing is looked at: that is
    ///   nearly all of clean paint.
    static func find(
        in response: BandedPlane,
        blocks: BlockStatistics,
        noise: NoiseMap,
        lowShare: Float,
        with scheduler: some BandScheduler
    ) async throws -> CandidateRuns {
        let bounds = zip(noise.brightSigmas, noise.darkSigmas).map { bright, dark in
            Bounds(
                bright: clamped(lowShare * noise.brightThreshold * bright),
                dark: -clamped(lowShare * noise.darkThreshold * dark)
            )
        }
        let rowsOfBlocks = try await scheduler.map(blocks.rows) { row in
            let reaching = (row * blocks.columns..<(row + 1) * blocks.columns).filter {
                blocks.highest[$0] >= bounds[$0].bright || blocks.lowest[$0] <= bounds[$0].dark
            }
            var part = CandidateRuns()
            if reaching.isEmpty { return part }
            let size = BlockStatistics.blockSize
            for y in row * size..<min((row + 1) * size, response.height) {
                response.withRow(y) { samples in
                    for block in reaching {
                        let start = block % blocks.columns * size
                        let columns = start..<min(start + size, samples.count)
                        part.scan(samples, columns, y: y, bounds: bounds[block])
                    }
                }
            }
            return part
        }
        return CandidateRuns(bright: rowsOfBlocks.flatMap(\.bright), dark: rowsOfBlocks.flatMap(\.dark))
    }

    private struct Bounds { let bright: Int16, dark: Int16 }

    private static func clamped(_ value: Float) -> Int16 { Int16(min(max(value.rounded(.up), 1), 32766)) }

    private mutating func scan(_ row: Span<Int16>, _ columns: Range<Int>, y: Int, bounds: Bounds) {
        for x in columns {
            if row[x] >= bounds.bright {
                Self.extend(&bright, row: y, column: x)
            } else if row[x] <= bounds.dark {
                Self.extend(&dark, row: y, column: x)
            }
        }
    }

    private static func extend(_ runs: inout [Run], row: Int, column: Int) {
        if let last = runs.last, last.row == row, last.end == column {
            runs[runs.count - 1] = Run(row: row, start: last.start, end: column + 1)
        } else {
            runs.append(Run(row: row, start: column, end: column + 1))
        }
    }
}
