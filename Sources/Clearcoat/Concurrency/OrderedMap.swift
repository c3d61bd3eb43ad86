/// Works on many inputs at the same time and hands the results over in the order of the inputs.
///
/// At most `workers` pieces of work run at once, and at most `inFlight` inputs are taken and not yet
/// delivered: a slow consumer slows the source, and memory does not depend on how many inputs there
/// are. A result is delivered as soon as all before it are, also while the source has nothing new.
///
/// Work begins when iteration begins. Cancelling the consumer, or dropping its iterator, cancels the
/// work in flight; the sequence ends only when that work has come to its end, so nothing goes on
/// behind the consumer's back.
package struct OrderedMap<Inputs: AsyncSequence & Sendable, Output: Sendable>: AsyncSequence, Sendable
where Inputs.Element: Sendable, Inputs.Failure: Sendable {
    package typealias Element = Output
    package typealias Failure = Inputs.Failure

    private let inputs: Inputs
    private let workers: Int
    private let inFlight: Int
    private let work: @Sendable (Inputs.Element) async -> Output

    /// Describes the work; nothing runs yet.
    package init(
        _ inputs: Inputs,
        workers: Int,
        inFlight: Int,
        work: @escaping @Sendable (Inputs.Element) async -> Output
    ) {
        self.inputs = inputs
        self.workers = Swift.max(1, workers)
        self.inFlight = Swift.max(self.workers, inFlight)
        self.work = work
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(pump: Pump(inputs, workers: workers, inFlight: inFlight, work: work))
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        private let pump: Pump
        private var events: AsyncStream<Event>.Iterator
        /// Done before its turn; never more than are in flight.
        private var early: [Int: Output] = [:]
        private var turn = 0

        fileprivate init(pump: Pump) {
            self.pump = pump
            events = pump.events.makeAsyncIterator()
        }

        package mutating func next() async throws(Inputs.Failure) -> Output? {
            try await next(isolation: nil)
        }

        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(Inputs.Failure) -> Output? {
            // The consumer asks for more, so it is done with what it had: that one's place is free.
            if turn > 0 { pump.places.yield() }
            while true {
                if let output = early.removeValue(forKey: turn) {
                    turn += 1
                    return output
                }
                switch await nextEvent(isolation: actor) {
                case .done(let index, let output): early[index] = output
                case .failed(let error): throw error
                case nil: return nil
                }
            }
        }

        private mutating func nextEvent(isolation actor: isolated (any Actor)?) async -> Event? {
            let pump = pump
            let event = await withTaskCancellationHandler {
                await events.next(isolation: actor)
            } onCancel: {
                pump.task.cancel()
            }
            if event == nil { await pump.task.value }
            return event
        }
    }

    fileprivate enum Event: Sendable {
        case done(Int, Output)
        case failed(Inputs.Failure)
    }

    /// Takes inputs, lets workers work on them and reports what is done, in any order.
    ///
    /// Two streams of tokens bound it: a worker's slot is free again when its work is done, a place
    /// in flight when the consumer has taken the result.
    fileprivate final class Pump: Sendable {
        let events: AsyncStream<Event>
        let places: AsyncStream<Void>.Continuation
        let task: Task<Void, Never>

        init(
            _ inputs: Inputs,
            workers: Int,
            inFlight: Int,
            work: @escaping @Sendable (Inputs.Element) async -> Output
        ) {
            let (events, report) = AsyncStream.makeStream(of: Event.self)
            let (freePlaces, places) = AsyncStream.makeStream(of: Void.self)
            let (freeSlots, slots) = AsyncStream.makeStream(of: Void.self)
            for _ in 0..<inFlight { places.yield() }
            for _ in 0..<workers { slots.yield() }
            self.events = events
            self.places = places
            task = Task {
                let failure = await withDiscardingTaskGroup { group -> Inputs.Failure? in
                    var inputs = inputs.makeAsyncIterator()
                    var slot = freeSlots.makeAsyncIterator()
                    var place = freePlaces.makeAsyncIterator()
                    var index = 0
                    do throws(Inputs.Failure) {
                        while await slot.next() != nil, await place.next() != nil,
                            let input = try await inputs.next(isolation: nil)
                        {
                            let turn = index
                            index += 1
                            group.addTask {
                                report.yield(.done(turn, await work(input)))
                                slots.yield()
                            }
                        }
                        return nil
                    } catch {
                        return error
                    }
                }
                if let failure { report.yield(.failed(failure)) }
                report.finish()
            }
        }

        deinit { task.cancel() }
    }
}
