import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct DecisionTreeTests {
    private typealias Node = DecisionTree.Node

    private func split(_ below: Int, _ above: Int, input: Int = 0, at threshold: Double = 1) -> Node {
        .split(input: input, threshold: threshold, below: below, above: above)
    }

    private let leaf = Node.leaf(counts: [1, 2])

    @Test func waysEndWhereTheQuestionsLead() throws {
        let nodes = [split(1, 2), leaf, split(3, 4, input: 1, at: 0), leaf, .leaf(counts: [5, 0])]
        let tree = try DecisionTree(nodes, classCount: 2, inputCount: 2)
        #expect(tree.end(for: [1, 9]) == 1)
        #expect(tree.end(for: [Double(1).nextUp, 0]) == 3)
        #expect(tree.end(for: [2, 0.1]) == 4)
        #expect(tree.end(for: [.infinity, -.infinity]) == 3)
        #expect(tree.end(for: [.nan, .nan]) == 4)
        // Of all that pass the first node, 1 + 1 + 5 of 11 are of the first class.
        #expect(tree.share(of: 0, at: 0) == 7.0 / 11)
        #expect(tree.share(of: 1, at: 2) == 2.0 / 8)
    }

    @Test func whatIsNoTreeIsRefused() {
        let bad: [([Node], String)] = [
            ([], "has no nodes"),
            ([.leaf(counts: [0, 0])], "node 0 counts no findings"),
            ([.leaf(counts: [-1, 3])], "node 0 counts no findings"),
            ([.leaf(counts: [1, .max])], "impossible number"),
            ([.leaf(counts: [1])], "node 0 counts 1 classes instead of 2"),
            ([leaf, leaf], "node 1 is reached from no other"),
            ([split(0, 1), leaf], "node 0 goes on to 0, not to a later node (1 to 1)"),
            ([split(1, 2), leaf], "node 0 goes on to 2"),
            ([split(1, -7), leaf], "node 0 goes on to -7"),
            ([split(1, .max), leaf], "node 0 goes on to \(Int.max)"),
            ([split(1, 1), leaf], "node 0 goes on to 1, as another does"),
            ([split(1, 2), split(2, 3), leaf, leaf], "node 1 goes on to 2, as another does"),
            ([split(1, 2), split(0, 3), leaf, leaf], "node 1 goes on to 0, not to a later node (2 to 3)"),
            ([split(1, 2, at: .nan), leaf, leaf], "node 0 has a threshold that is no finite number"),
            ([split(1, 2, at: .infinity), leaf, leaf], "no finite number"),
            ([split(1, 2, input: 2), leaf, leaf], "node 0 asks for an input that is not there"),
            ([split(1, 2, input: -1), leaf, leaf], "node 0 asks for an input that is not there"),
        ]
        for (nodes, message) in bad {
            let error = #expect(throws: ClassifierModelError.self) {
                try DecisionTree(nodes, classCount: 2, inputCount: 2)
            }
            #expect("\(error.map { "\($0)" } ?? "")".contains(message), "\(nodes)")
        }
    }

    @Test func waysHaveAtMostSixtyFourQuestions() throws {
        func chain(_ depth: Int) -> [Node] {
            (0..<depth).flatMap { [split(2 * $0 + 1, 2 * $0 + 2), leaf] } + [leaf]
        }
        let tree = try DecisionTree(chain(64), classCount: 2, inputCount: 1)
        #expect(tree.end(for: [5]) == 128)
        #expect(throws: ClassifierModelError.self) {
            try DecisionTree(chain(65), classCount: 2, inputCount: 1)
        }
    }

    /// Whatever the nodes, a tree is refused or every way through it ends at a leaf.
    @Test(arguments: 0..<40)
    func everyTreeThatIsTakenCanBeWalked(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var taken = 0
        for _ in 0..<200 {
            let count = 1 + 2 * Int(generator.next() % 4)
            let nodes = (0..<count).map { _ -> Node in
                if generator.nextUnit() < 0.5 { return leaf }
                let below = Int(generator.next() % UInt64(count + 1)),
                    above = Int(generator.next() % UInt64(count + 1))
                return split(below, above, at: generator.nextUnit())
            }
            guard let tree = try? DecisionTree(nodes, classCount: 2, inputCount: 1) else { continue }
            taken += 1
            for _ in 0..<5 {
                guard case .leaf = tree.nodes[tree.end(for: [generator.nextUnit()])] else {
                    Issue.record("a way of \(nodes) ends at a question")
                    return
                }
            }
        }
        #expect(taken > 0)
    }
}
