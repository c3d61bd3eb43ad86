import ClearcoatInspection
import ClearcoatReports

/// Trained models: what reads can be asked about anything, and written again it reads the same.
struct ClassifierTarget: FuzzTarget {
    func run(_ bytes: [UInt8]) {
        let model: ClassifierModel
        do {
            model = try ClassifierModel(json: bytes)
        } catch {
            promise(error.description.utf8.count < 2000, "a message that can be read: \(error)")
            return
        }
        for value in [0, 1, -1, 4.5, 1e300, -.infinity, .infinity, .nan] as [Double] {
            let values = model.inputs.map { _ in value }
            let probabilities = model.probabilities(values)
            promise(abs(probabilities.reduce(0, +) - 1) < 1e-9, "probabilities: \(probabilities)")
            for index in model.classes.indices {
                let contributions = model.contributions(values, toClass: index)
                promise(contributions.allSatisfy(\.isFinite), "contributions: \(contributions)")
            }
        }
        for comparison in [model.training.crossValidation] + model.training.tests {
            promise((0...1).contains(comparison.model.accuracy), "accuracy: \(comparison.model.accuracy)")
        }
        do {
            promise(try ClassifierModel(json: ClassifierCoder.file(model)) == model, "the same model again")
        } catch {
            promise(false, "what is read can be written and read: \(error)")
        }
    }

    func seeds() throws -> [[UInt8]] {
        let matrix = ClassConfusion(truth: [.scratch], called: [.scratch, .unknown])
        let comparison = ClassifierTraining.Comparison(
            name: "a",
            model: matrix,
            rules: matrix,
            together: matrix,
            minConfidence: 0.5,
            logLoss: 0.25,
            calibrationError: 0.125
        )
        let model = try ClassifierModel(
            classes: [.inclusion, .scratch],
            inputs: [.feature(.elongation), .polarity],
            trees: [
                DecisionTree(
                    [
                        .split(input: 0, threshold: 4, below: 1, above: 2), .leaf(counts: [8, 0]),
                        .split(input: 1, threshold: -0.5, below: 3, above: 4), .leaf(counts: [0, 6]),
                        .leaf(counts: [1, 1]),
                    ],
                    classCount: 2,
                    inputCount: 2
                )
            ],
            calibration: [.identity, .init(slope: 1.25, offset: -0.5)],
            training: ClassifierTraining(
                seed: 1,
                recipeSHA256: "",
                pictures: 2,
                findings: 16,
                falseFindings: 0,
                missedDefects: 1,
                folds: 2,
                crossValidation: comparison,
                tests: [comparison],
                importance: [.init(input: "elongation", share: 1)]
            )
        )
        return [try ClassifierCoder.file(model)]
    }

    var words: [String] {
        [
            "\"trees\": [", "\"slope\": ", " <= ", " ? 1 : 2", " : ", ", ", "forest", "polarity", "1e308",
            "-1", "null",
        ]
            + Feature.allCases.map(\.rawValue) + DefectClass.allCases.map(\.rawValue)
    }
    let maximumLength = 8192
}
