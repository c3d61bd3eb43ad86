package import ClearcoatImage

/// A range of values with its unit, as a recipe writes it: `> 5`, `<= 0.3`, `0.2 .. 0.5 mm`.
///
/// `a .. b` holds both ends; `>` and `<` are strict, `>=` and `<=` are not.
public struct Bounds: Sendable, Hashable {
    /// The lower end, if any.
    public var lower: Double?
    /// Whether a value equal to ``lower`` is inside.
    public var includesLower = true
    /// The upper end, if any.
    public var upper: Double?
    /// Whether a value equal to ``upper`` is inside.
    public var includesUpper = true
    /// The unit of a length or an area (`mm` stands for mm² there); nil for plain numbers.
    public var unit: Length.Unit?

    /// Bounds from their ends.
    public init(
        lower: Double? = nil,
        includesLower: Bool = true,
        upper: Double? = nil,
        includesUpper: Bool = true,
        unit: Length.Unit? = nil
    ) {
        self.lower = lower
        self.includesLower = includesLower
        self.upper = upper
        self.includesUpper = includesUpper
        self.unit = unit
    }

    /// Above, not including, `value`.
    public static func above(_ value: Double, _ unit: Length.Unit? = nil) -> Bounds {
        Bounds(lower: value, includesLower: false, unit: unit)
    }

    /// Below, not including, `value`.
    public static func below(_ value: Double, _ unit: Length.Unit? = nil) -> Bounds {
        Bounds(upper: value, includesUpper: false, unit: unit)
    }
}

extension Bounds {
    /// Whether a value, given in the bounds' own unit, is inside. Never for NaN.
    public func contains(_ value: Double) -> Bool {
        guard !value.isNaN else { return false }
        if let lower, value < lower || (value == lower && !includesLower) { return false }
        if let upper, value > upper || (value == upper && !includesUpper) { return false }
        return true
    }

    /// The distance of a value from the nearest end, as a share of that end: 0.24 is 24 % inside,
    /// -0.24 is 24 % outside, 0 is on the end.
    ///
    /// An end at zero has no share, so the plain distance stands for it. Without ends, or for a value
    /// that is no number, the margin is 1 or -1; it is always finite.
    public func margin(of value: Double) -> Double {
        guard value.isFinite else { return contains(value) ? 1 : -1 }
        var margin = Double.greatestFiniteMagnitude
        if let lower { margin = min(margin, (value - lower) / (lower == 0 ? 1 : abs(lower))) }
        if let upper { margin = min(margin, (upper - value) / (upper == 0 ? 1 : abs(upper))) }
        return margin == .greatestFiniteMagnitude ? 1 : max(margin, -.greatestFiniteMagnitude)
    }

    /// Whether no value at all is inside.
    package var isEmpty: Bool {
        guard let lower, let upper else { return false }
        return lower > upper || (lower == upper && !(includesLower && includesUpper))
    }

    /// Whether every value inside these bounds is inside `others`, both being in the same unit.
    package func isWithin(_ others: Bounds) -> Bool {
        if isEmpty { return true }
        if let end = others.lower {
            guard let lower, lower > end || (lower == end && (others.includesLower || !includesLower)) else {
                return false
            }
        }
        if let end = others.upper {
            guard let upper, upper < end || (upper == end && (others.includesUpper || !includesUpper)) else {
                return false
            }
        }
        return true
    }

    /// The same bounds in pixels or square pixels; nil when they are in millimetres and there is no
    /// scale.
    package func pixels(_ dimension: Feature.Dimension, at scale: PhysicalScale?) -> Bounds? {
        guard unit == .millimetres else { return self }
        guard let scale else { return nil }
        let size = dimension == .area ? scale.mm2PerPixel : scale.mmPerPixel
        var bounds = self
        bounds.lower = lower.map { $0 / size }
        bounds.upper = upper.map { $0 / size }
        bounds.unit = .pixels
        return bounds
    }
}
