import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct RegionalHighsTests {
    /// By sorting what is known in the tile of 4 x 4 blocks and in the eight tiles around it.
    private func plain(_ extremes: [Int16], columns: Int, rows: Int) -> [Int16] {
        (0..<columns * rows).map { index in
            let (top, left) = (index / columns / 4 * 4 - 4, index % columns / 4 * 4 - 4)
            let known = (top..<top + 12).flatMap { row in
                (left..<left + 12).compactMap { column -> Int16? in
                    guard (0..<rows).contains(row), (0..<columns).contains(column) else { return nil }
                    let value = extremes[row * columns + column]
                    return value == RegionalHighs.unknown ? nil : value
                }
            }
            .sorted()
            return known.count < 30 ? 0 : known[Int(0.8 * Double(known.count - 1))]
        }
    }

    @Test(arguments: [1, 3, 4, 5, 13, 30], [1, 3, 4, 5, 13, 30])
    func highsAreThoseOfSortedExtremes(columns: Int, rows: Int) {
        var generator = SplitMix64(seed: UInt64(100 * columns + rows))
        for unknownShare in [UInt64(0), 5, 8, 10] {
            for spread in [Int(Int16.max), 7] {
                let extremes = (0..<columns * rows).map { _ in
                    let value = Int16(Int(generator.next() % UInt64(2 * spread + 1)) - spread)
                    return generator.next() % 10 < unknownShare ? RegionalHighs.unknown : value
                }
                let highs = RegionalHighs(of: extremes, columns: columns, rows: rows)
                #expect(highs.values == plain(extremes, columns: columns, rows: rows))
            }
        }
    }
}
