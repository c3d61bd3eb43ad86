import ClearcoatImage
import ClearcoatRegions
import Testing

@Suite struct RunScannerTests {
    /// What a run is, pixel by pixel.
    func referenceRuns(in mask: Mask) -> [Run] {
        var found: [Run] = []
        for y in 0..<mask.height {
            for x in 0..<mask.width where mask[x, y] != 0 && (x == 0 || mask[x - 1, y] == 0) {
                var end = x
                while end < mask.width, mask[end, y] != 0 { end += 1 }
                found.append(Run(row: y, start: x, end: end))
            }
        }
        return found
    }

    @Test func equalsTheReferenceOnRandomMasks() {
        for mask in randomMasks(seed: 5) { #expect(runs(in: mask) == referenceRuns(in: mask)) }
    }

    /// Every place of one run in rows of every width around the 8 and 64 columns of a step.
    @Test func findsEveryRunAtEveryPlace() {
        for width in Array(1...18) + [63, 64, 65, 71, 72, 73, 127, 128, 137] {
            for start in 0..<width {
                for end in [start + 1, start + 2, start + 7, start + 8, start + 9, start + 64, width]
                where end <= width {
                    var mask = Mask(width: width, height: 1, filledWith: 0)
                    for x in start..<end { mask[x, 0] = x % 3 == 0 ? 0x80 : 1 }
                    #expect(runs(in: mask) == [Run(row: 0, start: start, end: end)])
                }
            }
        }
    }

    @Test func everySampleButZeroIsForeground() {
        for value in UInt8.min...UInt8.max {
            let mask = Mask(width: 9, height: 1, samples: [0, value, 0, 0, 0, 0, 0, 0, value])
            let expected = [Run(row: 0, start: 1, end: 2), Run(row: 0, start: 8, end: 9)]
            #expect(runs(in: mask) == (value == 0 ? [] : expected))
        }
    }

    @Test func bandsGiveTheRunsOfTheWhole() {
        for mask in randomMasks(seed: 6) {
            for height in [1, 2, 3, 5] {
                let bands = stride(from: 0, to: mask.height, by: height).map {
                    runs(in: mask, rows: $0..<$0 + height)
                }
                #expect(bands.flatMap(\.self) == runs(in: mask))
            }
        }
    }
}
