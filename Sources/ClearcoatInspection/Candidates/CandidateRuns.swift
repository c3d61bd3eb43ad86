package import ClearcoatRegions

/// The runs of one level whose response is above the low threshold, dark and bright apart.
package struct CandidateRuns: Sendable {
    package var bright: [Run] = []
    package var dark: [Run] = []

    /// Finds the runs of `response` where it is at least `lowShare` times the threshold.
    ///
    /// - Parameter blocks: of the response: only those are looked through whose extremes reach the bounds.
    package static func find(
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
        let suspects = (0..<noise.rows).map { row in
            (row * noise.columns..<(row + 1) * noise.columns).filter { index in
                blocks.highest[index] >= bounds[index].bright
                    || blocks.lowest[index] <= bounds[index].dark
            }
        }
        let parts = try await scheduler.map(response.bands.count) { index in
            var part = CandidateRuns()
            let rows = BandedPlane.rows(
                ofBand: index,
                height: response.height,
                bandHeight: response.bandHeight
            )
            for y in rows {
                let blockRow = y / BlockStatistics.blockSize
                if suspects[blockRow].isEmpty { continue }
                response.withRow(y) { row in
                    for block in suspects[blockRow] {
                        let start = (block - blockRow * noise.columns) * BlockStatistics.blockSize
                        part.scan(row, from: start, y: y, bounds[block])
                    }
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

    /// The samples of one block, all sixteen in one look: clean paint is passed over at the speed of memory.
    @inline(__always)
    private mutating func scan(_ row: Span<Int16>, from start: Int, y: Int, _ bound: Bounds) {
        typealias Lane = SIMD16<Int16>
        let end = min(start + BlockStatistics.blockSize, row.count)
        if end - start == Lane.scalarCount {
            let bytes = unsafe row.bytes
            // SAFETY: the samples start ..< start + 16 lie inside the row.
            let samples = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: start * 2, as: Lane.self)
            let isFar =
                (samples .>= Lane(repeating: bound.bright)) .| (samples .<= Lane(repeating: bound.dark))
            // SAFETY: both are 32 bytes, and any bits are numbers. The standard library's `any` is a call.
            let bits = unsafe unsafeBitCast(isFar, to: SIMD4<UInt64>.self)
            if bits[0] | bits[1] | bits[2] | bits[3] == 0 { return }
        }
        for x in start..<end {
            if row[x] >= bound.bright {
                Self.extend(&bright, row: y, column: x)
            } else if row[x] <= bound.dark {
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
