import ClearcoatImage

/// From light to stored numbers: counting electrons, reading them, tone, black level, rounding.
///
///     electrons = light · full well
///     counted   = electrons + √(electrons + read noise²) · normal noise
///     stored    = black + (maximum - black) · tone(counted / full well), clipped and rounded
///
/// Counting is Poisson's distribution; the normal one stands for it, which is close above about 20
/// electrons. Panels lie far above that.
///
/// - Reference: EMVA Standard 1288, release 4.0, sections 2 and 3 (linear camera model).
struct PanelSensor: Sendable {
    let camera: PanelCamera
    let noise: NormalNoise
    /// The tone curve at 1/65536 steps from 0 to 1.
    private let curve: [Float]
    private let black: Float
    private let span: Float
    private let well: Float
    private let readVariance: Float

    private static let steps = 65536

    init(_ camera: PanelCamera, noise: NormalNoise) {
        self.camera = camera
        self.noise = noise
        black = Float(camera.blackLevel)
        span = Float(camera.maximumSample) - black
        well = Float(camera.fullWellElectrons)
        readVariance = Float(camera.readNoiseElectrons * camera.readNoiseElectrons)
        curve =
            camera.tone == .linear
            ? [] : (0...Self.steps).map { Float(Self.sRGB(Double($0) / Double(Self.steps))) }
    }

    /// The curve of IEC 61966-2-1.
    private static func sRGB(_ light: Double) -> Double {
        light <= 0.003_130_8 ? 12.92 * light : 1.055 * power(light, 1 / 2.4) - 0.055
    }

    /// What is stored for `light` without noise and before rounding and clipping.
    func level(_ light: Float) -> Float {
        guard !curve.isEmpty else { return black + span * light }
        let place = min(max(light, 0), 1) * Float(Self.steps)
        let index = min(Int(place), Self.steps - 1)
        let share = place - Float(index)
        return black + span * (curve[index] + share * (curve[index + 1] - curve[index]))
    }

    /// One measurement of `light`, in shares of saturation, before tone.
    func measured(_ light: Float, using generator: inout SplitMix64) -> Float {
        let electrons = max(light, 0) * well
        let sigma = (electrons + readVariance).squareRoot()
        return (electrons + sigma * Float(noise.next(using: &generator))) / well
    }

    /// The stored picture of one channel. Each row has its own random sequence.
    func stored<Element: Sample & FixedWidthInteger & UnsignedInteger>(
        _ light: Image<Float>,
        channel: Int,
        seed: UInt64,
        as type: Element.Type
    ) -> Image<Element> {
        var samples = [Element](repeating: 0, count: light.samples.count)
        var output = samples.mutableSpan
        let maximum = Float(camera.maximumSample)
        for y in 0..<light.height {
            var generator = SplitMix64(seed: seed, .sensor, channel, y)
            let row = light.samples.span.extracting(light.row(y))
            for x in 0..<light.width {
                let level = level(measured(row[x], using: &generator))
                output[y * light.width + x] = Element(
                    truncatingIfNeeded: Int32(min(max(level + 0.5, 0), maximum))
                )
            }
        }
        return Image(width: light.width, height: light.height, samples: samples)
    }
}
