import ClearcoatImage
package import ClearcoatInspection

/// The trees of a forest, and what each input brought to them.
package struct Forest: Sendable, Hashable {
    /// The trees.
    package let trees: [DecisionTree]
    /// The share of the gain of all questions that each input brought, in the order of the inputs.
    package let importance: [Double]

    /// Grows a forest. The same table, options and seed give the same forest.
    ///
    /// - Precondition: the table has rows.
    package init(growing table: TrainingTable, options: ForestOptions, seed: UInt64)
        throws(ClassifierModelError)
    {
        precondition(!table.rows.isEmpty, "no rows to learn from")
        var seeds = SplitMix64(seed: seed)
        var trees: [DecisionTree] = []
        var gains = [Double](repeating: 0, count: table.inputs.count)
        for number in 0..<options.trees {
            var generator = SplitMix64(seed: seeds.next())
            let weights = Self.weights(table.rows.count, options, &generator)
            let search = SplitSearch(table: table, weights: weights, minimumLeaf: options.minimumLeaf)
            var grower = TreeGrower(search, options: options, generator: generator)
            trees.append(
                try DecisionTree(
                    grower.grow(),
                    classCount: table.classes.count,
                    inputCount: table.inputs.count,
                    place: "tree \(number)"
                )
            )
            for index in gains.indices { gains[index] += grower.gains[index] }
        }
        self.trees = trees
        let all = gains.reduce(0, +)
        importance = gains.map { all > 0 ? $0 / all : 0 }
    }

    /// How often each row counts in one tree.
    private static func weights(_ count: Int, _ options: ForestOptions, _ generator: inout SplitMix64)
        -> [Int]
    {
        guard options.isBootstrapped else { return Array(repeating: 1, count: count) }
        var weights = [Int](repeating: 0, count: count)
        for _ in 0..<count { weights[generator.next(below: count)] += 1 }
        return weights
    }
}
