import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct CellBlocksTests {
    @Test(arguments: [(1, 1), (2, 2), (3, 5), (16, 16), (37, 22)])
    func everyBlockCountsItsCells(columns: Int, rows: Int) {
        var generator = SplitMix64(seed: 3)
        let cells = (0..<columns * rows).map { _ in generator.next() % 3 == 0 }
        let counts = countsInBlocks(of: cells, columns: columns, rows: rows, levels: 4)
        #expect(counts.count == 4)
        for (level, counts) in counts.enumerated() {
            let side = 2 << level
            let blockColumns = (columns + side - 1) / side
            #expect(counts.count == blockColumns * ((rows + side - 1) / side))
            for (block, count) in counts.enumerated() {
                let top = block / blockColumns * side
                let left = block % blockColumns * side
                var expected: Int32 = 0
                for row in top..<min(top + side, rows) {
                    for column in left..<min(left + side, columns) where cells[row * columns + column] {
                        expected += 1
                    }
                }
                #expect(count == expected, "level \(level), block \(block)")
            }
        }
    }
}
