import ClearcoatImage
import ClearcoatInspection
import ClearcoatRegions
import Testing

@Suite struct CandidateRunsTests {
    private static let lowShare: Float = 0.5
    private static let nearShare: Float = 0.8

    /// Noise with a few spots and lines of both polarities that reach over blocks and to the border.
    private func response(_ width: Int, _ height: Int, seed: UInt64) -> BandedPlane {
        var generator = SplitMix64(seed: seed)
        var samples = (0..<width * height).map { _ in
            Int16(((0..<12).reduce(-6.0) { sum, _ in sum + generator.nextUnit() } * 40).rounded())
        }
        for _ in 0..<12 {
            let x = Int(generator.next() % UInt64(width))
            let y = Int(generator.next() % UInt64(height))
            let sign: Int16 = generator.next() % 2 == 0 ? -1 : 1
            let (dx, dy) = (Int(generator.next() % 3) - 1, Int(generator.next() % 3) - 1)
            for step in 0..<Int(1 + generator.next() % 40) {
                let (column, row) = (x + dx * step, y + dy * step)
                guard (0..<width).contains(column), (0..<height).contains(row) else { break }
                samples[row * width + column] = sign * (step == 5 ? 400 : 150)
            }
        }
        return BandedPlane(width: width, height: height, bandHeight: height, bands: [samples])
    }

    private func noise(of blocks: BlockStatistics) -> NoiseMap {
        NoiseMap(
            blocks,
            floor: 1,
            normalThreshold: 4,
            judgedShare: [Float](repeating: 1, count: blocks.columns * blocks.rows)
        )
    }

    /// All runs of at least the low threshold.
    private func lowRuns(_ side: Polarity, _ plane: BandedPlane, _ noise: NoiseMap) -> [Run] {
        let threshold = side == .dark ? noise.darkThreshold : noise.brightThreshold
        let sigmas = side == .dark ? noise.darkSigmas : noise.brightSigmas
        let columns = (plane.width + BlockStatistics.blockSize - 1) / BlockStatistics.blockSize
        var runs: [Run] = []
        for y in 0..<plane.height {
            for x in 0..<plane.width {
                let value = Float(side == .dark ? -plane[x, y] : plane[x, y])
                let block = y / BlockStatistics.blockSize * columns + x / BlockStatistics.blockSize
                if value < max((Self.lowShare * threshold * sigmas[block]).rounded(.up), 1) { continue }
                if let last = runs.last, last.row == y, last.end == x {
                    runs[runs.count - 1] = Run(row: y, start: last.start, end: x + 1)
                } else {
                    runs.append(Run(row: y, start: x, end: x + 1))
                }
            }
        }
        return runs
    }

    /// The regions of all runs that hold a sample near the threshold.
    private func regionsNear(_ runs: [Run], _ side: Polarity, _ plane: BandedPlane, _ noise: NoiseMap)
        -> [Region]
    {
        let threshold = side == .dark ? noise.darkThreshold : noise.brightThreshold
        let sigmas = side == .dark ? noise.darkSigmas : noise.brightSigmas
        let columns = (plane.width + BlockStatistics.blockSize - 1) / BlockStatistics.blockSize
        return regions(of: runs).filter { region in
            region.runs.contains { run in
                run.columns.contains { x in
                    let value = Float(side == .dark ? -plane[x, run.row] : plane[x, run.row])
                    let block = run.row / BlockStatistics.blockSize * columns + x / BlockStatistics.blockSize
                    return value / sigmas[block] >= Self.nearShare * threshold
                }
            }
        }
    }

    @Test(arguments: [(160, 120), (97, 131), (40, 40)], [1, 2, 3] as [UInt64])
    func growingFindsTheRegionsThatMatter(size: (width: Int, height: Int), seed: UInt64) {
        let plane = response(size.width, size.height, seed: seed)
        let blocks = BlockStatistics(of: plane)
        let noise = noise(of: blocks)
        let grown = CandidateRuns.growing(
            in: plane,
            blocks: blocks,
            noise: noise,
            lowShare: Self.lowShare,
            nearShare: Self.nearShare
        )
        for (found, side) in [(grown.bright, Polarity.bright), (grown.dark, .dark)] {
            let every = lowRuns(side, plane, noise)
            let expected = regionsNear(every, side, plane, noise)
            #expect(!expected.isEmpty)
            #expect(regionsNear(found, side, plane, noise) == expected)
            #expect(regions(of: found).count < regions(of: every).count)
        }
    }

    /// Each long run has neighbours above and below all along it, and a gap here and there.
    @Test func aCombIsOneRegion() {
        let (width, height) = (200, 48)
        let clean = response(width, height, seed: 4)
        var samples = [Int16](repeating: 0, count: width * height)
        for y in 0..<height {
            for x in 0..<width where y % 2 == 0 ? x % 66 != 64 : x % 2 == 0 { samples[y * width + x] = 400 }
        }
        let comb = BandedPlane(width: width, height: height, bandHeight: height, bands: [samples])
        let noise = noise(of: BlockStatistics(of: clean))
        let grown = CandidateRuns.growing(
            in: comb,
            blocks: BlockStatistics(of: comb),
            noise: noise,
            lowShare: Self.lowShare,
            nearShare: Self.nearShare
        )
        #expect(grown.bright == lowRuns(.bright, comb, noise))
        #expect(regions(of: grown.bright).count == 1)
        #expect(grown.dark.isEmpty)
    }
}
