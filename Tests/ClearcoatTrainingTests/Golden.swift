import ClearcoatInspection
import ClearcoatTraining
import Foundation

/// Numbers from scikit-learn, made by `Tests/Oracles/training/make_golden.py`.
struct Golden: Decodable {
    let trees: [Tree]
    let forest: Forest
    let platt: Platt

    struct Tree: Decodable {
        let values: [[Double]]
        let labels: [Int]
        let classes: Int
        let maximumDepth: Int
        let minimumLeaf: Int
        let nodes: [Node]

        struct Node: Decodable {
            let input: Int?
            let threshold: Double?
            let below: Int?
            let above: Int?
            let counts: [Int]?
        }
    }

    struct Forest: Decodable {
        let values: [[Double]]
        let labels: [Int]
        let classes: Int
        let learn: Int
        let meanAccuracy: Double
        let deviation: Double
    }

    struct Platt: Decodable {
        let votes: [Double]
        let right: [Bool]
        let slope: Double
        let offset: Double
    }

    static func read() throws -> Golden {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Golden/training/training.json")
        return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    }
}

extension TrainingTable {
    /// A table of plain numbers, each row a picture of its own; only the number of inputs and classes matters.
    init(_ values: [[Double]], _ labels: [Int], classes: Int) {
        let inputs = ClassifierInput.standard.prefix(values[0].count)
        self.init(inputs: Array(inputs), classes: Array(DefectClass.allCases.prefix(classes)))
        for (index, row) in values.enumerated() {
            add(.init(values: row, label: labels[index], group: index))
        }
    }
}
