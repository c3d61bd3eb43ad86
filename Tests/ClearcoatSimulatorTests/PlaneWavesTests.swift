import ClearcoatImage
import ClearcoatSimulator
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct PlaneWavesTests {
    static let side = 128
    static let mmPerPixel = 0.1

    static func field(seed: UInt64, shortest: Double, longest: Double) -> PlaneWaves {
        var generator = SplitMix64(seed: seed)
        return PlaneWaves(
            count: 72,
            shortestMm: shortest,
            longestMm: longest,
            rms: 0.002,
            using: &generator
        )
    }

    static func heights(_ field: PlaneWaves) -> Image<Float> {
        let table = field.table(columns: 0..<side, mmPerPixel: mmPerPixel)
        var samples: [Float] = []
        for y in 0..<side {
            var row = [Float](repeating: 0, count: side)
            table.addHeights(y: y, to: &row)
            samples += row
        }
        return Image(width: side, height: side, samples: samples)
    }

    /// The power of a picture at each wave number, by the plain discrete Fourier transform under a
    /// Hann window, which keeps a wave's power within two steps of its wave number.
    static func power(of image: Image<Float>) -> [(wavelengthMm: Double, power: Double)] {
        let n = image.width
        let window = (0..<n).map { 0.5 - 0.5 * cos(2 * .pi * (Double($0) + 0.5) / Double(n)) }
        let turns = (0..<n).map { 2 * Double.pi * Double($0) / Double(n) }
        let (cosines, sines) = (turns.map { cos($0) }, turns.map { sin($0) })
        func transformed(_ lines: [[(Double, Double)]]) -> [[(Double, Double)]] {
            // Transforms each line and hands back the result with lines and places exchanged.
            (0..<n).map { k in
                lines.map { line in
                    var sum = (0.0, 0.0)
                    for (x, value) in line.enumerated() {
                        let turn = k * x % n
                        sum.0 += value.0 * cosines[turn] + value.1 * sines[turn]
                        sum.1 += value.1 * cosines[turn] - value.0 * sines[turn]
                    }
                    return sum
                }
            }
        }
        let rows = (0..<n).map { y in
            (0..<n).map { x in (Double(image[x, y]) * window[x] * window[y], 0.0) }
        }
        let spectrum = transformed(transformed(rows))
        var result: [(Double, Double)] = []
        for (u, line) in spectrum.enumerated() {
            for (v, value) in line.enumerated() {
                let fu = Double(u <= n / 2 ? u : u - n)
                let fv = Double(v <= n / 2 ? v : v - n)
                let frequency = (fu * fu + fv * fv).squareRoot() / (Double(n) * mmPerPixel)
                result.append((1 / frequency, value.0 * value.0 + value.1 * value.1))
            }
        }
        return result
    }

    @Test(arguments: [(0.8, 1.6), (1.5, 3.0)])
    func energyLiesInItsBand(_ band: (shortest: Double, longest: Double)) {
        let field = Self.field(seed: 7, shortest: band.shortest, longest: band.longest)
        let spectrum = Self.power(of: Self.heights(field))
        // The window blurs frequencies by two steps of 1/12.8 mm.
        let slack = 2 / (Double(Self.side) * Self.mmPerPixel)
        let allowed = 1 / (1 / band.shortest + slack)...1 / (1 / band.longest - slack)
        let all = spectrum.reduce(0) { $0 + $1.power }
        let inside = spectrum.reduce(0) { $0 + (allowed.contains($1.wavelengthMm) ? $1.power : 0) }
        #expect(inside > 0.995 * all)
    }

    @Test func hasTheStandardDeviationAskedFor() {
        let heights = Self.heights(Self.field(seed: 9, shortest: 0.5, longest: 1.5)).samples.map(
            Double.init
        )
        let power = heights.reduce(0) { $0 + $1 * $1 } / Double(heights.count)
        #expect((power.squareRoot() / 0.002 - 1).magnitude < 0.1)
    }

    @Test func slopesAreThoseOfTheHeights() {
        let field = Self.field(seed: 1, shortest: 2, longest: 6)
        let heights = Self.heights(field)
        let table = field.table(columns: 0..<Self.side, mmPerPixel: Self.mmPerPixel)
        for y in stride(from: 1, to: Self.side - 1, by: 13) {
            var alongX = [Float](repeating: 0, count: Self.side)
            var alongY = alongX
            table.addSlopes(y: y, alongX: &alongX, alongY: &alongY)
            for x in 1..<Self.side - 1 {
                let dx = (heights[x + 1, y] - heights[x - 1, y]) / Float(2 * Self.mmPerPixel)
                let dy = (heights[x, y + 1] - heights[x, y - 1]) / Float(2 * Self.mmPerPixel)
                // A central difference over 0.2 mm is short of a 2 mm wave's slope by under 2 %.
                #expect((alongX[x] - dx).magnitude < 0.0003)
                #expect((alongY[x] - dy).magnitude < 0.0003)
            }
        }
    }
}
