#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A trained classifier: a forest of decision trees over the features of a candidate, and what turns its
/// votes into probabilities.
///
/// Small enough to be read: a model's file has the trees in words, how it was trained and how often it was right.
///
/// - Reference: L. Breiman, "Random forests", Machine Learning 45, 2001.
public struct ClassifierModel: Sendable, Hashable {
    /// The version of the file format. Within it, keys are only ever added.
    public static let currentSchemaVersion = 1

    /// The classes it tells apart.
    public let classes: [DefectClass]
    /// What it looks at.
    public let inputs: [ClassifierInput]
    /// The trees; each has one vote, split as the training findings at its end are.
    public let trees: [DecisionTree]
    /// How the vote for each class becomes a probability, in the order of ``classes``.
    public let calibration: [Calibration]
    /// How it was made, and how good it is.
    public var training: ClassifierTraining

    /// How votes become probabilities: `1 / (1 + exp(-(slope · log(v / (1 - v)) + offset)))` for a vote of v,
    /// then divided by the sum over all classes.
    ///
    /// - Reference: J. Platt, "Probabilistic outputs for support vector machines", 1999.
    public struct Calibration: Sendable, Hashable {
        /// Above 1 the forest is too timid, below too bold.
        public var slope: Double
        /// Above 0 the forest votes for the class too rarely.
        public var offset: Double

        /// Votes as they are.
        public static let identity = Calibration(slope: 1, offset: 0)

        /// A calibration from its parts.
        public init(slope: Double, offset: Double) {
            self.slope = slope
            self.offset = offset
        }

        /// Votes nearer to 0 or 1 than this count as this: no forest is that sure.
        package static let leastVote = 0.001

        /// The logarithm of the odds of a vote.
        package static func logOdds(_ vote: Double) -> Double {
            let vote = min(max(vote, leastVote), 1 - leastVote)
            return log(vote / (1 - vote))
        }

        /// The probability that a vote stands for, before all classes are made to sum to 1.
        func probability(of vote: Double) -> Double { 1 / (1 + exp(-(slope * Self.logOdds(vote) + offset))) }
    }

    /// The most trees, and nodes of all trees together, that a model may have.
    static let maximumTrees = 1000, maximumNodes = 500_000

    /// A model from its parts.
    ///
    /// - Throws: ``ClassifierModelError/invalid(place:problem:)`` when they do not fit together.
    public init(
        classes: [DefectClass],
        inputs: [ClassifierInput],
        trees: [DecisionTree],
        calibration: [Calibration],
        training: ClassifierTraining
    ) throws(ClassifierModelError) {
        guard classes.count >= 2, Set(classes).count == classes.count, !classes.contains(.unknown) else {
            throw .invalid(
                place: "classes",
                problem: "are not at least two different classes without \"unknown\""
            )
        }
        guard !inputs.isEmpty, Set(inputs).count == inputs.count else {
            throw .invalid(place: "inputs", problem: "are not at least one, each once")
        }
        guard (1...Self.maximumTrees).contains(trees.count) else {
            throw .invalid(place: "trees", problem: "are \(trees.count), not 1 to \(Self.maximumTrees)")
        }
        guard calibration.count == classes.count else {
            throw .invalid(
                place: "calibration",
                problem: "has \(calibration.count) entries for \(classes.count) classes"
            )
        }
        // Within these bounds no probability underflows, so that their sum is never zero.
        for (name, entry) in zip(classes, calibration)
        where !((0...20).contains(entry.slope) && (-50...50).contains(entry.offset)) {
            throw .invalid(
                place: "calibration of \(name.rawValue)",
                problem: "has a slope outside 0 .. 20 or an offset outside -50 .. 50"
            )
        }
        self.classes = classes
        self.inputs = inputs
        self.trees = trees
        self.calibration = calibration
        self.training = training
    }

    /// The values of the model's inputs for one candidate.
    public func values(_ features: FeatureVector, _ polarity: Polarity) -> [Double] {
        inputs.map { $0.value(features, polarity) }
    }

    /// The calibrated probability of each class, in the order of ``classes``; they sum to 1.
    ///
    /// - Parameter values: of the inputs, in the order of ``inputs``.
    /// - Complexity: O(trees · depth).
    public func probabilities(_ values: [Double]) -> [Double] {
        precondition(values.count == inputs.count, "\(values.count) values for \(inputs.count) inputs")
        return Self.calibrated(votes(values), by: calibration)
    }

    /// The mean over the trees of the shares at the end of each way.
    package func votes(_ values: [Double]) -> [Double] { trees.votes(values, classCount: classes.count) }

    /// Votes as probabilities that sum to 1.
    package static func calibrated(_ votes: [Double], by calibration: [Calibration]) -> [Double] {
        let single = zip(votes, calibration).map { $1.probability(of: $0) }
        let sum = single.reduce(0, +)
        return single.map { $0 / sum }
    }

    /// How far each input moved the vote for a class away from its share in the training: along every way, the
    /// change of the share at a question counts for the input that is asked. They sum to the vote minus that share.
    ///
    /// - Reference: A. Saabas, "Interpreting random forests", 2014.
    package func contributions(_ values: [Double], toClass index: Int) -> [Double] {
        var contributions = [Double](repeating: 0, count: inputs.count)
        for tree in trees {
            _ = tree.end(for: values) { input, from, to in
                contributions[input] += tree.share(of: index, at: to) - tree.share(of: index, at: from)
            }
        }
        return contributions.map { $0 / Double(trees.count) }
    }
}

extension [DecisionTree] {
    /// The mean over the trees of the shares of the classes at the end of each way.
    package func votes(_ values: [Double], classCount: Int) -> [Double] {
        var votes = [Double](repeating: 0, count: classCount)
        for tree in self {
            let end = tree.end(for: values)
            for index in votes.indices { votes[index] += tree.share(of: index, at: end) }
        }
        return votes.map { $0 / Double(count) }
    }
}
