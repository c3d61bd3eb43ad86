import ClearcoatImage
import ClearcoatRegions
import ClearcoatTestSupport
import Testing

@Suite struct RegionsTests {
    @Test(arguments: Connectivity.allCases)
    func equalsFloodFillInPartitionAndOrder(connectivity: Connectivity) {
        for mask in randomMasks(seed: 7) {
            let found = regions(in: mask, connectivity: connectivity)
            let reference = referenceLabels(of: mask, connectivity: connectivity)
            #expect(found.count == reference.count)
            #expect(labels(of: found, width: mask.width, height: mask.height) == reference.labels)
        }
    }

    @Test(arguments: Connectivity.allCases)
    func pixelsOfRegionsAreThoseOfTheMask(connectivity: Connectivity) {
        for mask in randomMasks(seed: 8) {
            let found = regions(in: mask, connectivity: connectivity)
            #expect(found.map(\.pixelCount).reduce(0, +) == mask.samples.count { $0 != 0 })
            let painted = ClearcoatRegions.mask(of: found, width: mask.width, height: mask.height)
            #expect(painted.samples == mask.samples.map { $0 == 0 ? 0 : 255 })
        }
    }

    /// Bands scanned apart, as parallel tasks would, give the regions of the whole, also those that cross.
    @Test(arguments: Connectivity.allCases)
    func bandsGiveTheRegionsOfTheWhole(connectivity: Connectivity) {
        for mask in randomMasks(seed: 26) where mask.height > 1 {
            for height in 1..<mask.height {
                let bands = stride(from: 0, to: mask.height, by: height).map {
                    runs(in: mask, rows: $0..<$0 + height)
                }
                let joined = regions(of: bands.flatMap(\.self), connectivity: connectivity)
                #expect(joined == regions(in: mask, connectivity: connectivity))
            }
        }
    }

    @Test func leavesOutSmallRegionsAndNothingElse() {
        for mask in randomMasks(seed: 9) {
            let all = regions(in: mask, connectivity: .four)
            for minimum in 0...4 {
                #expect(
                    regions(in: mask, connectivity: .four, minimumPixelCount: minimum)
                        == all.filter { $0.pixelCount >= minimum }
                )
            }
        }
    }

    @Test func equalsSciPy() throws {
        for golden in try Golden.read("labels.json", as: [Golden.Labels].self) {
            let mask = Mask(rows: golden.mask)
            let four = labels(
                of: regions(in: mask, connectivity: .four),
                width: mask.width,
                height: mask.height
            )
            let eight = labels(of: regions(in: mask), width: mask.width, height: mask.height)
            #expect(four.samples == golden.four.flatMap(\.self))
            #expect(eight.samples == golden.eight.flatMap(\.self))
        }
    }

    /// Shapes in which labels meet late: the forest has to join trees that are already large.
    @Test func joinsWhatMeetsBelow() {
        let comb = Mask(drawn: "#.#.#.#.#", "#.#.#.#.#", "#########")
        #expect(regions(in: comb, connectivity: .four).count == 1)
        let spiral = Mask(
            drawn: "#######",
            "......#",
            "#####.#",
            "#...#.#",
            "#.###.#",
            "#.....#",
            "#######"
        )
        #expect(regions(in: spiral, connectivity: .four).count == 1)
        let stairs = Mask(drawn: "...#", "..#.", ".#..", "#...")
        #expect(regions(in: stairs, connectivity: .four).count == 4)
        #expect(regions(in: stairs).count == 1)
    }

    @Test func checkerboardIsOneRegionOrAllApart() {
        let samples = (0..<1200).map { (index: Int) -> UInt8 in (index / 40 + index) % 2 == 0 ? 0 : 1 }
        let board = Mask(width: 40, height: 30, samples: samples)
        #expect(regions(in: board).count == 1)
        #expect(regions(in: board, connectivity: .four).count == 600)
    }
}
