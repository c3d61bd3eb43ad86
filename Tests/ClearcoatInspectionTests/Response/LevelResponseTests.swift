import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct LevelResponseTests {
    private func randomPlane(_ width: Int, _ height: Int, seed: UInt64) -> BandedPlane {
        var generator = SplitMix64(seed: seed)
        // With a few samples at the limits, which responses must not run over.
        let samples = (0..<width * height).map { _ in
            let value = Int(generator.next() % 16_383) - 8191
            return Int16(generator.next() % 8 == 0 ? value : value / 64)
        }
        return BandedPlane(width: width, height: height, bandHeight: height, bands: [samples])
    }

    /// The mean magnitude in a block, each held at 2047, of every `step`-th row.
    private func meanMagnitude(_ plane: BandedPlane, _ block: Rectangle, step: Int) -> Float {
        var sum = 0
        var count = 0
        for y in Swift.stride(from: block.y, to: block.rows.upperBound, by: step) {
            for x in block.columns {
                sum += min(abs(Int(plane[x, y])), 2047)
                count += 1
            }
        }
        return Float(sum) / Float(count)
    }

    private func blocks(of plane: BandedPlane) -> [Rectangle] {
        let size = BlockStatistics.blockSize
        return Swift.stride(from: 0, to: plane.height, by: size).flatMap { top in
            Swift.stride(from: 0, to: plane.width, by: size).map { left in
                Rectangle(x: left, y: top, width: size, height: size).intersection(plane.bounds)
            }
        }
    }

    /// Of two rows at a time or one, with and without inner columns.
    @Test(
        arguments: [(1, 1), (2, 3), (1, 40), (40, 1), (9, 17), (16, 16), (33, 50), (50, 35)],
        [0, 1]
    )
    func theEvenResponseIsSmoothedLessWhatIsAround(size: (width: Int, height: Int), level: Int) async throws {
        let plane = randomPlane(size.width, size.height, seed: 21)
        let pyramid = try await Pyramid(plane, levelCount: level + 4, with: SerialBands())
        let response = try await pyramid.response(level, bandHeight: 20, with: SerialBands())
        let own = pyramid.levels[level]
        let next = pyramid.levels[level + 1]
        let coarse = smoothed(smoothed(rows(of: pyramid.levels[level + 2])))
        let between = expanded(coarse, width: next.width, height: next.height)
        let around = expanded(between, width: own.width, height: own.height)
        let inner = smoothed(rows(of: own))
        for y in 0..<response.plane.height {
            for x in 0..<response.plane.width {
                #expect(Int(response.plane[x, y]) == inner[y][x] - around[y][x], "at \(x), \(y)")
            }
        }
    }

    @Test(arguments: [(1, 1), (2, 3), (16, 16), (64, 48), (97, 131), (33, 200), (3, 2049)], [0, 1])
    func blocksAreThoseOfTheResponse(size: (width: Int, height: Int), level: Int) async throws {
        let plane = randomPlane(size.width, size.height, seed: 11)
        let pyramid = try await Pyramid(plane, levelCount: level + 4, with: SerialBands())
        let whitened = try await pyramid.response(
            level,
            weights: BandWeights(second: -3, third: 1),
            measuresEven: true,
            bandHeight: 20,
            with: SerialBands()
        )
        let even = try await pyramid.response(level, bandHeight: 64, with: SerialBands())
        #expect(even.evenMagnitudes == nil)
        let magnitudes = try #require(whitened.evenMagnitudes)
        let places = blocks(of: whitened.plane)
        #expect(magnitudes.count == places.count)
        for (index, block) in places.enumerated() {
            let values = block.rows.flatMap { y in block.columns.map { whitened.plane[$0, y] } }
            #expect(whitened.blocks.meanMagnitude[index] == meanMagnitude(whitened.plane, block, step: 1))
            #expect(whitened.blocks.highest[index] == values.max())
            #expect(whitened.blocks.lowest[index] == values.min())
            #expect(
                magnitudes[index]
                    == meanMagnitude(even.plane, block, step: level > 0 ? 1 : size.height > 2048 ? 4 : 2)
            )
        }
    }

    @Test(arguments: [1, 16, 30, 64, 1000]) func neitherDependsOnTheBands(bandHeight: Int) async throws {
        let pyramid = try await Pyramid(randomPlane(70, 90, seed: 5), levelCount: 3, with: SerialBands())
        let one = try await pyramid.response(0, bandHeight: 90, with: SerialBands())
        let two = try await pyramid.response(0, bandHeight: bandHeight, with: SerialBands())
        for y in 0..<90 { for x in 0..<70 { #expect(one.plane[x, y] == two.plane[x, y]) } }
        #expect(one.blocks == two.blocks)
    }

    @Test func blocksOfAPlaneAreTheSame() async throws {
        let pyramid = try await Pyramid(randomPlane(70, 150, seed: 6), levelCount: 3, with: SerialBands())
        let response = try await pyramid.response(0, bandHeight: 64, with: SerialBands())
        #expect(BlockStatistics(of: response.plane) == response.blocks)
    }
}
