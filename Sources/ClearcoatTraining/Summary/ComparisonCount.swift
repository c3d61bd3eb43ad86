import ClearcoatInspection

/// Counts what the model, the rules and both together say of findings that are known.
struct ComparisonCount {
    private let name: String
    private let classes: [DefectClass]
    private let minimumConfidence: Double
    private var model, rules, together: ClassConfusion
    private var reliability = Reliability()

    init(name: String, classes: [DefectClass], _ minimumConfidence: Double) {
        self.name = name
        self.classes = classes
        self.minimumConfidence = minimumConfidence
        let all = DefectClass.allCases
        model = ClassConfusion(truth: all.filter { $0 != .unknown }, called: classes)
        rules = ClassConfusion(truth: all.filter { $0 != .unknown }, called: all)
        together = rules
    }

    /// - Parameter probabilities: in the order of the model's classes.
    mutating func add(_ probabilities: [Double], truth: DefectClass, ruleClass: DefectClass) {
        let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
        let isSure = probabilities[best] >= minimumConfidence
        model.count(truth, called: classes[best])
        rules.count(truth, called: ruleClass)
        together.count(truth, called: isSure ? classes[best] : ruleClass)
        if let index = classes.firstIndex(of: truth) { reliability.add(probabilities, truth: index) }
    }

    var comparison: ClassifierTraining.Comparison {
        ClassifierTraining.Comparison(
            name: name,
            model: model.droppingEmptyRows,
            rules: rules.droppingEmptyRows,
            together: together.droppingEmptyRows,
            minConfidence: minimumConfidence,
            logLoss: (reliability.logLoss * 1e4).rounded() / 1e4,
            calibrationError: (reliability.calibrationError * 1e4).rounded() / 1e4
        )
    }
}
