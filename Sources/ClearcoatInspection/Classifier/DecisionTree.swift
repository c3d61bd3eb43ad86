/// One tree of a forest: questions of the form "is this input at most so much?", and at the end of each way
/// how many training findings of each class came there.
///
/// Nodes refer forward only, so every way ends; a file cannot make one that does not.
public struct DecisionTree: Sendable, Hashable {
    /// A question, or the end of a way.
    public enum Node: Sendable, Hashable {
        /// Goes to the node `below` when the input is at most `threshold`, else to `above`; so does what is
        /// not a number.
        case split(input: Int, threshold: Double, below: Int, above: Int)
        /// The number of training findings of each class.
        case leaf(counts: [Int])
    }

    /// The nodes; the first is where every way begins.
    public let nodes: [Node]
    /// The shares of the classes among the training findings that pass each node, node after node.
    private let shares: [Double]
    private let classCount: Int

    /// The longest way, in questions.
    static let maximumDepth = 64
    /// The most findings of a class at the end of a way.
    private static let maximumCount = 1_000_000_000

    /// A tree from its nodes.
    ///
    /// - Parameter place: what errors call the tree.
    /// - Throws: ``ClassifierModelError/invalid(place:problem:)`` unless the nodes are one tree: every
    ///   reference forward, every node but the first referred to once, thresholds finite, no way longer
    ///   than 64 questions, and at each end at least one finding.
    public init(
        _ nodes: [Node],
        classCount: Int,
        inputCount: Int,
        place: String = "the tree"
    ) throws(ClassifierModelError) {
        guard !nodes.isEmpty else { throw .invalid(place: place, problem: "has no nodes") }
        var depths = [Int?](repeating: nil, count: nodes.count)
        depths[0] = 0
        for (index, node) in nodes.enumerated() {
            func fail(_ problem: String) -> ClassifierModelError {
                .invalid(place: "\(place), node \(index)", problem: problem)
            }
            guard let depth = depths[index] else { throw fail("is reached from no other") }
            switch node {
            case .split(let input, let threshold, let below, let above):
                guard (0..<inputCount).contains(input) else {
                    throw fail("asks for an input that is not there")
                }
                guard threshold.isFinite else { throw fail("has a threshold that is no finite number") }
                guard depth < Self.maximumDepth else { throw fail("lies deeper than \(Self.maximumDepth)") }
                for child in [below, above] {
                    guard child > index, child < nodes.count else {
                        throw fail(
                            "goes on to \(child), not to a later node (\(index + 1) to \(nodes.count - 1))"
                        )
                    }
                    guard depths[child] == nil else { throw fail("goes on to \(child), as another does") }
                    depths[child] = depth + 1
                }
            case .leaf(let counts):
                guard counts.count == classCount else {
                    throw fail("counts \(counts.count) classes instead of \(classCount)")
                }
                guard counts.allSatisfy((0...Self.maximumCount).contains), counts.contains(where: { $0 > 0 })
                else { throw fail("counts no findings, or an impossible number") }
            }
        }
        self.nodes = nodes
        self.classCount = classCount
        shares = Self.shares(of: nodes, classCount: classCount)
    }

    /// From the ends back to the first node: the counts of a node are those of the two that it leads to.
    private static func shares(of nodes: [Node], classCount: Int) -> [Double] {
        var counts = [[Int]](repeating: [], count: nodes.count)
        for (index, node) in nodes.enumerated().reversed() {
            counts[index] =
                switch node {
                case .leaf(let own): own
                case .split(_, _, let below, let above): zip(counts[below], counts[above]).map { $0 + $1 }
                }
        }
        return counts.flatMap { counts in
            let total = Double(counts.reduce(0, +))
            return counts.map { Double($0) / total }
        }
    }

    /// The share of a class among the training findings that pass a node.
    package func share(of index: Int, at node: Int) -> Double { shares[node * classCount + index] }

    /// The node that inputs lead to.
    ///
    /// - Parameter passing: called with the input asked, the node that asks and the one that follows.
    package func end(
        for inputs: [Double],
        passing: (_ input: Int, _ from: Int, _ to: Int) -> Void = { _, _, _ in }
    ) -> Int {
        var index = 0
        while case .split(let input, let threshold, let below, let above) = nodes[index] {
            let next = inputs[input] <= threshold ? below : above
            passing(input, index, next)
            index = next
        }
        return index
    }
}
