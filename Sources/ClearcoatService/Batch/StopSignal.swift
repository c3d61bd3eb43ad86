internal import Synchronization

/// Asks a run to take nothing new, finish what is in flight and come to its end.
///
/// The gentle counterpart of cancelling its task, which drops what is in flight.
public final class StopSignal: Sendable {
    private struct State {
        var isRaised = false
        var actions: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    /// A signal that is not raised.
    public init() {}

    /// Whether the run is to end.
    public var isRaised: Bool { state.withLock(\.isRaised) }

    /// Asks the run to end. Safe to call from any thread and any number of times.
    public func raise() {
        let actions = state.withLock { state in
            state.isRaised = true
            defer { state.actions = [] }
            return state.actions
        }
        for action in actions { action() }
    }

    /// Calls `action` once the signal is raised, at once when it is already.
    package func whenRaised(_ action: @escaping @Sendable () -> Void) {
        let isRaised = state.withLock { state in
            if !state.isRaised { state.actions.append(action) }
            return state.isRaised
        }
        if isRaised { action() }
    }
}
