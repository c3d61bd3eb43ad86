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

/// How candidates get a name: a class and the conditions that all must hold.
public struct ClassRule: Sendable, Hashable {
    /// The class it gives.
    public var `class`: DefectClass
    /// The polarity it asks for; nil takes any.
    public var polarity: Polarity?
    /// Its conditions, in the order of the recipe.
    public var conditions: [Condition]

    /// One feature within bounds.
    public struct Condition: Sendable, Hashable {
        /// The feature asked about.
        public var feature: Feature
        /// Where its value must lie.
        public var bounds: Bounds

        /// A feature and where its value must lie.
        public init(_ feature: Feature, _ bounds: Bounds) {
            self.feature = feature
            self.bounds = bounds
        }
    }

    /// A rule from its parts.
    public init(_ class: DefectClass, polarity: Polarity? = nil, when conditions: [Condition]) {
        self.class = `class`
        self.polarity = polarity
        self.conditions = conditions
    }

    /// The rules that are used unless the recipe has its own.
    public static let builtIn: [ClassRule] = []
}

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
    /// What follows.
    public var verdict: Verdict

    /// A limit from its parts.
    public init(
        zone: String? = nil,
        class: DefectClass? = nil,
        size: Bounds? = nil,
        count: Bounds? = nil,
        spacing: Length? = nil,
        verdict: Verdict
    ) {
        self.zone = zone
        self.class = `class`
        self.size = size
        self.count = count
        self.spacing = spacing
        self.verdict = verdict
    }

    /// The limits that are used unless the recipe has its own: any finding asks for rework, a large
    /// one for rejection.
    public static let builtIn: [Limit] = [
        Limit(size: .above(24, .pixels), verdict: .reject),
        Limit(verdict: .rework),
    ]
}
