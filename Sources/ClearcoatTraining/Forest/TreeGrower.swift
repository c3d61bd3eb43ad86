import ClearcoatImage
import ClearcoatInspection

/// Grows one decision tree on weighted rows.
struct TreeGrower {
    let search: SplitSearch
    let options: ForestOptions
    private var generator: SplitMix64
    private var nodes: [DecisionTree.Node] = []
    /// The gain of the questions about each input.
    private(set) var gains: [Double]

    init(_ search: SplitSearch, options: ForestOptions, generator: SplitMix64) {
        self.search = search
        self.options = options
        self.generator = generator
        gains = Array(repeating: 0, count: search.table.inputs.count)
    }

    /// The nodes of the tree, each before those it leads to.
    mutating func grow() -> [DecisionTree.Node] {
        let rows = search.table.rows.indices.filter { search.weights[$0] > 0 }
        _ = grow(rows, depth: 0)
        return nodes
    }

    /// Adds the node of `rows` and everything below; gives its index.
    private mutating func grow(_ rows: [Int], depth: Int) -> Int {
        let index = nodes.count
        let counts = search.counts(rows)
        nodes.append(.leaf(counts: counts))
        let isPure = counts.count { $0 > 0 } < 2
        guard !isPure, depth < options.maximumDepth,
            let split = search.best(of: drawnInputs(), rows: rows)
        else { return index }
        gains[split.input] += split.gain
        let table = search.table
        let parts = (
            below: rows.filter { table.rows[$0].values[split.input] <= split.threshold },
            above: rows.filter { !(table.rows[$0].values[split.input] <= split.threshold) }
        )
        let below = grow(parts.below, depth: depth + 1)
        let above = grow(parts.above, depth: depth + 1)
        nodes[index] = .split(input: split.input, threshold: split.threshold, below: below, above: above)
        return index
    }

    /// The inputs that this question may be about, drawn without repetition; in their order when it is all.
    private mutating func drawnInputs() -> [Int] {
        var inputs = Array(search.table.inputs.indices)
        guard options.inputsPerQuestion < inputs.count else { return inputs }
        for place in 0..<options.inputsPerQuestion {
            inputs.swapAt(place, place + generator.next(below: inputs.count - place))
        }
        return Array(inputs.prefix(options.inputsPerQuestion))
    }
}

extension SplitMix64 {
    /// A number from 0 up to but not including `count`. The bias of at most count / 2^64 does not matter here.
    mutating func next(below count: Int) -> Int { Int(truncatingIfNeeded: next() % UInt64(count)) }
}
