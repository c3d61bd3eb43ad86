// A tree as people read it in a model's file, one node a line:
//
//     elongation <= 3.98 ? 1 : 14
//     inclusion 12, pinhole 1

extension DecisionTree.Node {
    /// The longest line; any of ours is far shorter.
    private static let maximumLength = 1000

    /// The node in words.
    func text(classes: [DefectClass], inputs: [ClassifierInput]) -> String {
        switch self {
        case .split(let input, let threshold, let below, let above):
            "\(inputs[input].name) <= \(threshold.shortest) ? \(below) : \(above)"
        case .leaf(let counts):
            zip(classes, counts).filter { $0.1 > 0 }.map { "\($0.rawValue) \($1)" }.joined(separator: ", ")
        }
    }

    /// Reads a node.
    ///
    /// - Throws: ``ClassifierModelError/invalid(place:problem:)`` for any other text.
    init(
        text: String,
        classes: [DefectClass],
        inputs: [ClassifierInput],
        place: String
    ) throws(ClassifierModelError) {
        func fail(_ problem: String) -> ClassifierModelError { .invalid(place: place, problem: problem) }
        guard text.utf8.count <= Self.maximumLength else {
            throw fail("is longer than \(Self.maximumLength) bytes")
        }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        if words.count == 7, words[1] == "<=", words[3] == "?", words[5] == ":" {
            guard let input = inputs.firstIndex(where: { $0.name == words[0] }) else {
                throw fail("asks for \"\(shortened(words[0]))\", which is none of the model's inputs")
            }
            guard let threshold = Double(recipeText: words[2]), let below = Int(words[4]),
                let above = Int(words[6])
            else {
                throw fail("is no question such as \"size <= 8 ? 1 : 2\"")
            }
            self = .split(input: input, threshold: threshold, below: below, above: above)
            return
        }
        var counts = [Int](repeating: 0, count: classes.count)
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.split(separator: " ")
            guard words.count == 2, let index = classes.firstIndex(where: { $0.rawValue == words[0] }),
                let count = Int(words[1]), count > 0, counts[index] == 0
            else {
                throw fail(
                    "is neither a question nor counts of the model's classes such as \"scratch 12, fibre 1\""
                )
            }
            counts[index] = count
        }
        self = .leaf(counts: counts)
    }
}
