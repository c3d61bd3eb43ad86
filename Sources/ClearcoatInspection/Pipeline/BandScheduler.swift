/// Runs independent pieces of one inspection, one after the other or at the same time.
///
/// This room spawns nothing; who calls it decides whether idle cores help. The results come back in
/// order, so how they were scheduled cannot be seen in them.
public protocol BandScheduler: Sendable {
    /// Calls `body` with 0 ..< `count`, each once, and returns the results in that order.
    ///
    /// - Throws: `CancellationError` when the task was cancelled; some pieces may then not have run.
    func map<Result: Sendable>(
        _ count: Int,
        _ body: @escaping @Sendable (Int) -> Result
    ) async throws -> [Result]
}

/// Runs the pieces one after the other in the calling task.
public struct SerialBands: BandScheduler {
    /// A scheduler without state.
    public init() {}

    /// Calls `body` with 0 ..< `count` in turn; looks for cancellation in between.
    public func map<Result: Sendable>(
        _ count: Int,
        _ body: @escaping @Sendable (Int) -> Result
    ) async throws -> [Result] {
        var results: [Result] = []
        results.reserveCapacity(count)
        for index in 0..<count {
            try Task.checkCancellation()
            results.append(body(index))
        }
        return results
    }
}
