/// The local noise of a response, one sigma a block of 16 × 16 samples, and the thresholds in units
/// of it.
///
/// A block's own sigma is its mean magnitude × √(π/2) (exact for a normal distribution); the local
/// one is the median over 5 × 5 blocks, so a defect smaller than that neighbourhood does not raise
/// its own threshold, while orange peel or flake does, where it is and nowhere else.
///
/// Real paint has heavier tails than a normal distribution, and flakes only on the bright side. How
/// much heavier is read from the picture itself: from the spread of the blocks' extreme values, which
/// a few defects do not move. The threshold that the false-alarm budget asks of normal noise is
/// stretched by the same factor.
package struct NoiseMap: Sendable {
    let columns: Int
    let rows: Int
    /// One sigma of the response in each block, in fixed point.
    package let sigmas: [Float]
    /// The same for bright and for dark responses alone: larger where one side has the heavier tail, as
    /// flakes and the highlights of orange peel have.
    package let brightSigmas: [Float]
    package let darkSigmas: [Float]
    /// The least response, in sigmas, of a bright candidate.
    package let brightThreshold: Float
    /// The least response, in sigmas, of a dark candidate.
    package let darkThreshold: Float
    /// Whether coarser bands were taken off the response.
    let isWhitened: Bool

    /// The level below which 80 % of the largest of 16 × 16 responses to white normal noise lie, in sigmas;
    /// measured on 16,384 blocks (`Tests/Oracles/inspection/block_maxima.py`).
    static let normalHigh: Float = 3.06

    /// Flakes that happen to lie together reach further than the blocks' extremes tell, the bright ones most. Measured
    /// on 60 panels of each of two metallic paints: nine in ten false alarms were less than this above the threshold.
    private static let brightFlakeStretch: Float = 1.2, darkFlakeStretch: Float = 1.1

    /// - Parameters:
    ///   - floor: the least sigma, in fixed point: rounding to whole gray levels is noise too.
    ///   - normalThreshold: the threshold for normal noise, in sigmas.
    ///   - factor: what thresholds are multiplied by in the end.
    ///   - judgedShare: the share of each block that is judged.
    ///   - isWhitened: whether coarser bands were taken off the response.
    ///   - hasFlakes: whether the paint has flakes that shine.
    package init(
        _ blocks: BlockStatistics,
        floor: Float,
        normalThreshold: Float,
        factor: Float = 1,
        judgedShare: [Float],
        isWhitened: Bool = false,
        hasFlakes: Bool = false
    ) {
        self.isWhitened = isWhitened
        columns = blocks.columns
        rows = blocks.rows
        // Where little is judged the response is mostly zero, which would pass for quiet paint.
        let own = blocks.meanMagnitude.mapped(with: judgedShare) { magnitude, share in
            share > 0.6 ? 1.2533 * magnitude / share : Float.nan
        }
        let sigmas = Self.localMedians(own, columns: columns, rows: rows).mapped { max($0, floor) }
        self.sigmas = sigmas
        func stretched(_ extremes: [Int16]) -> [Float] {
            let known = extremes.mapped(with: own) { $1.isKnown ? $0 : RegionalHighs.unknown }
            let highs = RegionalHighs(of: known, columns: blocks.columns, rows: blocks.rows)
            return sigmas.mapped(with: highs.values) { max($0, Float($1) / Self.normalHigh) }
        }
        let brightSigmas = stretched(blocks.highest)
        let darkSigmas = stretched(blocks.lowest.mapped { 0 &- $0 })
        self.brightSigmas = brightSigmas
        self.darkSigmas = darkSigmas
        func tail(_ extremes: [Float]) -> TextureTail {
            TextureTail(
                extremes: extremes.mapped(with: own) { $1.isKnown ? $0 : .nan },
                columns: blocks.columns
            )
        }
        let bright = tail(blocks.highest.mapped(with: brightSigmas) { Float($0) / $1 })
        let dark = tail(blocks.lowest.mapped(with: darkSigmas) { -Float($0) / $1 })
        brightThreshold =
            factor * (hasFlakes ? Self.brightFlakeStretch : 1)
            * bright.threshold(normalThreshold, isWhitened: isWhitened)
        darkThreshold =
            factor * (hasFlakes ? Self.darkFlakeStretch : 1)
            * dark.threshold(normalThreshold, isWhitened: isWhitened)
    }

    /// One sigma for responses of one polarity.
    func sigmas(of polarity: Polarity) -> [Float] { polarity == .dark ? darkSigmas : brightSigmas }

    /// The least response of a candidate of one polarity, in its sigmas.
    func threshold(of polarity: Polarity) -> Float { polarity == .dark ? darkThreshold : brightThreshold }

    /// The index of the block that holds sample (x, y).
    func block(x: Int, y: Int) -> Int {
        y / BlockStatistics.blockSize * columns + x / BlockStatistics.blockSize
    }

    /// Median of the medians of five rows of five blocks: nearly the median of all 25, at a fraction
    /// of the cost. Blocks that are not a number do not count; where none counts, the overall median.
    private static func localMedians(_ values: [Float], columns: Int, rows: Int) -> [Float] {
        var horizontal = values
        mediansOfFive(values.span, stride: 1, into: &horizontal)
        // What the quick way cannot do: ends of rows and columns, and neighbours that are not a number.
        for row in 0..<rows {
            for column in 0..<columns {
                let index = row * columns + column
                let isInner = column >= 2 && column < columns - 2
                if isInner, horizontal[index].isKnown { continue }
                let reach = max(-2, -column)...min(2, columns - 1 - column)
                horizontal[index] = middle(of: values, around: index, reach, stride: 1)
            }
        }
        var result = horizontal
        mediansOfFive(horizontal.span, stride: columns, into: &result)
        for row in 0..<rows {
            let reach = max(-2, -row)...min(2, rows - 1 - row)
            for index in row * columns..<(row + 1) * columns where reach.count < 5 || !result[index].isKnown {
                result[index] = middle(of: horizontal, around: index, reach, stride: columns)
            }
        }
        if !result.allSatisfy(\.isKnown) {
            let overall = median(of: values.filter(\.isKnown)) ?? 0
            for index in result.indices where !result[index].isKnown { result[index] = overall }
        }
        return result
    }

    /// The middle one of up to five values around `index`, `stride` apart; not a number when none counts.
    private static func middle(
        of values: [Float],
        around index: Int,
        _ reach: ClosedRange<Int>,
        stride: Int
    ) -> Float {
        var sorted = InlineArray<5, Float>(repeating: .nan)
        var count = 0
        for offset in reach {
            let value = values[index + offset * stride]
            if !value.isKnown { continue }
            var place = count
            while place > 0, sorted[place - 1] > value {
                sorted[place] = sorted[place - 1]
                place -= 1
            }
            sorted[place] = value
            count += 1
        }
        return count > 0 ? sorted[count / 2] : .nan
    }
}

