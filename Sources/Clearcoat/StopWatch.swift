internal import ClearcoatInspection
internal import FoundationEssentials

/// Times the steps of one inspection for its record; stopped, it never looks at a clock.
struct StopWatch {
    private let startedAt: Date?
    private var last: ContinuousClock.Instant?
    private var laps: [Double] = []

    init(isRunning: Bool) {
        startedAt = isRunning ? Date() : nil
        last = isRunning ? ContinuousClock.now : nil
    }

    /// Ends a step: reading, decoding, inspecting, in this order.
    mutating func lap() {
        guard let last else { return }
        let now = ContinuousClock.now
        laps.append(((now - last) / .microseconds(1)).rounded() / 1000)
        self.last = now
    }

    /// What the record says; nil when stopped or before the third lap.
    var timings: InspectionRecord.Timings? {
        guard let startedAt, laps.count == 3 else { return nil }
        return .init(
            startedAt: startedAt.formatted(.iso8601),
            readMs: laps[0],
            decodeMs: laps[1],
            inspectMs: laps[2]
        )
    }
}
