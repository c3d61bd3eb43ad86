import ClearcoatImage

/// How much of what is coarser than a level's own band takes part in its response: what makes a spot of the level's
/// size stand out best from this paint's texture.
///
/// Around each sample there are three bands: its own (the sample less its near surround), the next coarser and the
/// one after. White noise is weak in coarse bands, and a response of two bands sees more of a spot. Orange peel is
/// strong there, and what the coarser band tells of it is taken off the finer one: the response is whitened. Of a few
/// weights the pair is taken that gives a spot the most response for the texture's sigma.
///
/// - Reference: K. J. Myers, H. H. Barrett, "Addition of a channel mechanism to the ideal-observer model", Journal of
///   the Optical Society of America A 4 (1987) 2447-2457: the best linear detector that sees a picture through a few
///   band-passes (the channelised Hotelling observer).
package struct BandWeights: Sendable, Hashable {
    /// The weights of the second and the third band, in quarters; that of the first is 4.
    package let second: Int32
    package let third: Int32

    /// Two bands in full: nearly the best for white noise.
    package static let even = BandWeights(second: 4, third: 0)

    /// The largest weight of either sign.
    private static let most: Int32 = 4
    /// So much better than ``even`` must other weights be.
    private static let leastGain = 1.1

    package init(second: Int32, third: Int32) {
        self.second = second
        self.third = third
    }

    /// The best weights for a texture.
    ///
    /// - Parameters:
    ///   - covariance: of the texture in the bands.
    ///   - level: of the pyramid; on level 0 the lens blurs the spot.
    ///   - floor: the least sigma, in fixed point. Where even the first band has no more, there is no texture.
    package init(for covariance: BandCovariance, level: Int, floor: Double) {
        var best = (weights: Self.even, quality: 0.0)
        if let even = covariance.quality(Self.even, level: level), covariance.firstSigma > floor {
            best.quality = Self.leastGain * even
            for second in -Self.most...Self.most {
                for third in -Self.most...Self.most {
                    let weights = BandWeights(second: second, third: third)
                    if let quality = covariance.quality(weights, level: level), quality > best.quality {
                        best = (weights, quality)
                    }
                }
            }
        }
        self = best.weights
    }

    fileprivate var factors: [Double] { [1, Double(second) / 4, Double(third) / 4] }
}

/// How the texture's bands vary together, on one level.
package struct BandCovariance: Sendable {
    /// Row by row, in fixed point.
    private var values = [[Double]](repeating: [Double](repeating: 0, count: 3), count: 3)

    /// What the middle of a spot three samples across gives to each band, as shares of its contrast: on level 0 after
    /// the lens's blur, and on coarser levels (`Tests/Oracles/inspection/band_gains.py`).
    private static let fineGains = [0.440, 0.121, 0.036]
    private static let coarseGains = [0.540, 0.130, 0.035]
    /// Samples that are looked at together.
    private static let segment = 64
    /// The share of segments with the most power that is left out: defects, edges of lamps.
    private static let leftOut = 0.25

    package var firstSigma: Double { values[0][0].squareRoot() }

    /// How lopsided the first band is, 0 for a symmetric texture: the mean cube for the sigma's. Flakes that shine
    /// make it positive. With few places it says nothing and is 0.
    package private(set) var skewness = 0.0
    /// So many segments, at least, tell a skewness of 0.1 from none.
    private static let fewestSegments = 200

    /// The response to a spot for one sigma of the texture; nil when nothing varies.
    package func quality(_ weights: BandWeights, level: Int) -> Double? {
        let factors = weights.factors
        var variance = 0.0
        for i in 0..<3 { for j in 0..<3 { variance += factors[i] * values[i][j] * factors[j] } }
        guard variance > 0 else { return nil }
        let gains = level == 0 ? Self.fineGains : Self.coarseGains
        return zip(factors, gains).reduce(0) { $0 + $1.0 * $1.1 } / variance.squareRoot()
    }

    /// Measured on some fifty rows of a level.
    package init(
        of plane: BandedPlane,
        around surrounds: Surrounds,
        level: Int,
        with scheduler: some BandScheduler
    ) async throws {
        let step = max(32 >> level, plane.height / 48, 1)
        let rows = Array(stride(from: step / 2, to: plane.height, by: step))
        let piece = 8
        let sums = try await scheduler.map((rows.count + piece - 1) / piece) { index in
            var bands = SampledBands(width: plane.width, coarseWidth: surrounds.near.width)
            return rows[index * piece..<min((index + 1) * piece, rows.count)].flatMap { y in
                bands.read(plane, surrounds, y)
                return bands.products(segment: Self.segment)
            }
        }
        let segments = sums.joined().filter { $0.power > 0 }.sorted { $0.power < $1.power }
        let kept = segments.prefix(segments.count - Int(Self.leftOut * Double(segments.count)))
        for segment in kept {
            for (index, (i, j)) in BandProducts.pairs.enumerated() {
                values[i][j] += Double(segment.sums[index]) / Double(segment.count * kept.count)
                values[j][i] = values[i][j]
            }
        }
        guard kept.count >= Self.fewestSegments, firstSigma > 0 else { return }
        let cube = kept.reduce(0) { $0 + Double($1.cubes) / Double($1.count * kept.count) }
        skewness = cube / (firstSigma * firstSigma * firstSigma)
    }
}

