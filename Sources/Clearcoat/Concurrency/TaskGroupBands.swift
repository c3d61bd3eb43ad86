public import ClearcoatInspection
internal import Synchronization

/// Runs the bands of one picture on the cores that no other picture needs.
///
/// Each worker takes the next band that nobody has taken, so that a slow band holds up nobody. The
/// results come back in the order of the bands: how many workers there were cannot be seen in them.
public struct TaskGroupBands: BandScheduler {
    /// Who knows what is idle. The caller has taken one core already.
    private let cores: Cores

    /// A scheduler that helps itself to the idle ones of `cores`.
    public init(cores: Cores) { self.cores = cores }

    /// Calls `body` with 0 ..< `count`, each once, and returns the results in that order.
    public func map<Result: Sendable>(
        _ count: Int,
        _ body: @escaping @Sendable (Int) -> Result
    ) async throws -> [Result] {
        let helpers = count > 1 ? cores.claimIdle(upTo: count - 1) : 0
        guard helpers > 0 else { return try await SerialBands().map(count, body) }
        defer { cores.release(helpers) }

        let tickets = Tickets()
        let parts = try await withThrowingTaskGroup(of: [(Int, Result)].self) { group in
            for _ in 0...helpers {
                group.addTask {
                    var part: [(Int, Result)] = []
                    while true {
                        try Task.checkCancellation()
                        let index = tickets.take()
                        guard index < count else { return part }
                        part.append((index, body(index)))
                    }
                }
            }
            var results: [(Int, Result)] = []
            results.reserveCapacity(count)
            for try await part in group { results += part }
            return results
        }
        return parts.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// Gives out 0, 1, 2 … each once.
    private final class Tickets: Sendable {
        private let next = Atomic<Int>(0)

        func take() -> Int { next.add(1, ordering: .relaxed).oldValue }
    }
}
