import ClearcoatService
import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Listens for Ctrl-C and SIGTERM: the first asks the run to end well, the second ends the process at
/// once. Files appear under their names whole or not at all, so even that leaves nothing half-written.
enum Interruption {
    /// The first signal that came; 0 before.
    private static let received = Atomic<Int32>(0)

    /// The signal that asked for the end, if any.
    static var receivedSignal: Int32? {
        let number = received.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }

    /// Listens from now on, for the rest of the process's life.
    ///
    /// - Parameter message: what the first signal tells the operator.
    static func listen(message: String) -> StopSignal {
        let stop = StopSignal()
        // Of a class of its own: the second signal does not wait for a thread that inspects.
        let queue = DispatchQueue(label: "clearcoat.signals", qos: .userInteractive)
        for number in [SIGINT, SIGTERM] {
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                let isFirst = received.compareExchange(expected: 0, desired: number, ordering: .relaxed)
                    .exchanged
                guard isFirst else { _exit(128 + number) }
                StandardError.print(message)
                stop.raise()
                // The source is meant to live as long as the process; its handler keeps it.
                withExtendedLifetime(source) {}
            }
            source.activate()
        }
        return stop
    }
}
