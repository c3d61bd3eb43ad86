public import ClearcoatInspection

/// What a classifier learns from: one row a finding, with what was measured on it and what it is.
public struct TrainingTable: Sendable, Hashable {
    /// What the numbers of a row are.
    public let inputs: [ClassifierInput]
    /// The classes that rows can have.
    public let classes: [DefectClass]
    /// The rows, in the order they came.
    public private(set) var rows: [Row] = []

    /// One finding.
    public struct Row: Sendable, Hashable {
        /// The values of the inputs, in their order.
        public var values: [Double]
        /// What it is, as an index of ``TrainingTable/classes``.
        public var label: Int
        /// Which picture it is from; rows of one picture are never divided between training and test.
        public var group: Int
        /// What the recipe's rules say.
        public var ruleClass: DefectClass

        /// A row from its parts.
        public init(values: [Double], label: Int, group: Int, ruleClass: DefectClass = .unknown) {
            self.values = values
            self.label = label
            self.group = group
            self.ruleClass = ruleClass
        }
    }

    /// A table without rows.
    public init(inputs: [ClassifierInput] = ClassifierInput.standard, classes: [DefectClass]) {
        self.inputs = inputs
        self.classes = classes
    }

    /// Adds a finding.
    ///
    /// - Precondition: one value an input, and a label of the table's classes.
    public mutating func add(_ row: Row) {
        precondition(
            row.values.count == inputs.count,
            "\(row.values.count) values for \(inputs.count) inputs"
        )
        precondition(classes.indices.contains(row.label), "label \(row.label) of \(classes.count)")
        rows.append(row)
    }

    /// The table of the rows with these indexes.
    func selecting(_ indexes: [Int]) -> TrainingTable {
        var copy = self
        copy.rows = indexes.map { rows[$0] }
        return copy
    }

    /// The table with the classes that have rows, and no others.
    func droppingEmptyClasses() -> TrainingTable {
        let used = classes.indices.filter { index in rows.contains { $0.label == index } }
        var copy = TrainingTable(inputs: inputs, classes: used.map { classes[$0] })
        copy.rows = rows.map { row in
            var row = row
            row.label = used.firstIndex(of: row.label) ?? 0
            return row
        }
        return copy
    }
}
