extension Inspector {
    /// Inspects a stream of captures and delivers their outcomes in the same order.
    ///
    /// At most ``InspectorOptions/jobs`` captures are inspected at once and two more are done and
    /// wait for their turn; a consumer that dawdles slows the source down. A capture that fails is an
    /// outcome like any other. Cancelling the consuming task stops the work in flight and ends the
    /// sequence once it has stopped; so does leaving the loop.
    ///
    /// - Complexity: memory for `jobs + 2` captures, however many there are.
    public func outcomes<Captures: AsyncSequence & Sendable>(
        of captures: Captures
    ) -> some AsyncSequence<Outcome, Captures.Failure> & Sendable
    where Captures.Element == Capture, Captures.Failure: Sendable {
        OrderedMap(captures, workers: options.jobs, inFlight: options.jobs + 2) { await inspect($0) }
    }

    /// Inspects captures that are all known, as ``outcomes(of:)-swift.method`` does a stream.
    public func outcomes(
        of captures: some Sequence<Capture> & Sendable
    ) -> some AsyncSequence<Outcome, Never> & Sendable {
        outcomes(of: AsyncCaptures(captures))
    }
}

/// A sequence as an asynchronous one that is asked for the next element only when there is room for it.
package struct AsyncCaptures<Base: Sequence & Sendable>: AsyncSequence, Sendable {
    package typealias Element = Base.Element
    package typealias Failure = Never

    private let base: Base

    package init(_ base: Base) { self.base = base }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(base: base.makeIterator()) }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var base: Base.Iterator

        package mutating func next() async -> Base.Element? { base.next() }

        package mutating func next(isolation actor: isolated (any Actor)?) async -> Base.Element? {
            base.next()
        }
    }
}
