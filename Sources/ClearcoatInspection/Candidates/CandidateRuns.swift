package import ClearcoatRegions

/// The runs of one level whose response is above the low threshold, dark and bright apart.
package struct CandidateRuns: Sendable {
    package var bright: [Run] = []
    package var dark: [Run] = []

    /// Finds the runs of `response` where it is at least `lowShare` times the threshold.
    package static func find(
        in response: BandedPlane,
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
        let parts = try await scheduler.map(response.bands.count) { index in
            var part = CandidateRuns()
            let rows = BandedPlane.rows(
                ofBand: index,
                height: response.height,
                bandHeight: response.bandHeight
            )
            for y in rows {
                let base = y / BlockStatistics.blockSize * noise.columns
                response.withRow(y) { row in
                    part.scan(row, y: y, bounds: bounds.span.extracting(base..<base + noise.columns))
                }
            }
            return part
        }
        var all = CandidateRuns()
        for part in parts {
            all.bright += part.bright
            all.dark += part.dark
        }
        return all
    }

    private struct Bounds { let bright: Int16, dark: Int16 }

    static func clamped(_ value: Float) -> Int16 { Int16(min(max(value.rounded(.up), 1), 32766)) }

    /// Sixteen samples a look: clean paint is passed over at the speed of memory.
    private mutating func scan(_ row: Span<Int16>, y: Int, bounds: Span<Bounds>) {
        typealias Lane = SIMD16<Int16>
        let bytes = unsafe row.bytes
        let size = BlockStatistics.blockSize
        for block in 0..<bounds.count {
            let bound = bounds[block]
            let start = block * size
            if start + size <= row.count {
                // SAFETY: the samples start ..< start + 16 lie inside the row.
                let samples = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: start * 2, as: Lane.self)
                let isBright = samples .>= Lane(repeating: bound.bright)
                let isDark = samples .<= Lane(repeating: bound.dark)
                if !any(isBright .| isDark) { continue }
            }
            for x in start..<min(start + size, row.count) {
                if row[x] >= bound.bright {
                    Self.extend(&bright, row: y, column: x)
                } else if row[x] <= bound.dark {
                    Self.extend(&dark, row: y, column: x)
                }
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
