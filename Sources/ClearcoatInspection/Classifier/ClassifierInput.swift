/// A number that a classifier looks at: a measured feature, or the polarity as a number.
public enum ClassifierInput: Sendable, Hashable {
    /// A feature, lengths in pixels, as the record has it.
    case feature(Feature)
    /// -1 for dark, 0 for mixed, 1 for bright.
    case polarity

    /// What models and records call it.
    public var name: String {
        switch self {
        case .feature(let feature): feature.rawValue
        case .polarity: "polarity"
        }
    }

    /// The input with a name; nil when there is none.
    public init?(name: String) {
        if name == Self.polarity.name {
            self = .polarity
        } else if let feature = Feature(rawValue: name) {
            self = .feature(feature)
        } else {
            return nil
        }
    }

    /// Its value for one candidate.
    public func value(_ features: FeatureVector, _ polarity: Polarity) -> Double {
        switch self {
        case .feature(let feature): features[feature]
        case .polarity:
            switch polarity {
            case .dark: -1
            case .mixed: 0
            case .bright: 1
            }
        }
    }

    /// What models are trained on: form and size.
    ///
    /// Contrast and strength are left out, since they say how well lit and how dirty the training pictures
    /// were, not what a defect is; so is the direction, which depends on how the camera is mounted.
    public static let standard: [ClassifierInput] =
        Feature.allCases.filter { ![.contrast, .snr, .orientation].contains($0) }.map(Self.feature) + [
            .polarity
        ]
}
