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
