import ClearcoatImage
import ClearcoatRegions

/// A connected region of response above the low threshold on one level, with its strongest sample
/// above the threshold: where to look closer.
struct Seed: Sendable {
    /// Which detector found it, for the record.
    enum Detector: String, Sendable {
        /// A connected region of response.
        case blob
        /// A line whose samples stand out only together.
        case ridge
    }

    /// What it was seen in, for the record.
    enum Channel: String, Sendable {
        /// How bright it is.
        case luminance
        /// Its colour, whatever its brightness.
        case colour
    }

    /// Which detector found it.
    let detector: Detector
    /// What it was seen in.
    var channel = Channel.luminance
    /// The level it was found on; a sample covers 2^level pixels in each direction.
    let level: Int
    let polarity: Polarity
    /// The samples, in the level's own coordinates.
    let region: Region
    /// The strongest sample, in pixels of the picture.
    let peak: PixelCoordinate
    /// The strongest response, in sigmas, positive for either polarity.
    let response: Float
    /// The mean response of its samples, in fixed point, positive for either polarity.
    let meanAmplitude: Float
    /// The least response of a candidate, in sigmas.
    let threshold: Float
    /// The least response of a pixel of a candidate, in sigmas.
    let lowThreshold: Float
    /// One sigma there, in the fixed point of its channel.
    let sigma: Float

    /// The response in units of the threshold.
    var excess: Float { response / threshold }

    /// The pixels of the picture that the samples stand for; nil when all lie outside.
    func footprint(in bounds: Rectangle) -> Region? { region.onLevel(0, from: level, in: bounds) }

    /// The box around ``footprint(in:)``, without the border's cut.
    var box: Rectangle { region.boundingBox.onLevel(0, from: level) }

    /// How it was detected, for the record.
    var detection: Explanation.Detection {
        let sign: Double = polarity == .dark ? -1 : 1
        return Explanation.Detection(
            detector: detector.rawValue,
            scalePx: Double(1 << level),
            response: sign * Double(response),
            threshold: Double(threshold),
            lowThreshold: Double(lowThreshold),
            margin: Double(response / threshold) - 1,
            nfa: nil,
            noise: Double(sigma / (channel == .colour ? ColourDeviation.one : FixedContrast.one))
        )
    }
}

/// What one level of the pyramid says, or several.
struct LevelSeeds: Sendable {
    /// Regions with a sample above the threshold.
    var seeds: [Seed] = []
    /// Regions that came near it.
    var nearMisses: [Seed] = []

    /// A response of this share of the threshold is worth telling.
    static let nearShare: Float = 0.85
    /// At the picture's border smoothing reaches to one side only and half of the surround is a guess, the
    /// worse the coarser the level: the threshold is higher there by this factor, plus this share a level.
    private static let borderFactor: Float = 1.35
    private static let borderShare: Float = 0.2
    /// Of a whitened response more depends on that guess.
    private static let whitenedBorderFactor: Float = 1.3
    init() {}

    /// Joins runs to regions and measures their strongest sample.
    init(
        _ runs: [Run],
        polarity: Polarity,
        level: Int,
        response: BandedPlane,
        noise: NoiseMap,
        lowShare: Float
    ) {
        let threshold = noise.threshold(of: polarity)
        let sigmas = noise.sigmas(of: polarity)
        for region in regions(of: runs) {
            let isAtBorder = region.touches(response.bounds)
            var factor = isAtBorder ? Self.borderFactor + Self.borderShare * Float(level) : 1
            if isAtBorder, noise.isWhitened { factor *= Self.whitenedBorderFactor }
            let threshold = factor * threshold
            var best: Float = 0
            var sum: Float = 0
            var place = region.firstPixel
            for run in region.runs {
                let base = noise.block(x: 0, y: run.row)
                response.withRow(run.row) { row in
                    for x in run.columns {
                        let value = Float(polarity == .dark ? 0 &- row[x] : row[x])
                        let strength = value / sigmas[base + x / BlockStatistics.blockSize]
                        sum += value
                        if strength > best {
                            best = strength
                            place = PixelCoordinate(x: x, y: run.row)
                        }
                    }
                }
            }
            guard best >= Self.nearShare * threshold else { continue }
            let sigma = sigmas[noise.block(x: place.x, y: place.y)]
            let seed = Seed(
                detector: .blob,
                level: level,
                polarity: polarity,
                region: region,
                peak: PixelCoordinate(x: place.x << level, y: place.y << level),
                response: best,
                meanAmplitude: sum / Float(region.pixelCount),
                threshold: threshold,
                lowThreshold: threshold * lowShare,
                sigma: sigma
            )
            if best >= threshold { seeds.append(seed) } else { nearMisses.append(seed) }
        }
    }
}
