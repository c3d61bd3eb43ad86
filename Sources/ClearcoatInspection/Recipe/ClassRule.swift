/// How candidates get a name: a class and the conditions that all must hold.
public struct ClassRule: Sendable, Hashable {
    /// The class it gives.
    public var `class`: DefectClass
    /// The polarity it asks for; nil takes any.
    public var polarity: Polarity?
    /// Its conditions, in the order of the recipe; a feature at most once. None: fits everything.
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
}
