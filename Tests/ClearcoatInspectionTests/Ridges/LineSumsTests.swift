import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct LineSumsTests {
    private func noise(_ width: Int, _ height: Int, seed: UInt64) -> LinePlane {
        var generator = SplitMix64(seed: seed)
        let samples = (0..<width * height).map { _ in Int16(generator.next() % 81) - 40 }
        return LinePlane(width: width, height: height, samples: samples)
    }

    /// Brady's lines by their definition: half of the way in the upper half of the rows, half in the lower.
    private func plainSum(_ plane: LinePlane, x: Int, y: Int, slope: Int, rows: Int) -> Int {
        guard rows > 1 else {
            let isInside = x < plane.width && y < plane.height
            return isInside ? Int(plane.samples[y * plane.width + x]) : 0
        }
        let half = rows / 2
        return plainSum(plane, x: x, y: y, slope: slope / 2, rows: half)
            + plainSum(plane, x: x + (slope + 1) / 2, y: y + half, slope: slope / 2, rows: half)
    }

    @Test(arguments: [(50, 64), (33, 40), (5, 7), (64, 32)])
    func sumsAreThoseOfTheDefinition(width: Int, height: Int) async throws {
        let plane = noise(width, height, seed: UInt64(width))
        let sums = try await LineSums(of: plane, with: SerialBands()).plane
        #expect(sums.width == width)
        #expect(sums.height == (height + 31) / 32 * 32)
        for strip in 0..<sums.height / 32 {
            for slope in 0..<32 {
                for x in 0..<width {
                    let plain = plainSum(plane, x: x, y: 32 * strip, slope: slope, rows: 32)
                    #expect(Int(sums[x, 32 * strip + slope]) == plain)
                }
            }
        }
    }

    /// Wider than what is summed up at a time, and not a whole number of blocks.
    @Test(arguments: [(1, 1), (13, 40), (16, 33), (450, 70)])
    func mirroredSumsAreThoseOfTheMirroredPlane(width: Int, height: Int) async throws {
        let plane = noise(width, height, seed: UInt64(height))
        let rows = stride(from: 0, to: plane.samples.count, by: width).map { plane.samples[$0..<$0 + width] }
        let mirrored = LinePlane(width: width, height: height, samples: rows.flatMap { $0.reversed() })
        let sums = try await LineSums(of: plane, isMirrored: true, with: SerialBands())
        #expect(sums.plane == (try await LineSums(of: mirrored, with: SerialBands()).plane))
        for strip in 0..<sums.plane.height / 32 {
            for x in 0..<width {
                let plain = plainSum(mirrored, x: x, y: 32 * strip, slope: 21, rows: 32)
                #expect(Int(sums.plane[x, 32 * strip + 21]) == plain)
            }
        }
    }

    @Test(arguments: [(1, 1), (33, 40), (450, 70)])
    func blocksAreThoseOfTheSums(width: Int, height: Int) async throws {
        let sums = try await LineSums(of: noise(width, height, seed: 9), with: SerialBands())
        let blocks = try await BlockStatistics(of: sums.plane, with: SerialBands())
        #expect(sums.blocks.columns == blocks.columns)
        #expect(sums.blocks.rows == blocks.rows)
        let all = [Float](repeating: 1, count: blocks.columns * blocks.rows)
        let map = NoiseMap(sums.blocks, floor: 0.01, normalThreshold: 5, judgedShare: all)
        let same = NoiseMap(blocks, floor: 0.01, normalThreshold: 5, judgedShare: all)
        #expect(map.sigmas == same.sigmas)
        #expect(map.brightSigmas == same.brightSigmas && map.darkSigmas == same.darkSigmas)
        #expect(map.brightThreshold == same.brightThreshold && map.darkThreshold == same.darkThreshold)
    }

    /// Every line has one sample in each row, none of them more than a column off the straight line.
    @Test func linesAreStraight() async throws {
        for slope in 0..<32 {
            for row in 0..<32 {
                let near = 5 + Int((Double(slope * row) / 31).rounded())
                let total = (max(near - 2, 0)...near + 2).reduce(0) { total, x in
                    var plane = LinePlane(width: 80, height: 32, samples: Array(repeating: 0, count: 80 * 32))
                    plane.samples[row * 80 + x] = 1
                    return total + plainSum(plane, x: 5, y: 0, slope: slope, rows: 32)
                }
                #expect(total == 1)
            }
        }
    }

    @Test(arguments: Quarter.allCases)
    func aTurnedPlacesSampleIsThePlanes(_ quarter: Quarter) {
        let plane = noise(37, 70, seed: 3)
        let turned = quarter.isTransposed ? plane.transposed : plane
        for y in 0..<turned.height {
            for x in 0..<turned.width {
                let place = quarter.place(x: Double(x), y: Double(y), width: 37, height: 70)
                let sample = plane.samples[Int(place.y) * 37 + Int(place.x)]
                let column = quarter.isMirrored ? turned.width - 1 - x : x
                #expect(turned.samples[y * turned.width + column] == sample)
            }
        }
    }
}
