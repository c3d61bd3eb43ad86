/// A number measured on a candidate that rules and limits may ask about.
///
/// The raw value is the name in recipes and records. Lengths and areas have no unit in their name:
/// a condition says `px` or `mm` with its bounds.
public enum Feature: String, Sendable, Hashable, Codable, CaseIterable {
    /// The size that limits speak of: the diameter of the disc with the same area for compact
    /// regions, the length for elongated ones (``length`` at least three times ``width``).
    case size
    /// The length along the region: longest distance between two contour points, or the length of
    /// the centre line for thin curved regions.
    case length
    /// Area divided by length for elongated regions, the smaller Feret diameter for compact ones.
    case width
    /// The number of pixels, or their area.
    case area
    /// `length / width`, at least 1.
    case elongation
    /// How far the centre line bends: its length over the distance of its ends, at least 1.
    case curvature
    /// Area over the area of the convex hull, 0...1.
    case solidity
    /// `4π area / perimeter²`, about 1 for a disc.
    case circularity
    /// Absolute relative contrast |I − B| / B of the region's core against the paint around it.
    case contrast
    /// Strength of the strongest response, in units of local noise.
    case snr
    /// Contrast gained per pixel across the contour, relative to the contrast itself: about 0.5 for
    /// an edge as sharp as the lens allows, below 0.1 for a soft one.
    case edgeSharpness
    /// The share of the contour that lies on a Canny edge, 0...1.
    case edgeShare
    /// The share of the region that has the polarity opposite to the dominant one, 0...0.5.
    case oppositeShare
    /// How far the opposite polarity surrounds the dominant one: the share of directions around the
    /// centre in which it is found, 0...1. About 1 for a crater with its rim, 0.5 for a dent.
    case rimCoverage
    /// The angle of the long axis from +x towards +y, in degrees, -90 < angle <= 90; 90 is vertical.
    case orientation

    /// What unit a bound on this feature takes.
    public var dimension: Dimension {
        switch self {
        case .size, .length, .width: .length
        case .area: .area
        case .orientation: .angle
        default: .none
        }
    }

    /// The values that are possible at all, in the feature's unit. Bounds outside are a mistake.
    public var range: ClosedRange<Double> {
        switch self {
        case .size, .length, .width, .area, .circularity, .contrast, .snr, .edgeSharpness: 0 ... .infinity
        case .elongation, .curvature: 1 ... .infinity
        case .solidity, .edgeShare, .rimCoverage: 0...1
        case .oppositeShare: 0...0.5
        case .orientation: -90...90
        }
    }

    /// The kinds of unit.
    public enum Dimension: Sendable, Hashable {
        /// A plain number.
        case none
        /// Pixels or millimetres.
        case length
        /// Square pixels or square millimetres.
        case area
        /// Degrees.
        case angle
    }
}

/// The measured features of one candidate, lengths in pixels.
public struct FeatureVector: Sendable, Hashable {
    private var values: [Double]

    /// All features at zero.
    public init() { values = Array(repeating: 0, count: Feature.allCases.count) }

    /// The value of one feature, in pixels, square pixels, degrees or as a plain number.
    public subscript(feature: Feature) -> Double {
        get { values[feature.index] }
        set { values[feature.index] = newValue }
    }
}

extension Feature {
    fileprivate static let indices = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) }
    )
    fileprivate var index: Int { Self.indices[self] ?? 0 }
}
