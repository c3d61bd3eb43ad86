/// Times work: once without looking at the clock, then round after round.
struct RoundTimer: Sendable {
    /// As many rounds as this, unless they take longer than ``seconds``.
    var rounds: Int
    /// After this long no new round is begun, but three are always done.
    var seconds: Double

    /// Times `body`.
    ///
    /// The first call, which meets cold caches and fresh memory, is not counted.
    func time(_ body: () async throws -> Void) async rethrows -> Timing {
        Timing(seconds: try await eachRound { try await stopwatch(body) })
    }

    /// How many times as long as `other` each round of `body` takes. They take turns, so that a machine that changes its
    /// speed changes it for both.
    func ratios(
        of body: () async throws -> Void,
        to other: () async throws -> Void
    ) async rethrows -> [Double] {
        try await eachRound {
            let reference = try await stopwatch(other)
            return try await stopwatch(body) / reference
        }
    }

    /// What `measure` gives in each round but the first.
    private func eachRound(_ measure: () async throws -> Double) async rethrows -> [Double] {
        let clock = ContinuousClock()
        _ = try await measure()
        let start = clock.now
        var results: [Double] = []
        while results.count < max(rounds, 1) {
            if results.count >= 3 && (clock.now - start) / .seconds(1) > seconds { break }
            results.append(try await measure())
        }
        return results
    }

    /// Seconds that `body` takes.
    private func stopwatch(_ body: () async throws -> Void) async rethrows -> Double {
        let clock = ContinuousClock()
        let before = clock.now
        try await body()
        return (clock.now - before) / .seconds(1)
    }
}

/// Takes a result that nobody looks at, so that the work behind it cannot be optimised away.
@inline(never)
func discard<Result>(_ result: Result) { withExtendedLifetime(result) {} }
