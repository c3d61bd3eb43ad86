import ClearcoatImage

/// Segments that continue one another from strip to strip: a line across several.
struct RidgeChain: Sendable {
    /// From the first strip to the last; never empty.
    let segments: [RidgeSegment]

    /// A chain needs this many times the threshold, all its segments taken together: there are more ways to
    /// chain segments than there are segments.
    private static let chainFactor: Float = 1.35
    /// How far, in samples, a segment may begin beside the last one's end, and how much their slopes may
    /// differ. Twice that across a strip without a segment.
    fileprivate static let reach = 4
    fileprivate static let mostTurn = 8

    /// The strongest segment.
    var strongest: RidgeSegment {
        segments.dropFirst().reduce(segments[0]) { $1.response > $0.response ? $1 : $0 }
    }

    /// The response of all segments together, in sigmas.
    var response: Float {
        segments.reduce(0) { $0 + $1.response } / Float(segments.count).squareRoot()
    }

    /// How far it stands out from the noise in units of what makes a line: by its strongest segment, or as a whole.
    var excess: Float {
        let threshold = segments[0].threshold
        return max(strongest.response / threshold, response / (Self.chainFactor * threshold))
    }

    /// Whether it stands out enough to be a line.
    var isSignificant: Bool { excess >= 1 }

    /// Links segments of one quarter and polarity, best first, each with at most one before and one after it.
    static func link(_ segments: [RidgeSegment]) -> [RidgeChain] {
        let order = segments.sorted {
            ($0.strip, $0.column, $0.slope) < ($1.strip, $1.column, $1.slope)
        }
        let strips = Dictionary(grouping: order.indices) { order[$0].strip }
        var next = [Int?](repeating: nil, count: order.count)
        var isContinuation = [Bool](repeating: false, count: order.count)
        for gap in 0...1 {
            for index in order.indices where next[index] == nil {
                let segment = order[index]
                let following = (strips[segment.strip + 1 + gap] ?? []).filter {
                    !isContinuation[$0] && segment.continues(into: order[$0], gap: gap)
                }
                guard let best = following.max(by: { order[$0].response < order[$1].response }) else {
                    continue
                }
                next[index] = best
                isContinuation[best] = true
            }
        }
        return order.indices.filter { !isContinuation[$0] }.map { first in
            RidgeChain(segments: Array(sequence(first: first) { next[$0] }).map { order[$0] })
        }
    }

    /// The line through its segments, in the samples of a level of this size.
    func points(width: Int, height: Int) -> [Point] {
        let last = Double(LineSums.length - 1)
        return segments.flatMap { segment in
            let top = Double(segment.strip * LineSums.length)
            return [(Double(segment.column), top), (Double(segment.endColumn), top + last)]
        }.map { x, y in
            let place = segments[0].quarter.place(x: x, y: y, width: width, height: height)
            return Point(x: place.x, y: place.y)
        }
    }
}

extension RidgeSegment {
    /// Whether `other`, `gap` strips further on, is the same line.
    fileprivate func continues(into other: RidgeSegment, gap: Int) -> Bool {
        let meanSlope = Double(slope + other.slope) / 2 / Double(LineSums.length)
        let expected = Double(endColumn) + meanSlope * Double(1 + gap * LineSums.length)
        return abs(other.slope - slope) <= RidgeChain.mostTurn
            && abs(Double(other.column) - expected) <= Double(RidgeChain.reach * (1 + gap))
    }
}
