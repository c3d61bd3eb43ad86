/// How many sizes of each magnitude there were: bounded memory however many there are, and the same
/// result in any order.
///
/// Each octave has 64 classes of equal width, read off the number's own binary form, so no logarithm
/// and no machine decides where a size falls. Quantiles are therefore right to within 0.8 %.
public struct SizeHistogram: Sendable, Hashable {
    private var counts: [UInt64: Int] = [:]
    /// The number of sizes.
    public private(set) var count = 0
    /// The smallest size; nil without any.
    public private(set) var minimum: Double?
    /// The largest size; nil without any.
    public private(set) var maximum: Double?

    /// Without any size.
    public init() {}

    /// Counts a size. Sizes that are not positive and finite count as nothing.
    public mutating func add(_ size: Double) {
        guard size.isNormal, size > 0 else { return }
        counts[size.bitPattern >> Self.shift, default: 0] += 1
        count += 1
        minimum = min(minimum ?? size, size)
        maximum = max(maximum ?? size, size)
    }

    /// The size that a share of all sizes do not pass; nil without any size.
    ///
    /// - Parameter share: 0.5 is the median.
    public func quantile(_ share: Double) -> Double? {
        guard let minimum, let maximum else { return nil }
        let wanted = max(1, Int((share * Double(count)).rounded(.up)))
        var passed = 0
        for (key, number) in counts.sorted(by: { $0.key < $1.key }) {
            passed += number
            if passed >= wanted {
                let middle = (Self.lowerEdge(key) + Self.lowerEdge(key + 1)) / 2
                return min(max(middle, minimum), maximum)
            }
        }
        return maximum
    }

    /// Counts by magnitude, two classes an octave: … 1, 1.5, 2, 3, 4, 6, 8 …, without gaps from the
    /// smallest to the largest.
    public var bars: [Bar] {
        let width = UInt64(Self.classesPerOctave / 2)
        var byBar: [UInt64: Int] = [:]
        for (key, number) in counts { byBar[key / width, default: 0] += number }
        guard let first = byBar.keys.min(), let last = byBar.keys.max() else { return [] }
        return (first...last).map { bar in
            Bar(
                from: Self.lowerEdge(bar * width),
                to: Self.lowerEdge((bar + 1) * width),
                count: byBar[bar] ?? 0
            )
        }
    }

    /// The sizes from `from` up to but not including `to`.
    public struct Bar: Sendable, Hashable, Codable {
        /// The smallest size of the class.
        public var from: Double
        /// The smallest size of the next class.
        public var to: Double
        /// How many there were.
        public var count: Int
    }

    private static let classesPerOctave = 64
    private static let shift = UInt64(Double.significandBitCount - 6)
    private static func lowerEdge(_ key: UInt64) -> Double { Double(bitPattern: key << shift) }
}
