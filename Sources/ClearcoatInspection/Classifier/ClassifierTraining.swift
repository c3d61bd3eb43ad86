/// How a classifier was made and how good it is: what its file says of it.
public struct ClassifierTraining: Sendable, Hashable, Codable {
    /// What all that is random follows from.
    public var seed: Int
    /// SHA-256, in hexadecimal, of the effective recipe that the training pictures were inspected by.
    public var recipeSHA256: String
    /// How many pictures with known defects were read.
    public var pictures: Int
    /// How many findings lay on a known defect: the rows of the training table.
    public var findings: Int
    /// How many findings lay on none, and were left out.
    public var falseFindings: Int
    /// How many known defects no finding lay on.
    public var missedDefects: Int
    /// In how many parts the pictures were divided for the cross-validation.
    public var folds: Int
    /// On findings of the training pictures, each judged by a forest that has not seen its picture.
    public var crossValidation: Comparison
    /// On other pictures, in the order they were given.
    public var tests: [Comparison]
    /// How much each input brought to the trees, the most first; sums to 1.
    public var importance: [Importance]

    /// The share of the decrease of impurity that an input brought.
    public struct Importance: Sendable, Hashable, Codable {
        /// The input.
        public var input: String
        /// 0...1.
        public var share: Double

        /// An input and its share.
        public init(input: String, share: Double) {
            self.input = input
            self.share = share
        }
    }

    /// Model and rules on the same findings.
    public struct Comparison: Sendable, Hashable, Codable {
        /// What the pictures are called.
        public var name: String
        /// What the model says, whatever its probability.
        public var model: ClassConfusion
        /// What the recipe's rules say.
        public var rules: ClassConfusion
        /// What findings get: the model's class where its probability is at least ``minConfidence``, else the
        /// rules'.
        public var together: ClassConfusion
        /// The least probability that counted for ``together``.
        public var minConfidence: Double
        /// The mean of -log of the probability of the true class; 0 is perfect. Of the model.
        public var logLoss: Double
        /// How far probabilities are from the share that is right: mean over ten ranges of the model's highest
        /// probability of the distance of the two, weighed by findings.
        public var calibrationError: Double

        /// A comparison from its parts.
        public init(
            name: String,
            model: ClassConfusion,
            rules: ClassConfusion,
            together: ClassConfusion,
            minConfidence: Double,
            logLoss: Double,
            calibrationError: Double
        ) {
            self.name = name
            self.model = model
            self.rules = rules
            self.together = together
            self.minConfidence = minConfidence
            self.logLoss = logLoss
            self.calibrationError = calibrationError
        }
    }

    /// A summary from its parts.
    public init(
        seed: Int,
        recipeSHA256: String,
        pictures: Int,
        findings: Int,
        falseFindings: Int,
        missedDefects: Int,
        folds: Int,
        crossValidation: Comparison,
        tests: [Comparison],
        importance: [Importance]
    ) {
        self.seed = seed
        self.recipeSHA256 = recipeSHA256
        self.pictures = pictures
        self.findings = findings
        self.falseFindings = falseFindings
        self.missedDefects = missedDefects
        self.folds = folds
        self.crossValidation = crossValidation
        self.tests = tests
        self.importance = importance
    }
}

/// How often findings of each class were called what.
public struct ClassConfusion: Sendable, Hashable, Codable {
    /// What findings were called, in the order of the columns.
    public private(set) var columns: [DefectClass]
    /// One row for each class that findings can have.
    public private(set) var rows: [Row]

    /// The findings that are of one class.
    public struct Row: Sendable, Hashable, Codable {
        /// What they are.
        public var `class`: DefectClass
        /// How many were called each of the columns.
        public var counts: [Int]
    }

    /// A matrix without findings.
    public init(truth classes: [DefectClass], called columns: [DefectClass]) {
        self.columns = columns
        rows = classes.map { Row(class: $0, counts: columns.map { _ in 0 }) }
    }

    /// Counts a finding. A class without a row or a column is not counted.
    public mutating func count(_ truth: DefectClass, called: DefectClass) {
        guard let row = rows.firstIndex(where: { $0.class == truth }),
            let column = columns.firstIndex(of: called)
        else { return }
        rows[row].counts[column] += 1
    }

    /// The same without the classes that have no findings.
    public var droppingEmptyRows: ClassConfusion {
        var copy = self
        copy.rows.removeAll { row in row.counts.allSatisfy { $0 == 0 } }
        return copy
    }

    /// All findings.
    public var total: Int { rows.reduce(0) { $0 + $1.counts.reduce(0, +) } }

    /// The findings that were called what they are.
    public var right: Int {
        rows.reduce(0) { sum, row in sum + (columns.firstIndex(of: row.class).map { row.counts[$0] } ?? 0) }
    }

    /// The share that is right; 0 without findings.
    public var accuracy: Double { total == 0 ? 0 : Double(right) / Double(total) }
}

extension ClassConfusion {
    /// The most findings in one place; no more are possible, and sums stay far from overflow.
    private static let maximumCount = 1_000_000_000

    /// Reads a matrix; refuses one whose rows do not fit its columns.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        columns = try container.decode([DefectClass].self, forKey: .columns)
        rows = try container.decode([Row].self, forKey: .rows)
        let width = columns.count
        guard
            rows.allSatisfy({
                $0.counts.count == width && $0.counts.allSatisfy((0...Self.maximumCount).contains)
            })
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .rows,
                in: container,
                debugDescription: "rows that do not fit the columns"
            )
        }
    }
}
