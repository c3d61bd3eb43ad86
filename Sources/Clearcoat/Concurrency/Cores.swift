internal import FoundationEssentials
internal import Synchronization

/// How many cores there are to work with and how many of them are at work.
///
/// Captures and the bands of one capture ask the same counter, so a single large picture spreads over
/// all cores, and many pictures take one core each.
public final class Cores: Sendable {
    /// How many may be at work at the same time. At least one.
    public let count: Int
    private let busy = Atomic<Int>(0)

    /// The cores that this process may use.
    public static let available = ProcessInfo.processInfo.activeProcessorCount

    /// A counter of `count` idle cores.
    public init(count: Int) { self.count = max(1, count) }

    /// Takes a core for a capture, whether or not one is idle: who asked is already running.
    public func occupy() { busy.add(1, ordering: .relaxed) }

    /// Takes up to `limit` cores that are idle now, maybe none, and says how many.
    public func claimIdle(upTo limit: Int) -> Int {
        var current = busy.load(ordering: .relaxed)
        while true {
            let claim = min(limit, count - current)
            guard claim > 0 else { return 0 }
            let (exchanged, original) = busy.compareExchange(
                expected: current,
                desired: current + claim,
                ordering: .relaxed
            )
            if exchanged { return claim }
            current = original
        }
    }

    /// Gives `claimed` cores back.
    public func release(_ claimed: Int = 1) { busy.subtract(claimed, ordering: .relaxed) }
}
