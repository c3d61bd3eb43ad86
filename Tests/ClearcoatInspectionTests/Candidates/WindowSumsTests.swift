import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct WindowSumsTests {
    private func patch(_ width: Int, _ height: Int, seed: UInt64) -> Patch<Int32> {
        var generator = SplitMix64(seed: seed)
        let values = (0..<width * height).map { _ in Int32(generator.next() % 16_383) - 8191 }
        return Patch(rectangle: Rectangle(x: 7, y: -3, width: width, height: height), values: values)
    }

    @Test func sumsAndMeansAreThoseOfEveryWindow() {
        for (width, height) in [(1, 1), (1, 9), (9, 1), (2, 3), (17, 13), (40, 5)] {
            let patch = patch(width, height, seed: UInt64(width))
            for radius in [1, 2, 5, 30] {
                let fast = WindowSums(of: patch, radius: radius)
                let means = fast.means()
                for y in 0..<height {
                    for x in 0..<width {
                        let rows = max(y - radius, 0)...min(y + radius, height - 1)
                        let columns = max(x - radius, 0)...min(x + radius, width - 1)
                        let sum = rows.reduce(Int32(0)) { sum, row in
                            sum + columns.reduce(0) { $0 + patch.values[row * width + $1] }
                        }
                        let mean = Float(sum) / Float(rows.count * columns.count)
                        #expect(fast.sums[y * width + x] == sum)
                        #expect(abs(means.values[y * width + x] - mean) <= 0.001 * max(abs(mean), 1))
                    }
                }
            }
        }
    }

    @Test func radiusZeroSmoothsBy121() {
        for (width, height) in [(1, 1), (1, 4), (5, 1), (6, 7)] {
            let patch = patch(width, height, seed: 5)
            let smooth = patch.smoothed(radius: 0)
            for y in patch.rectangle.rows {
                for x in patch.rectangle.columns {
                    var sum: Int32 = 0
                    for dy in -1...1 {
                        for dx in -1...1 {
                            let weight: Int32 = (dx == 0 ? 2 : 1) * (dy == 0 ? 2 : 1)
                            sum += weight * patch.clamped(x: x + dx, y: y + dy)
                        }
                    }
                    #expect(smooth.values[smooth.index(x: x, y: y)] == Float(sum) / 16)
                }
            }
        }
    }
}
