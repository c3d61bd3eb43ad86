#if canImport(Glibc)
    import Glibc
#endif

/// How far the responses of paint without defects reach, read from the largest response in each block of a
/// picture.
///
/// The false-alarm budget asks for a threshold in normal noise. Real paint reaches further, in two ways that
/// its blocks tell apart: their largest responses are spread wider, and the highest of these lie further
/// out than their bulk lets expect (the glints of orange peel, flakes). The way from their median to the
/// threshold is stretched by both. A few defects move neither: blocks above the threshold and those
/// beside them are left out before the tail is looked at.
///
/// - Reference: S. Coles, "An Introduction to Statistical Modeling of Extreme Values", Springer 2001, chapter
///   3: the largest of many responses follows a distribution of three parameters, for place, spread and tail.
package struct TextureTail {
    /// The largest response of each block, in sigmas; not a number where the block is not judged.
    package let extremes: [Float]
    /// Blocks in a row.
    package let columns: Int

    package init(extremes: [Float], columns: Int) {
        self.extremes = extremes
        self.columns = columns
    }

    /// Of the largest of 16 × 16 responses to white normal noise, in sigmas, measured on 16,384 blocks
    /// (`Tests/Oracles/inspection/block_maxima.py`): median, interquartile range, and how far the upper 5 %
    /// begin beyond the median, in units of how far the upper 25 % do.
    static let normalMedian: Float = 2.67
    static let normalRange: Float = 0.555
    static let normalReach: Float = 2.72
    /// With fewer blocks, their spread says more about the defects than about the paint.
    private static let fewestBlocks = 200
    /// What so few blocks do not tell: a response that is whitened sees waves and the light's unevenness only as far as
    /// they do not repeat themselves, and what is left has a heavier tail than noise.
    private static let whitenedStretch: Float = 1.2
    /// The reach is only known to this over the root of the number of blocks; what may be chance is none.
    private static let reachUncertainty: Float = 5.5
    /// How much a longer reach stretches the way to the threshold. The theory gives 2 at 10⁻⁵ a block; this
    /// gives the budget on simulated orange peel and flake, with the uncertainty taken off.
    private static let reachExponent: Float = 1.6
    private static let mostStretch: Float = 2.5

    /// The least response of a candidate, where `normal` is the threshold for normal noise.
    package func threshold(_ normal: Float, isWhitened: Bool = false) -> Float {
        var known = Levels(extremes)
        guard known.count >= Self.fewestBlocks else {
            return isWhitened ? Self.whitenedStretch * normal : normal
        }
        let middle = known.level(0.5)
        let spread = max((known.level(0.75) - known.level(0.25)) / Self.normalRange, 1)
        let first = max(normal, middle + (normal - Self.normalMedian) * spread)
        keepQuiet(&known, below: first)
        return middle + (first - middle) * reachStretch(of: known)
    }

    /// Leaves those of blocks that are below the threshold, and not beside one above it.
    private func keepQuiet(_ known: inout Levels, below threshold: Float) {
        var left = extremes
        let rows = extremes.count / max(columns, 1)
        for index in extremes.indices where extremes[index] >= threshold {
            let row = index / columns
            let column = index % columns
            for y in max(row - 1, 0)...min(row + 1, rows - 1) {
                for x in max(column - 1, 0)...min(column + 1, columns - 1) {
                    let place = y * columns + x
                    if !left[place].isKnown { continue }
                    known.remove(left[place])
                    left[place] = .nan
                }
            }
        }
    }

    /// How much further than in normal noise the threshold must lie for the same share of false alarms.
    private func reachStretch(of quiet: Levels) -> Float {
        let middle = quiet.level(0.5)
        let high = quiet.level(0.75)
        guard quiet.count >= Self.fewestBlocks, high > middle else { return 1 }
        let reach = (quiet.level(0.95) - middle) / (high - middle)
        let excess = reach - Self.reachUncertainty / Float(quiet.count).squareRoot() - Self.normalReach
        return min(max(exp(Self.reachExponent * excess), 1), Self.mostStretch)
    }
}

/// How many values there are of each thousandth of a sigma, from -32 to 32. What is not a number does not count.
private struct Levels {
    /// The lowest thousandth first.
    private var counts = [Int32](repeating: 0, count: 2 * Int(most) + 1)
    /// The bins that have any.
    private var filled = 0..<0
    private(set) var count = 0

    private static let most: Float = 32_000

    init(_ sigmas: [Float]) {
        var low = counts.count
        var high = -1
        for sigma in sigmas where sigma.isKnown {
            let bin = Self.bin(sigma)
            counts[bin] += 1
            low = min(low, bin)
            high = max(high, bin)
            count += 1
        }
        if count > 0 { filled = low..<high + 1 }
    }

    private static func bin(_ sigma: Float) -> Int { Int(min(max(sigma * 1000, -most), most)) + Int(most) }

    /// The level below which a share of the values lies; 0 when there is none.
    func level(_ share: Double) -> Float {
        var left = Int32(share * Double(count - 1))
        for bin in filled {
            left -= counts[bin]
            if left < 0 { return Float(bin - Int(Self.most)) / 1000 }
        }
        return 0
    }

    /// From now on one of the values does not count.
    mutating func remove(_ sigma: Float) {
        counts[Self.bin(sigma)] -= 1
        count -= 1
    }
}
