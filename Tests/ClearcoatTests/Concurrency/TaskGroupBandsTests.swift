import Clearcoat
import ClearcoatFileTestSupport
import ClearcoatInspection
import Testing

@Suite("TaskGroupBands", .timeLimit(.minutes(watchdogMinutes)))
struct TaskGroupBandsTests {
    @Test("each band once, results in order", arguments: [1, 2, 5], [0, 1, 2, 47])
    func order(cores: Int, count: Int) async throws {
        let cores = Cores(count: cores)
        cores.occupy()
        let bodies = Meter()
        let results = try await TaskGroupBands(cores: cores).map(count) { index in
            bodies.enter()
            return index * index
        }
        #expect(results == (0..<count).map { $0 * $0 })
        #expect(bodies.entered == count)
    }

    @Test("only idle cores help, and they are given back")
    func claims() {
        let cores = Cores(count: 4)
        cores.occupy()
        #expect(cores.claimIdle(upTo: 2) == 2)
        #expect(cores.claimIdle(upTo: 2) == 1)
        #expect(cores.claimIdle(upTo: 2) == 0)
        cores.release(3)
        cores.occupy()
        #expect(cores.claimIdle(upTo: 9) == 2)
    }

    @Test("more captures than cores leave nothing to claim")
    func oversubscribed() {
        let cores = Cores(count: 2)
        for _ in 0..<5 { cores.occupy() }
        #expect(cores.claimIdle(upTo: 1) == 0)
        for _ in 0..<4 { cores.release() }
        #expect(cores.claimIdle(upTo: 7) == 1)
    }

    @Test("cancellation is thrown on", arguments: [1, 3])
    func cancellation(cores: Int) async {
        let cores = Cores(count: cores)
        cores.occupy()
        let cancelled = Gate()
        let task = Task {
            await cancelled.pass()
            return try await TaskGroupBands(cores: cores).map(10) { $0 }
        }
        task.cancel()
        cancelled.open()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(cores.claimIdle(upTo: 9) == cores.count - 1)
    }
}
