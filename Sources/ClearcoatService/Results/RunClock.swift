import ClearcoatReports
import FoundationEssentials

/// When a run began, and how long ago.
struct RunClock {
    private let startedAt = Date()
    private let start = ContinuousClock.now

    /// Time since the start.
    var elapsed: Duration { ContinuousClock.now - start }

    /// What the summary says of a run that ends now.
    func timings(megapixels: Double) -> RunTimings {
        let seconds = elapsed / .seconds(1)
        return RunTimings(
            startedAt: startedAt.formatted(.iso8601),
            seconds: (seconds * 1000).rounded() / 1000,
            megapixelsPerSecond: seconds > 0 ? (megapixels / seconds * 10).rounded() / 10 : 0
        )
    }
}
