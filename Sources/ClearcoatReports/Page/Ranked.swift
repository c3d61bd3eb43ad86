/// The first few of many elements by an order, in bounded memory, whatever order they arrive in.
package struct Ranked<Element: Sendable>: Sendable {
    private let limit: Int
    private let precedes: @Sendable (Element, Element) -> Bool
    private var kept: [Element] = []
    /// How many arrived.
    package private(set) var total = 0

    /// Nothing yet.
    ///
    /// - Parameter precedes: a strict order in which no two elements are equal; else which of them stay
    ///   would follow from their arrival.
    package init(limit: Int, by precedes: @escaping @Sendable (Element, Element) -> Bool) {
        self.limit = limit
        self.precedes = precedes
    }

    /// Takes an element.
    package mutating func add(_ element: Element) {
        total += 1
        kept.append(element)
        if kept.count >= 2 * limit { kept = Array(kept.sorted(by: precedes).prefix(limit)) }
    }

    /// Whether an element would be among the first of those that have arrived.
    package func wouldKeep(_ element: Element) -> Bool {
        kept.count < limit || kept.count { precedes($0, element) } < limit
    }

    /// The first elements in their order.
    package var elements: [Element] { Array(kept.sorted(by: precedes).prefix(limit)) }

    /// How many are left out.
    package var leftOut: Int { max(0, total - limit) }
}
