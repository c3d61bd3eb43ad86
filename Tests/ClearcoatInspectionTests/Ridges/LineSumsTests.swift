import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct LineSumsTests {
    private func noise(_ width: Int, _ height: Int, seed: UInt64) -> LinePlane {
        var generator = SplitMix64(seed: seed)
        let samples = (0..<width * height).map { _ in Int8(generator.next() % 81) - 40 }
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

    /// With rows of 0 below up to whole strips, then top and bottom exchanged.
    private func flipped(_ plane: LinePlane) -> LinePlane {
        let height = (plane.height + 31) / 32 * 32
        let samples = plane.samples + [Int8](repeating: 0, count: (height - plane.height) * plane.width)
        let rows = stride(from: 0, to: samples.count, by: plane.width).map { samples[$0..<$0 + plane.width] }
        return LinePlane(width: plane.width, height: height, samples: rows.reversed().flatMap(\.self))
    }

    /// With rows and columns exchanged.
    private func transposed(_ plane: LinePlane) -> LinePlane {
        let samples = (0..<plane.width).flatMap { x in
            (0..<plane.height).map { plane.samples[$0 * plane.width + x] }
        }
        return LinePlane(width: plane.height, height: plane.width, samples: samples)
    }

    /// Wider than what is summed up at a time, and not a whole number of blocks.
    @Test(arguments: [(50, 64), (33, 40), (5, 7), (64, 32), (1, 1), (450, 70)], Quarter.allCases)
    func sumsAreThoseOfTheDefinition(size: (width: Int, height: Int), quarter: Quarter) async throws {
        let upright = noise(size.width, size.height, seed: UInt64(size.width))
        let isFlipped = quarter.isFlipped
        let turned = isFlipped ? flipped(upright) : upright
        let plane = quarter.isTransposed ? transposed(upright) : upright
        let sums = try await LineSums(of: plane, isTransposed: quarter.isTransposed, with: SerialBands())
        let strips = (size.height + 31) / 32
        #expect(sums.blocks.columns == (size.width + 15) / 16)
        #expect(sums.blocks.rows == 2 * strips)
        for strip in 0..<strips {
            let index = isFlipped ? strips + strip : strip
            let found = sums.strip(index, blocks: Array(0..<sums.blocks.columns))
            for slope in 0..<LineSums.slopes {
                for x in 0..<size.width {
                    let plain = plainSum(turned, x: x, y: 32 * strip, slope: 2 * slope, rows: 32)
                    #expect(Int(found[x, slope]) == plain)
                }
            }
        }
    }

    @Test func onlyTheBlocksAskedForAreSummedUp() async throws {
        let sums = try await LineSums(of: noise(80, 32, seed: 4), isTransposed: false, with: SerialBands())
        let all = sums.strip(0, blocks: [0, 1, 2, 3, 4])
        let some = sums.strip(0, blocks: [1, 4])
        for slope in 0..<LineSums.slopes {
            for x in 0..<80 {
                #expect(some[x, slope] == ([1, 4].contains(x / 16) ? all[x, slope] : 0))
            }
        }
    }

    @Test(arguments: [(1, 1), (33, 40), (450, 70)])
    func blocksAreThoseOfTheSums(width: Int, height: Int) async throws {
        let sums = try await LineSums(
            of: noise(width, height, seed: 9),
            isTransposed: false,
            with: SerialBands()
        )
        let columns = sums.blocks.columns
        for strip in 0..<sums.blocks.rows {
            let found = sums.strip(strip, blocks: Array(0..<columns))
            for column in 0..<columns {
                let places = column * 16..<min(column * 16 + 16, width)
                let values = (0..<LineSums.slopes).flatMap { slope in places.map { found[$0, slope] } }
                let mean = values.reduce(0) { $0 + Float(min(abs($1), 2047)) } / Float(values.count)
                let block = strip * columns + column
                #expect(sums.blocks.meanMagnitude[block] == mean)
                // What lies beyond the plane is 0, and counts among the extremes.
                let beyond: [Int16] = places.count < 16 ? [0] : []
                #expect(sums.blocks.highest[block] == (values + beyond).max())
                #expect(sums.blocks.lowest[block] == (values + beyond).min())
            }
        }
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
        let upright = quarter.isTransposed ? transposed(plane) : plane
        let turned = quarter.isFlipped ? flipped(upright) : upright
        for y in 0..<turned.height {
            for x in 0..<turned.width {
                let place = quarter.place(x: Double(x), y: Double(y), width: 37, height: 70)
                let isInside = place.x < 37 && place.y < 70
                let sample = isInside ? plane.samples[Int(place.y) * 37 + Int(place.x)] : 0
                #expect(turned.samples[y * turned.width + x] == sample)
            }
        }
    }
}
