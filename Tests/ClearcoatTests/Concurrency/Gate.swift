internal import Synchronization

/// A door that tests open: who comes before waits, so tests decide the order of events and never sleep.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Returns when the gate is open.
    func pass() async {
        await withCheckedContinuation { continuation in
            let passesNow = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if passesNow { continuation.resume() }
        }
    }

    /// Lets everybody through, now and later.
    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// Counts who is inside, and how many there ever were at once.
final class Meter: Sendable {
    private struct State {
        var inside = 0
        var most = 0
        var entered = 0
    }

    private let state = Mutex(State())

    func enter() {
        state.withLock { state in
            state.inside += 1
            state.entered += 1
            state.most = max(state.most, state.inside)
        }
    }

    func leave() { state.withLock { $0.inside -= 1 } }

    var inside: Int { state.withLock(\.inside) }
    var most: Int { state.withLock(\.most) }
    var entered: Int { state.withLock(\.entered) }

    /// Waits, by giving others their turn, until `condition` holds.
    func wait(until condition: (Meter) -> Bool) async {
        while !condition(self) { await Task.yield() }
    }
}
