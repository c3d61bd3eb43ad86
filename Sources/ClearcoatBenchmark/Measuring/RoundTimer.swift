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
        let clock = ContinuousClock()
        try await body()
        let start = clock.now
        var times: [Double] = []
        while times.count < max(rounds, 1) {
            if times.count >= 3 && (clock.now - start) / .seconds(1) > seconds { break }
            let before = clock.now
            try await body()
            times.append((clock.now - before) / .seconds(1))
        }
        return Timing(seconds: times)
    }
}

/// Takes a result that nobody looks at, so that the work behind it cannot be optimised away.
@inline(never)
func discard<Result>(_ result: Result) { withExtendedLifetime(result) {} }