/// Writes the median of each value and its two neighbours on both sides, `stride` apart, where they are inside:
/// not a number when one of them is not.
///
/// - Reference: a network of seven exchanges without a branch; D. E. Knuth, "The Art of Computer Programming",
///   volume 3, 2nd ed., Addison-Wesley 1998, 5.3.3, exercise 3 (median of five).
@inline(__always)
private func mediansOfFive(_ values: Span<Float>, stride: Int, into result: inout [Float]) {
    precondition(stride > 0 && result.count == values.count)
    let inner = 2 * stride..<max(values.count - 2 * stride, 2 * stride)
    var result = result.mutableSpan
    // SAFETY: two strides to either side of an inner place lie inside.
    for index in inner {
        let a = unsafe values[unchecked: index &- 2 &* stride]
        let b = unsafe values[unchecked: index &- stride]
        let c = unsafe values[unchecked: index]
        let d = unsafe values[unchecked: index &+ stride]
        let e = unsafe values[unchecked: index &+ 2 &* stride]
        // Of a b and d e, the smallest and the largest of all four are not the median.
        let low = larger(smaller(a, b), smaller(d, e))
        let high = smaller(larger(a, b), larger(d, e))
        // The middle of what is left: low, high and c.
        let median = larger(smaller(low, high), smaller(larger(low, high), c))
        let sum = a + b + c + d + e
        unsafe result[unchecked: index] = sum.isKnown ? median : sum
    }
}

@inline(__always)
private func smaller(_ a: Float, _ b: Float) -> Float { a < b ? a : b }

@inline(__always)
private func larger(_ a: Float, _ b: Float) -> Float { a > b ? a : b }
