import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct CellGridTests {
    /// Pixels at both ends of the scale, and between them.
    private func picture<Element: FixedWidthInteger & UnsignedInteger>(_ width: Int, _ height: Int) -> Image<
        Element
    > {
        var generator = SplitMix64(seed: UInt64(width * 1000 + height))
        let samples = (0..<width * height).map { _ -> Element in
            switch generator.next() % 20 {
            case 0: 0
            case 1: .max
            default: Element(truncatingIfNeeded: generator.next())
            }
        }
        return Image(width: width, height: height, samples: samples)
    }

    private static let sizes = [(1, 1), (7, 9), (8, 8), (9, 7), (17, 16), (64, 130), (131, 70), (3, 200)]

    @Test(arguments: sizes)
    func sumsAndMeansAreThoseOfThePixels(width: Int, height: Int) async throws {
        let eight: Image<UInt8> = picture(width, height)
        let sixteen: Image<UInt16> = picture(width, height)
        try await check(eight, .uint8(eight))
        try await check(sixteen, .uint16(sixteen))
    }

    private func check<Element: FixedWidthInteger & UnsignedInteger>(
        _ image: Image<Element>,
        _ gray: GrayImage
    )
        async throws
    {
        let grid = try await CellGrid.measure(gray, with: SerialBands())
        var all = [Bool]()
        for row in 0..<grid.rows {
            var hasEnds = false
            for column in 0..<grid.columns {
                let cell = Rectangle(x: column * 8, y: row * 8, width: 8, height: 8).intersection(
                    image.bounds
                )
                let pixels = cell.rows.flatMap { y in cell.columns.map { image.samples[y * image.width + $0] }
                }
                let sum = pixels.reduce(0) { $0 + Int($1) }
                let index = row * grid.columns + column
                #expect(Int(grid.sums[index]) == sum)
                #expect(abs(grid.means[index] - Float(sum) / Float(pixels.count)) <= 1e-6 * grid.means[index])
                #expect(Int(grid.saturated[index]) == pixels.count { $0 == .max })
                #expect(Int(grid.black[index]) == pixels.count { $0 == 0 })
                hasEnds = hasEnds || pixels.contains { $0 == .max || $0 == 0 }
                all.append(index % 3 != 0)
            }
            #expect(grid.hasEnds(row: row) == hasEnds)
        }
        let count = (0..<image.height).reduce(0) { total, y in
            total + (0..<image.width).count { all[y / 8 * grid.columns + $0 / 8] }
        }
        #expect(grid.pixelCount(of: all) == count)
    }
}
