/// How long one piece of work took, over several rounds.
public struct Timing: Sendable, Hashable {
    /// The rounds in seconds, the shortest first. At least one.
    private let seconds: [Double]

    /// The rounds in seconds, in any order.
    ///
    /// - Precondition: there is at least one.
    public init(seconds: [Double]) {
        precondition(!seconds.isEmpty, "no round was timed")
        self.seconds = seconds.sorted()
    }

    /// How many rounds there were.
    public var rounds: Int { seconds.count }

    /// The shortest round, in seconds: what the work costs when nothing disturbs it.
    public var best: Double { seconds[0] }

    /// The middle round, in seconds; the mean of the two in the middle when their number is even.
    public var median: Double {
        let upper = seconds[rounds / 2]
        return rounds.isMultiple(of: 2) ? (seconds[rounds / 2 - 1] + upper) / 2 : upper
    }
}
