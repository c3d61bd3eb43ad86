import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct OpenedRowsTests {
    private func plane(_ width: Int, _ height: Int, _ value: (Int, Int) -> Int16) -> BandedPlane {
        let samples = (0..<height).flatMap { y in (0..<width).map { value($0, y) } }
        return BandedPlane(width: width, height: height, bandHeight: height, bands: [samples])
    }

    private func opened(_ plane: BandedPlane, rows: [Int]) -> [[Int16]] {
        var source = OpenedRows(plane)
        return rows.map { y in
            var row = [Int16](repeating: 0, count: plane.width)
            var out = row.mutableSpan
            source.read(y, into: &out, at: 0)
            return row
        }
    }

    private func opened(_ plane: BandedPlane) -> BandedPlane {
        let rows = opened(plane, rows: Array(0..<plane.height))
        return BandedPlane(width: plane.width, height: plane.height, bandHeight: 1, bands: rows)
    }

    /// The definition: over each sample the brightest square, as bright as its darkest sample.
    private func reference(_ plane: BandedPlane) -> [[Int16]] {
        let side = OpenedRows.side
        func darkest(_ left: Int, _ top: Int) -> Int16 {
            var value = Int16.max
            for y in top..<min(top + side, plane.height) {
                for x in left..<min(left + side, plane.width) { value = min(value, plane[x, y]) }
            }
            return value
        }
        return (0..<plane.height).map { y in
            (0..<plane.width).map { x in
                var value = Int16.min
                for top in max(y - side + 1, 0)...y {
                    for left in max(x - side + 1, 0)...x { value = max(value, darkest(left, top)) }
                }
                return value
            }
        }
    }

    private func noise(_ width: Int, _ height: Int) -> BandedPlane {
        var generator = SplitMix64(seed: UInt64(width * 1000 + height))
        return plane(width, height) { _, _ in Int16(Int(generator.next() % 16383) - 8191) }
    }

    @Test(arguments: [(1, 1), (2, 7), (3, 3), (4, 4), (5, 9), (16, 1), (33, 17), (64, 40)])
    func isTheOpeningByASquare(width: Int, height: Int) {
        let picture = noise(width, height)
        #expect(opened(picture, rows: Array(0..<height)) == reference(picture))
    }

    @Test func rowsMayBeReadInAnyOrder() {
        let picture = noise(40, 30)
        let expected = reference(picture)
        let order = [0, 17, 18, 3, 29, 4, 4, 21, 5]
        #expect(opened(picture, rows: order) == order.map { expected[$0] })
    }

    @Test func openingTwiceIsOpeningOnceAndNothingGetsBrighter() {
        let picture = noise(48, 48)
        let once = opened(picture)
        #expect(opened(once) == once)
        for y in 0..<48 { for x in 0..<48 { #expect(once[x, y] <= picture[x, y]) } }
    }

    @Test func flakesGoAndSpotsAndDarkThingsStay() {
        let flake = plane(32, 32) { x, y in (14..<17).contains(x) && (5..<29).contains(y) ? 3000 : 0 }
        let spot = plane(32, 32) { x, y in (14..<18).contains(x) && (9..<13).contains(y) ? 3000 : 0 }
        let speck = plane(32, 32) { x, y in x == 14 && y == 9 ? -3000 : 0 }
        #expect(opened(flake) == opened(plane(32, 32) { _, _ in 0 }))
        #expect(opened(spot).samples == spot.samples)
        #expect(opened(speck).samples == speck.samples)
    }
}