/// Sums of the products of bands over a piece of a row.
private struct BandProducts: Sendable {
    static let pairs = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)]

    private(set) var sums: InlineArray<6, Int64> = .init(repeating: 0)
    /// The sum of the first band's cubes.
    private(set) var cubes: Int64 = 0
    let count: Int

    /// The mean square of the first two bands.
    var power: Double { Double(sums[0] + sums[3]) / Double(max(count, 1)) }

    /// - Parameters:
    ///   - own: the samples of the piece, and in the others what is around them.
    init(_ own: Span<Int16>, _ near: Span<Int16>, _ middle: Span<Int16>, _ far: Span<Int16>) {
        precondition(near.count == own.count && middle.count == own.count && far.count == own.count)
        count = own.count
        // SAFETY: x stays below the count that all four have.
        for x in 0..<own.count {
            let nearest = unsafe Int64(near[unchecked: x])
            let beyond = unsafe Int64(middle[unchecked: x])
            let first = unsafe Int64(own[unchecked: x]) &- nearest
            let second = nearest &- beyond
            let third = unsafe beyond &- Int64(far[unchecked: x])
            cubes &+= first &* first &* first
            sums[0] &+= first &* first
            sums[1] &+= first &* second
            sums[2] &+= first &* third
            sums[3] &+= second &* second
            sums[4] &+= second &* third
            sums[5] &+= third &* third
        }
    }
}

/// The bands of one row after another.
private struct SampledBands {
    private var own: [Int16]
    private var around: [[Int16]]
    private var column: [Int16]
    private var coarseRow: [Int16]

    init(width: Int, coarseWidth: Int) {
        own = [Int16](repeating: 0, count: width)
        around = [[Int16]](repeating: own, count: 3)
        column = own
        coarseRow = [Int16](repeating: 0, count: coarseWidth)
    }

    mutating func read(_ plane: BandedPlane, _ surrounds: Surrounds, _ y: Int) {
        binomialRow(of: plane, y, scratch: &column, into: &own)
        for (index, surround) in [surrounds.near, surrounds.middle, surrounds.far].enumerated() {
            expandedRow(of: surround, y, scratch: &coarseRow, into: &around[index])
        }
    }

    func products(segment: Int) -> [BandProducts] {
        let (near, middle, far) = (around[0], around[1], around[2])
        return stride(from: 0, to: own.count, by: segment).map { start in
            let columns = start..<min(start + segment, own.count)
            return BandProducts(
                own.span.extracting(columns),
                near.span.extracting(columns),
                middle.span.extracting(columns),
                far.span.extracting(columns)
            )
        }
    }
}
