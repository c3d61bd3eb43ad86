import ClearcoatInspection
import Foundation

extension ClassifierTraining {
    /// A summary that says nothing.
    static let sample = ClassifierTraining(
        seed: 1,
        recipeSHA256: "",
        pictures: 0,
        findings: 0,
        falseFindings: 0,
        missedDefects: 0,
        folds: 2,
        crossValidation: Comparison(
            name: "cross-validation",
            model: ClassConfusion(truth: [], called: []),
            rules: ClassConfusion(truth: [], called: []),
            together: ClassConfusion(truth: [], called: []),
            minConfidence: 0.5,
            logLoss: 0,
            calibrationError: 0
        ),
        tests: [],
        importance: []
    )
}

extension ClassifierModel {
    /// Two trees over elongation and polarity: long is a scratch, and the darker the surer.
    static func sample(slope: Double = 1, offset: Double = 0) throws -> ClassifierModel {
        let trees: [[DecisionTree.Node]] = [
            [
                .split(input: 0, threshold: 4, below: 1, above: 2),
                .leaf(counts: [8, 0]),
                .split(input: 1, threshold: -0.5, below: 3, above: 4),
                .leaf(counts: [0, 6]),
                .leaf(counts: [1, 1]),
            ],
            [
                .split(input: 0, threshold: 4, below: 1, above: 2), .leaf(counts: [6, 2]),
                .leaf(counts: [2, 6]),
            ],
        ]
        return try ClassifierModel(
            classes: [.inclusion, .scratch],
            inputs: [.feature(.elongation), .polarity],
            trees: trees.map { try DecisionTree($0, classCount: 2, inputCount: 2) },
            calibration: [.identity, Calibration(slope: slope, offset: offset)],
            training: .sample
        )
    }

    /// The model's file, in any form that JSON allows.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
