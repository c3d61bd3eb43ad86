import ClearcoatImage
public import ClearcoatInspection

/// Makes a classifier from examples: cross-validates, calibrates, and grows the forest on all of them.
///
/// Pure: the same examples, options and seed give the same model, to the byte.
public struct ClassifierTrainer: Sendable {
    /// How forests are grown.
    public var options = ForestOptions()
    /// What all that is random follows from.
    public var seed = 1
    /// In how many parts the pictures are divided for the cross-validation; fewer when there are fewer pictures.
    public var folds = 5
    /// The least probability at which the model's class would be taken, for the comparison with the rules.
    public var minimumConfidence = Recipe.Classifier.defaultMinimumConfidence
    /// SHA-256 of the recipe that the examples were found by.
    public var recipeSHA256 = ""

    /// The fewest findings to learn from.
    static let leastFindings = 20

    /// The options written above.
    public init() {}

    /// Trains a model.
    ///
    /// The calibration is fitted to what forests say of pictures that they have not seen, and so is the
    /// comparison in the summary measured (its two numbers for each class are fitted to the same findings).
    ///
    /// - Throws: ``TrainingError`` when there is too little to learn from.
    public func train(on examples: TrainingExamples) throws -> ClassifierModel {
        let table = examples.table.droppingEmptyClasses()
        try check(table)
        let parts = self.parts(of: table)
        let votes = try crossValidatedVotes(table, parts)
        let calibration = table.classes.indices.map { index in
            fitPlatt(votes.map { $0[index] }, isRight: table.rows.map { $0.label == index }).readable
        }
        let forest = try Forest(growing: table, options: clipped(table), seed: random(0))
        var comparison = ComparisonCount(name: "cross-validation", classes: table.classes, minimumConfidence)
        for (row, votes) in zip(table.rows, votes) {
            comparison.add(
                ClassifierModel.calibrated(votes, by: calibration),
                truth: table.classes[row.label],
                ruleClass: row.ruleClass
            )
        }
        return try ClassifierModel(
            classes: table.classes,
            inputs: table.inputs,
            trees: forest.trees,
            calibration: calibration,
            training: ClassifierTraining(
                seed: seed,
                recipeSHA256: recipeSHA256,
                pictures: examples.pictures,
                findings: table.rows.count,
                falseFindings: examples.falseFindings,
                missedDefects: examples.missedDefects,
                folds: (parts.max() ?? 0) + 1,
                crossValidation: comparison.comparison,
                tests: [],
                importance: zip(table.inputs, forest.importance)
                    .map { .init(input: $0.name, share: ($1 * 1e4).rounded() / 1e4) }
                    .sorted { $0.share > $1.share }
            )
        )
    }

    /// Holds a model and the rules against examples that it has not learnt from.
    public func test(
        _ model: ClassifierModel,
        on examples: TrainingExamples,
        called name: String
    ) -> ClassifierTraining.Comparison {
        let table = examples.table
        var comparison = ComparisonCount(name: name, classes: model.classes, minimumConfidence)
        for row in table.rows {
            comparison.add(
                model.probabilities(row.values),
                truth: table.classes[row.label],
                ruleClass: row.ruleClass
            )
        }
        return comparison.comparison
    }

    /// A seed for one purpose.
    private func random(_ purpose: UInt64) -> UInt64 { UInt64(bitPattern: Int64(seed)) ^ (purpose << 32) }

    private func check(_ table: TrainingTable) throws(TrainingError) {
        guard table.classes.count >= 2 else { throw .tooFewClasses(table.classes) }
        guard table.rows.count >= Self.leastFindings else {
            throw .tooFewFindings(table.rows.count, needed: Self.leastFindings)
        }
        guard Set(table.rows.map(\.group)).count >= 2 else { throw .onePicture }
    }

    private func clipped(_ table: TrainingTable) -> ForestOptions {
        var options = options
        options.inputsPerQuestion = min(options.inputsPerQuestion, table.inputs.count)
        return options
    }

    /// The part that each row belongs to: pictures in random order, dealt out in turn.
    private func parts(of table: TrainingTable) -> [Int] {
        var groups = Set(table.rows.map(\.group)).sorted()
        var generator = SplitMix64(seed: random(0x666f_6c64))
        for place in groups.indices.dropLast() {
            groups.swapAt(place, place + generator.next(below: groups.count - place))
        }
        let count = min(folds, groups.count)
        let part = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, $0 % count) })
        return table.rows.map { part[$0.group] ?? 0 }
    }

    /// For each row the votes of a forest that was grown on the other parts.
    private func crossValidatedVotes(_ table: TrainingTable, _ parts: [Int]) throws -> [[Double]] {
        var votes = [[Double]](repeating: [], count: table.rows.count)
        for part in 0...(parts.max() ?? 0) {
            let rest = table.rows.indices.filter { parts[$0] != part }
            guard !rest.isEmpty else { continue }
            let forest = try Forest(
                growing: table.selecting(rest),
                options: clipped(table),
                seed: random(UInt64(part) + 1)
            )
            for row in table.rows.indices where parts[row] == part {
                votes[row] = forest.trees.votes(table.rows[row].values, classCount: table.classes.count)
            }
        }
        return votes
    }
}

extension ClassifierModel.Calibration {
    /// With four decimals, as a file that people read should have it.
    fileprivate var readable: Self {
        .init(slope: (slope * 1e4).rounded() / 1e4, offset: (offset * 1e4).rounded() / 1e4)
    }
}
