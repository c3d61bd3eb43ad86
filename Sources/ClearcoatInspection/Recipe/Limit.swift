/// What is not acceptable: findings of a zone and class within a size range, and how many of them.
public struct Limit: Sendable, Hashable {
    /// The zone's name; nil is `any`.
    public var zone: String?
    /// The class; nil is `any`.
    public var `class`: DefectClass?
    /// Which sizes it is about; nil is all.
    public var size: Bounds?
    /// How many such findings are not acceptable; nil: a single one.
    public var count: Bounds?
    /// Only findings closer than this to another of the same kind count; nil: wherever they are.
    public var spacing: Length?
    /// How many such findings for each unit of the zone's area are not acceptable; nil: however many.
    public var density: Density?
    /// What follows.
    public var verdict: Verdict

    /// A limit from its parts.
    public init(
        zone: String? = nil,
        class: DefectClass? = nil,
        size: Bounds? = nil,
        count: Bounds? = nil,
        spacing: Length? = nil,
        density: Density? = nil,
        verdict: Verdict
    ) {
        self.zone = zone
        self.class = `class`
        self.size = size
        self.count = count
        self.spacing = spacing
        self.density = density
        self.verdict = verdict
    }

    /// Findings for each unit of area, as in `> 5 per dm2`.
    public struct Density: Sendable, Hashable {
        /// The units of area that a density may be for.
        public enum Unit: String, Sendable, Hashable, CaseIterable {
            /// Square millimetres.
            case squareMillimetre = "mm2"
            /// Square centimetres.
            case squareCentimetre = "cm2"
            /// Square decimetres.
            case squareDecimetre = "dm2"
            /// Square metres.
            case squareMetre = "m2"
            /// Millions of pixels, for recipes without a scale.
            case megapixel = "Mpx"

            /// Its size in mm²; in pixels for ``megapixel``.
            var size: Double {
                switch self {
                case .squareMillimetre: 1
                case .squareCentimetre: 1e2
                case .squareDecimetre: 1e4
                case .squareMetre, .megapixel: 1e6
                }
            }
        }

        /// How many are too many.
        public var bounds: Bounds
        /// For each of these.
        public var unit: Unit

        /// So many for each unit of area.
        public init(_ bounds: Bounds, per unit: Unit) {
            self.bounds = bounds
            self.unit = unit
        }
    }

    /// Whether it speaks of single findings: each that fits exceeds it, whatever others there are.
    package var isAboutSingles: Bool { count == nil && spacing == nil && density == nil }

    /// The limits that are used unless the recipe has its own: any finding asks for rework, a large
    /// one for rejection.
    public static let builtIn: [Limit] = [
        Limit(size: .above(24, .pixels), verdict: .reject),
        Limit(verdict: .rework),
    ]
}
