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
            var bands = SampledBands(surrounds, width: plane.width)
            return rows[index * piece..<min((index + 1) * piece, rows.count)].flatMap { y in
                bands.read(plane, y)
                return bands.products(segment: Self.segment)
            }
        }
        let segments = sums.joined().filter { $0.power > 0 }
        let least = segments.count - Int(Self.leftOut * Double(segments.count))
        // Half a rank more, so that no rounding takes one away.
        let share = (Double(least - 1) + 0.5) / Double(max(segments.count - 1, 1))
        guard let most = quantile(min(share, 1), of: segments.map(\.power)) else { return }
        let kept = segments.filter { $0.power <= most }
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

    private(set) var sums: InlineArray<6, Float>
    /// The sum of the first band's cubes.
    let cubes: Float
    let count: Int
    /// The mean square of the first two bands.
    let power: Float

    /// Four sums at once.
    private typealias Lane = SIMD4<Float>

    /// The samples of each band in the piece.
    init(_ first: Span<Float>, _ second: Span<Float>, _ third: Span<Float>) {
        precondition(second.count == first.count && third.count == first.count)
        var products = InlineArray<6, Lane>(repeating: .zero)
        var cubes = Lane.zero
        func add(_ first: Lane, _ second: Lane, _ third: Lane) {
            let square = first * first
            cubes += square * first
            products[0] += square
            products[1] += first * second
            products[2] += first * third
            products[3] += second * second
            products[4] += second * third
            products[5] += third * third
        }
        let whole = first.count / Lane.scalarCount * Lane.scalarCount
        for x in stride(from: 0, to: whole, by: Lane.scalarCount) {
            let (one, two, three) = (first.lane(at: x), second.lane(at: x), third.lane(at: x))
            add(one, two, three)
        }
        for x in whole..<first.count {
            add(Lane(first[x], 0, 0, 0), Lane(second[x], 0, 0, 0), Lane(third[x], 0, 0, 0))
        }
        count = first.count
        sums = InlineArray { products[$0].sum() }
        self.cubes = cubes.sum()
        power = (sums[0] + sums[3]) / Float(max(count, 1))
    }
}

extension Span<Float> {
    @inline(__always)
    fileprivate func lane(at place: Int) -> SIMD4<Float> {
        // SAFETY: whoever calls this has asked that four values from `place` on lie inside.
        unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: place &* 4, as: SIMD4<Float>.self)
    }
}

/// The bands of one row after another.
private struct SampledBands {
    /// The samples, and what is around them: near, in the middle and far.
    private var rows: [[Int16]]
    private var column: [Int16]
    private let near: BandedPlane
    private var surrounds: SurroundRows
    /// The rows around, on the grid of the next coarser level, and what is between two of them.
    private var coarse: RowPair
    private var scratch: [Int16]
    /// Each band: what is in one less what is in the next one coarser.
    private var bands: [[Float]]

    init(_ surrounds: Surrounds, width: Int) {
        near = surrounds.near
        self.surrounds = SurroundRows(surrounds)
        column = [Int16](repeating: 0, count: width)
        rows = [[Int16]](repeating: column, count: 4)
        coarse = RowPair(width: near.width)
        scratch = coarse.upper
        bands = [[Float]](repeating: [Float](repeating: 0, count: width), count: 3)
    }

    mutating func read(_ plane: BandedPlane, _ y: Int) {
        binomialRow(of: plane, y, scratch: &column, into: &rows[0])
        expandedRow(of: near, y, scratch: &scratch, into: &rows[1])
        surrounds.readMiddle(y / 2, into: &coarse.upper)
        if y % 2 == 1 { surrounds.readMiddle(y / 2 + 1, into: &coarse.lower) }
        expandedRow(of: coarse, y, scratch: &scratch, into: &rows[2])
        surrounds.readFar(y / 2, into: &coarse.upper)
        if y % 2 == 1 { surrounds.readFar(y / 2 + 1, into: &coarse.lower) }
        expandedRow(of: coarse, y, scratch: &scratch, into: &rows[3])
        for band in bands.indices { subtract(rows[band + 1], from: rows[band], into: &bands[band]) }
    }

    func products(segment: Int) -> [BandProducts] {
        let (first, second, third) = (bands[0], bands[1], bands[2])
        return stride(from: 0, to: first.count, by: segment).map { start in
            let columns = start..<min(start + segment, first.count)
            return BandProducts(
                first.span.extracting(columns),
                second.span.extracting(columns),
                third.span.extracting(columns)
            )
        }
    }
}

private func subtract(_ others: [Int16], from samples: [Int16], into differences: inout [Float]) {
    precondition(others.count == samples.count && differences.count == samples.count)
    let samples = samples.span
    let others = others.span
    var out = differences.mutableSpan
    // SAFETY: all are of one length. Checked looks would not be vectorised.
    for x in 0..<samples.count {
        let difference = unsafe Int32(samples[unchecked: x]) &- Int32(others[unchecked: x])
        unsafe out[unchecked: x] = Float(difference)
    }
}
