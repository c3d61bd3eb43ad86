import ClearcoatRegions
import Testing

@Suite struct RunTests {
    @Test func takesTwelveBytes() {
        #expect(MemoryLayout<Run>.stride == 12)
    }

    @Test func sortsInReadingOrder() {
        let runs = [
            Run(row: -1, start: 9, end: 10), Run(row: 0, start: -4, end: 8), Run(row: 0, start: 2, end: 3),
            Run(row: 0, start: 2, end: 4), Run(row: 1, start: 0, end: 1),
        ]
        #expect(runs.reversed().sorted() == runs)
    }

    @Test func givesBackWhatItWasMadeFrom() {
        let run = Run(row: 3, start: -2, end: 7)
        #expect((run.row, run.start, run.end, run.length) == (3, -2, 7, 9))
        #expect(run.columns == -2..<7)
    }
}
