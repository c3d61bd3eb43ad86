extension Explanation {
    /// What a trained classifier says of a finding.
    public struct ModelOpinion: Sendable, Hashable, Codable {
        /// Whether the finding's class is the model's: its probability is at least ``minConfidence``. Else it is
        /// that of the rules.
        public var decides: Bool
        /// The most probable class.
        public var `class`: DefectClass
        /// Its calibrated probability, 0...1.
        public var probability: Double
        /// The least probability that the recipe asks for.
        public var minConfidence: Double
        /// What the rules say, whose number and conditions stand beside this.
        public var ruleClass: DefectClass
        /// The inputs that speak most for the class, or against it, the strongest first; at most three.
        public var strongest: [Influence]
    }

    /// What one input has to do with what a model says.
    public struct Influence: Sendable, Hashable, Codable {
        /// The input: a feature or `polarity`.
        public var feature: String
        /// What was measured, lengths in pixels; polarity is -1, 0 or 1.
        public var value: Double
        /// By how much it moved the forest's vote for the class; negative speaks against.
        public var contribution: Double
    }
}

/// Names a candidate by the recipe: its rules and, where there is one, its classifier.
///
/// The model sees the features as the record has them, rounded, so that the record alone is enough to follow it.
/// With a model the confidence is the calibrated probability of the class that the finding gets, whoever gave
/// it; a class that the model does not know keeps the confidence of its rule.
package func classify(
    _ features: FeatureVector,
    _ measures: PhysicalMeasures?,
    polarity: Polarity,
    recipe: Recipe
) -> Explanation.Classification {
    var result = classify(features, measures, polarity: polarity, rules: recipe.classes)
    guard let classifier = recipe.classifier, let model = classifier.model else { return result }
    let values = model.values(features.asRecorded, polarity)
    let probabilities = model.probabilities(values)
    let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    // As the record has it, so that nobody wonders.
    let probability = rounded(probabilities[best])
    let decides = probability >= classifier.minimumConfidence
    result.model = Explanation.ModelOpinion(
        decides: decides,
        class: model.classes[best],
        probability: probability,
        minConfidence: classifier.minimumConfidence,
        ruleClass: result.class,
        strongest: model.strongest(values, forClass: best)
    )
    if decides { result.class = model.classes[best] }
    if let index = model.classes.firstIndex(of: result.class) { result.confidence = probabilities[index] }
    return result
}

extension ClassifierModel {
    /// The three inputs that moved the vote for a class the most.
    fileprivate func strongest(_ values: [Double], forClass index: Int) -> [Explanation.Influence] {
        let contributions = contributions(values, toClass: index)
        // Stable, so that equal ones keep the order of the inputs.
        let order = contributions.indices.sorted { abs(contributions[$0]) > abs(contributions[$1]) }
        return order.prefix(3).filter { rounded(contributions[$0]) != 0 }.map {
            .init(feature: inputs[$0].name, value: values[$0], contribution: rounded(contributions[$0]))
        }
    }
}

extension Explanation.Classification {
    /// The decision in words, of the rules and of the model.
    package var words: String {
        guard let model else { return sentence }
        var rules = self
        rules.class = model.ruleClass
        let supporting = model.strongest.filter { $0.contribution > 0 }
        let strongest = supporting.map { "\($0.feature) \(readable($0.value))" }.joined(separator: ", ")
        let why = strongest.isEmpty ? "" : " (most by \(strongest))"
        // One digit more than shares have elsewhere: 99.7 % is not 100 %.
        let probability = "\(rounded(100 * model.probability, decimals: 1).shortest) %"
        guard model.decides else {
            return
                "\(rules.sentence); the model leaves it to the rules, since its \(model.class.rawValue) has a "
                + "probability of \(probability)\(why), below the \(percent(model.minConfidence)) asked"
        }
        let agreement =
            model.class == model.ruleClass ? "the rules agree" : "the rules say \(model.ruleClass.rawValue)"
        return
            "named \(model.class.rawValue) by the model with a probability of \(probability)\(why), at least "
            + "\(percent(model.minConfidence)) asked; \(agreement)"
    }
}
