/// A sequence that ends early when a signal is raised.
public struct StoppableSequence<Base: Sequence & Sendable>: Sequence, Sendable {
    private let base: Base
    private let stop: StopSignal

    /// The elements of `base` until `stop` is raised.
    public init(_ base: Base, stop: StopSignal) {
        self.base = base
        self.stop = stop
    }

    /// Begins anew.
    public func makeIterator() -> Iterator { Iterator(base: base.makeIterator(), stop: stop) }

    /// Looks at the signal before each element.
    public struct Iterator: IteratorProtocol {
        fileprivate var base: Base.Iterator
        fileprivate let stop: StopSignal

        /// The next element; nil at the end and after the signal.
        public mutating func next() -> Base.Element? { stop.isRaised ? nil : base.next() }
    }
}
