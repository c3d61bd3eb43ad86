/// How far a batch has come.
public struct BatchProgress: Sendable, Hashable {
    /// Captures that are done, as a record or a failure.
    public var done = 0
    /// Those among them that failed.
    public var failed = 0
    /// All captures of the batch; nil when that is not known yet.
    public var total: Int?
    /// Pixels inspected, in millions.
    public var megapixels = 0.0
    /// Time since the start.
    public var elapsed = Duration.zero

    /// Nothing done yet.
    public init(total: Int? = nil) { self.total = total }

    /// Millions of pixels inspected in a second; 0 at the start.
    public var megapixelsPerSecond: Double {
        let seconds = elapsed / .seconds(1)
        return seconds > 0 ? megapixels / seconds : 0
    }

    /// The time the rest will take if it goes on as so far; nil before the first capture is done.
    public var remaining: Duration? {
        guard let total, done > 0 else { return nil }
        return elapsed * Double(max(0, total - done)) / Double(done)
    }
}
