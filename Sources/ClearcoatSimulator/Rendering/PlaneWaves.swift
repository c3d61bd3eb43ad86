package import ClearcoatImage

/// A random field that is a sum of plane waves, so that all its energy lies between two wavelengths:
/// `h(x, y) = Σ aᵢ cos(kᵢ·(x, y) + φᵢ)`, lengths in mm.
///
/// With some dozens of waves of spread directions and random phases it is close to a Gaussian random
/// field (central limit theorem), and its slopes are exact, not differences.
package struct PlaneWaves: Sendable {
    /// One wave.
    struct Wave: Sendable {
        /// Radians per mm along x and y.
        var kx: Double, ky: Double
        /// The greatest height; its unit is the field's.
        var amplitude: Double
        /// Radians.
        var phase: Double
    }

    let waves: [Wave]

    /// Waves between two wavelengths, in mm, whose sum has the standard deviation `rms`. Each has an
    /// amplitude in proportion to its wavelength, so that all have the same share of the slope.
    package init(
        count: Int,
        shortestMm: Double,
        longestMm: Double,
        rms: Double,
        using generator: inout SplitMix64
    ) {
        var waves: [Wave] = []
        var power = 0.0
        for index in 0..<count {
            // Wavelengths spread evenly over the band, directions by the golden section: no two waves
            // run the same way, whatever the seed.
            let share = (Double(index) + generator.nextUnit()) / Double(count)
            let wavelength = shortestMm * ClearcoatSimulator.power(longestMm / shortestMm, share)
            let turns = Double(index) * 0.618_033_988_75 + generator.nextUnit() / Double(count)
            let direction = 2 * .pi * (turns - turns.rounded(.down))
            let number = 2 * Double.pi / wavelength
            waves.append(
                Wave(
                    kx: number * cosine(direction),
                    ky: number * sine(direction),
                    amplitude: wavelength,
                    phase: generator.next(in: 0...(2 * .pi))
                )
            )
            power += wavelength * wavelength / 2
        }
        let scale = power > 0 ? rms / power.squareRoot() : 0
        for index in waves.indices { waves[index].amplitude *= scale }
        self.waves = waves
    }

    /// The waves' cosines and sines at some columns: with them a row costs no trigonometry, since
    /// cos(a + b) = cos a cos b - sin a sin b.
    package func table(columns: Range<Int>, mmPerPixel: Double) -> PlaneWaveTable {
        PlaneWaveTable(self, columns: columns, mmPerPixel: mmPerPixel)
    }
}

/// ``PlaneWaves`` made ready for some columns of a picture.
package struct PlaneWaveTable {
    private let field: PlaneWaves
    private let width: Int
    private let mmPerPixel: Double
    /// The cosines of all columns for the first wave, then for the second, ...
    private var cosines: [Float]
    private var sines: [Float]
    /// Columns between places where the table is computed anew.
    private static let anchor = 64

    init(_ field: PlaneWaves, columns: Range<Int>, mmPerPixel: Double) {
        self.field = field
        self.mmPerPixel = mmPerPixel
        width = columns.count
        cosines = []
        sines = []
        cosines.reserveCapacity(field.waves.count * width)
        sines.reserveCapacity(field.waves.count * width)
        for wave in field.waves {
            let step = wave.kx * mmPerPixel
            let (cosStep, sinStep) = (cosine(step), sine(step))
            var (c, s) = (0.0, 0.0)
            for x in columns {
                // From one column to the next by a turn; exactly anew at every 64th, so that the table is
                // the same wherever it begins.
                if x == columns.lowerBound || x % Self.anchor == 0 {
                    let before = x - floorDivide(x, Self.anchor) * Self.anchor
                    (c, s) = (cosine(step * Double(x - before)), sine(step * Double(x - before)))
                    for _ in 0..<before { (c, s) = (c * cosStep - s * sinStep, s * cosStep + c * sinStep) }
                } else {
                    (c, s) = (c * cosStep - s * sinStep, s * cosStep + c * sinStep)
                }
                cosines.append(Float(c))
                sines.append(Float(s))
            }
        }
    }

    /// Adds the field's height at row `y` to `row`.
    package func addHeights(y: Int, to row: inout [Float]) {
        for (index, wave) in field.waves.enumerated() {
            let turn = wave.ky * Double(y) * mmPerPixel + wave.phase
            let a = Float(wave.amplitude * cosine(turn))
            let b = Float(-wave.amplitude * sine(turn))
            let cosines = cosines.span.extracting(index * width..<(index + 1) * width)
            let sines = sines.span.extracting(index * width..<(index + 1) * width)
            var heights = row.mutableSpan
            for x in 0..<width { heights[x] += a * cosines[x] + b * sines[x] }
        }
    }

    /// Adds the field's slopes along x and y at row `y`, in units of height per mm.
    package func addSlopes(y: Int, alongX slopesX: inout [Float], alongY slopesY: inout [Float]) {
        for (index, wave) in field.waves.enumerated() {
            // d/dx a cos(t) = -a kx sin(t), and sin(t) = sin(ax) cos(by) + cos(ax) sin(by).
            let turn = wave.ky * Double(y) * mmPerPixel + wave.phase
            let cosTurn = Float(cosine(turn))
            let sinTurn = Float(sine(turn))
            let kx = Float(-wave.amplitude * wave.kx)
            let ky = Float(-wave.amplitude * wave.ky)
            let cosines = cosines.span.extracting(index * width..<(index + 1) * width)
            let sines = sines.span.extracting(index * width..<(index + 1) * width)
            var alongX = slopesX.mutableSpan
            var alongY = slopesY.mutableSpan
            for x in 0..<width {
                let sine = sines[x] * cosTurn + cosines[x] * sinTurn
                alongX[x] += kx * sine
                alongY[x] += ky * sine
            }
        }
    }
}
