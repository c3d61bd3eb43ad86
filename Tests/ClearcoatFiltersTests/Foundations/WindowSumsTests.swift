import ClearcoatFilters
import ClearcoatImage
import Testing

@Suite struct WindowSumsTests {
    @Test func sumsAreThoseOfEveryWindow() {
        for (width, height) in [(1, 1), (1, 9), (9, 1), (2, 3), (17, 13), (40, 5)] {
            var generator = SplitMix64(seed: UInt64(width))
            let values = (0..<width * height).map { _ in Int(generator.next() % 16_383) - 8191 }
            for radius in [0, 1, 2, 5, 30] {
                let expected = plainSums(of: values, columns: width, radius: radius)
                #expect(windowSums(of: values, columns: width, radius: radius) == expected)
                #expect(
                    windowSums(of: values.map(Int32.init), columns: width, radius: radius)
                        == expected.map(Int32.init)
                )
            }
        }
    }

    @Test func nothingHasNoSums() {
        #expect(windowSums(of: [Int](), columns: 0, radius: 3).isEmpty)
    }

    /// Every window by itself.
    private func plainSums(of values: [Int], columns: Int, radius: Int) -> [Int] {
        let rows = values.count / columns
        return values.indices.map { place in
            let (y, x) = (place / columns, place % columns)
            let window = max(x - radius, 0)...min(x + radius, columns - 1)
            return (max(y - radius, 0)...min(y + radius, rows - 1)).reduce(0) { sum, row in
                sum + window.reduce(0) { $0 + values[row * columns + $1] }
            }
        }
    }
}
