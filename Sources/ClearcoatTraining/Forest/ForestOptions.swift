/// How a forest is grown.
public struct ForestOptions: Sendable, Hashable {
    /// How many trees.
    public var trees = 24
    /// The most questions on any way.
    public var maximumDepth = 10
    /// The fewest findings at the end of a way.
    public var minimumLeaf = 4
    /// How many inputs are drawn for each question; the best question about one of them is asked.
    public var inputsPerQuestion = 4
    /// Whether each tree learns from as many findings as there are, drawn with repetition; else from all.
    public var isBootstrapped = true

    /// The options written above.
    public init() {}
}
