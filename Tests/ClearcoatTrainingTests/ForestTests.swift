import ClearcoatImage
import ClearcoatInspection
import ClearcoatTraining
import Testing

@Suite struct ForestTests {
    private func single(_ depth: Int, _ leaf: Int, inputs: Int) -> ForestOptions {
        var options = ForestOptions()
        options.trees = 1
        options.isBootstrapped = false
        options.maximumDepth = depth
        options.minimumLeaf = leaf
        options.inputsPerQuestion = inputs
        return options
    }

    @Test(arguments: try Golden.read().trees.indices)
    func growsTheTreeOfScikitLearn(index: Int) throws {
        let golden = try Golden.read().trees[index]
        let table = TrainingTable(golden.values, golden.labels, classes: golden.classes)
        let options = single(golden.maximumDepth, golden.minimumLeaf, inputs: table.inputs.count)
        let tree = try Forest(growing: table, options: options, seed: 1).trees[0]
        let expected: [DecisionTree.Node] = golden.nodes.map { node in
            if let counts = node.counts { return .leaf(counts: counts) }
            return .split(
                input: node.input ?? -1,
                threshold: node.threshold ?? .nan,
                below: node.below ?? -1,
                above: node.above ?? -1
            )
        }
        #expect(tree.nodes == expected)
    }

    /// Within three deviations of scikit-learn's mean over seeds, in the mean over our own.
    @Test func isAsAccurateAsScikitLearn() throws {
        let golden = try Golden.read().forest
        let table = TrainingTable(
            Array(golden.values.prefix(golden.learn)),
            Array(golden.labels.prefix(golden.learn)),
            classes: golden.classes
        )
        var options = ForestOptions()
        (options.trees, options.maximumDepth, options.minimumLeaf, options.inputsPerQuestion) = (24, 10, 4, 2)
        var accuracies: [Double] = []
        for seed in 1...5 as ClosedRange<UInt64> {
            let forest = try Forest(growing: table, options: options, seed: seed)
            let right = zip(golden.values, golden.labels).dropFirst(golden.learn).count { values, label in
                let votes = forest.trees.votes(values, classCount: golden.classes)
                return votes.indices.max { votes[$0] < votes[$1] } == label
            }
            accuracies.append(Double(right) / Double(golden.values.count - golden.learn))
        }
        let mean = accuracies.reduce(0, +) / Double(accuracies.count)
        #expect(abs(mean - golden.meanAccuracy) < 3 * golden.deviation, "\(mean) for \(golden.meanAccuracy)")
    }

    @Test func theSameSeedGrowsTheSameForest() throws {
        let golden = try Golden.read().forest
        let table = TrainingTable(golden.values, golden.labels, classes: golden.classes)
        let options = ForestOptions()
        let forest = try Forest(growing: table, options: options, seed: 3)
        #expect(try Forest(growing: table, options: options, seed: 3) == forest)
        #expect(try Forest(growing: table, options: options, seed: 4) != forest)
        #expect(abs(forest.importance.reduce(0, +) - 1) < 1e-9)
        #expect(Set(forest.trees).count == options.trees)
    }

    @Test(arguments: 0..<20)
    func everyRowEndsWhereItWasCounted(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let count = 5 + Int(generator.next() % 40)
        let values = (0..<count).map { _ in (0..<3).map { _ in Double(generator.next() % 16) } }
        let labels = (0..<count).map { _ in Int(generator.next() % 3) }
        let table = TrainingTable(values, labels, classes: 3)
        let depth = 1 + Int(generator.next() % 5), leaf = 1 + Int(generator.next() % 4)
        let tree = try Forest(growing: table, options: single(depth, leaf, inputs: 2), seed: seed).trees[0]
        var counted = [Int: [Int]]()
        for (row, label) in zip(values, labels) {
            var questions = 0
            let end = tree.end(for: row) { _, _, _ in questions += 1 }
            #expect(questions <= depth)
            counted[end, default: [0, 0, 0]][label] += 1
        }
        for (index, node) in tree.nodes.enumerated() {
            guard case .leaf(let counts) = node else { continue }
            #expect(counts == counted[index])
            #expect(tree.nodes.count == 1 || counts.reduce(0, +) >= leaf)
        }
    }

    @Test func whatCannotBeDividedIsOneLeaf() throws {
        let same = TrainingTable([[1, 1], [1, 1], [1, 1]], [0, 1, 1], classes: 2)
        let tree = try Forest(growing: same, options: single(5, 1, inputs: 2), seed: 1).trees[0]
        #expect(tree.nodes == [.leaf(counts: [1, 2])])
    }
}
