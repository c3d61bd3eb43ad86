import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct PyramidTests {
    private func plane(_ width: Int, _ height: Int, bandHeight: Int = 64, _ value: (Int, Int) -> Int16)
        -> BandedPlane
    {
        var bands: [[Int16]] = []
        var y = 0
        while y < height {
            let rows = y..<min(y + bandHeight, height)
            bands.append(rows.flatMap { row in (0..<width).map { value($0, row) } })
            y = rows.upperBound
        }
        return BandedPlane(width: width, height: height, bandHeight: bandHeight, bands: bands)
    }

    /// What one level is of the one before, in the plainest form.
    private func referenceHalved(_ plane: BandedPlane) -> [[Int]] {
        /// Every second sample; the last one lies at the end or one beyond.
        func halvedLine(_ line: [Int]) -> [Int] {
            let smooth = smoothedLine(line)
            var result = stride(from: 0, to: line.count, by: 2).map { smooth[$0] }
            if line.count % 2 == 0 {
                let l = Array(line.suffix(5).reversed())
                let value =
                    l.count < 5 ? l[0] : (8 * l[0] + 5 * l[1] + 2 * l[2] - l[3] - 4 * l[4] + 5) / 10
                result.append(min(max(value, -8191), 8191))
            }
            return result
        }
        let columns = (0..<plane.width).map { x in
            halvedLine((0..<plane.height).map { Int(plane[x, $0]) })
        }
        return columns[0].indices.map { y in halvedLine(columns.map { $0[y] }) }
    }

    @Test(arguments: [(1, 1), (2, 3), (4, 4), (5, 5), (6, 9), (17, 33), (64, 40)])
    func everyLevelIsTheOneBeforeSmoothedAndHalved(width: Int, height: Int) async throws {
        var generator = SplitMix64(seed: 7)
        let base = plane(width, height) { _, _ in Int16(Int(generator.next() % 16383) - 8191) }
        let level = try await Pyramid(base, levelCount: 2, with: SerialBands()).levels[1]
        let expected = referenceHalved(base)
        #expect(level.width == expected[0].count && level.height == expected.count)
        for y in 0..<level.height {
            for x in 0..<level.width { #expect(Int(level[x, y]) == expected[y][x], "at \(x), \(y)") }
        }
    }

    @Test func aRampOfLightDoesNotRespondNotEvenAtTheBorder() async throws {
        let base = plane(160, 120) { x, y in Int16(20 * x - 15 * y) }
        let pyramid = try await Pyramid(base, levelCount: 5, with: SerialBands())
        for level in 0..<3 {
            let response = try await pyramid.response(level, bandHeight: 64, with: SerialBands()).plane
            for y in 0..<response.height {
                // Rounding a few times is all that is left.
                for x in 0..<response.width {
                    #expect(abs(Int(response[x, y])) <= 4, "level \(level) at \(x), \(y)")
                }
            }
        }
    }

    @Test(arguments: [(160, 120), (97, 131), (64, 255)])
    func weightedResponsesIgnoreRampsToo(width: Int, height: Int) async throws {
        let base = plane(width, height) { x, y in Int16(20 * x - 15 * y) }
        let pyramid = try await Pyramid(base, levelCount: 5, with: SerialBands())
        for level in 0..<2 {
            for weights in [BandWeights(second: -4, third: 4), BandWeights(second: 1, third: -2)] {
                let response = try await pyramid.response(
                    level,
                    weights: weights,
                    bandHeight: 64,
                    with: SerialBands()
                ).plane
                #expect(
                    response.width == (width - 1) >> level + 1 && response.height == (height - 1) >> level + 1
                )
                for y in 0..<response.height {
                    for x in 0..<response.width { #expect(abs(Int(response[x, y])) <= 8) }
                }
            }
        }
    }

    @Test func aSpotRespondsWithItsSignAndMostOfItsContrast() async throws {
        for sign in [Int16(1), -1] {
            let base = plane(96, 96) { x, y in
                (x - 48) * (x - 48) + (y - 48) * (y - 48) <= 9 ? sign * 1000 : 0
            }
            let pyramid = try await Pyramid(base, levelCount: 4, with: SerialBands())
            let response = try await pyramid.response(0, bandHeight: 64, with: SerialBands()).plane
            #expect(response[48, 48] * sign > 700)
            #expect(response[48, 48] * sign <= 1000)
        }
    }

    @Test(arguments: [1, 7, 64, 500]) func bandsCannotBeSeenInTheResult(bandHeight: Int) async throws {
        func value(_ x: Int, _ y: Int) -> Int16 { Int16((x * 37 + y * 101) % 997 - 498) }
        let whole = plane(70, 90, bandHeight: 90, value)
        let cut = plane(70, 90, bandHeight: bandHeight, value)
        let one = try await Pyramid(whole, levelCount: 4, with: SerialBands())
            .response(1, bandHeight: 90, with: SerialBands()).plane
        let two = try await Pyramid(cut, levelCount: 4, with: SerialBands())
            .response(1, bandHeight: bandHeight, with: SerialBands()).plane
        #expect(one.samples == two.samples)
    }
}
