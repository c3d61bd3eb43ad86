public import ClearcoatImage

/// A length or a size bound with its unit.
public struct Length: Sendable, Hashable {
    /// The units that a recipe may use.
    public enum Unit: String, Sendable, Hashable, CaseIterable {
        /// Pixels of the picture.
        case pixels = "px"
        /// Millimetres on the part.
        case millimetres = "mm"
    }

    /// The number before the unit.
    public var value: Double
    /// The unit.
    public var unit: Unit

    /// A length from its number and its unit.
    public init(_ value: Double, _ unit: Unit) {
        self.value = value
        self.unit = unit
    }

    /// The length in pixels; nil when it is in millimetres and there is no scale.
    public func pixels(at scale: PhysicalScale?) -> Double? {
        switch unit {
        case .pixels: value
        case .millimetres: scale.map { value / $0.mmPerPixel }
        }
    }
}
