/// One thing that is wrong, or looks wrong, in a recipe's text.
public struct RecipeProblem: Sendable, Hashable {
    /// Whether the recipe can be used in spite of it.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The recipe cannot be used.
        case error
        /// The recipe can be used, but this part of it probably does not do what was meant.
        case warning
    }

    /// Whether the recipe can be used in spite of it.
    public var kind: Kind
    /// The file as the caller names it.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The column, from 1, in characters (Unicode scalars).
    public var column: Int
    /// What was found, what is allowed and, where there is one, the likely correction.
    public var message: String

    /// A problem at its place.
    public init(kind: Kind, file: String, line: Int, column: Int, message: String) {
        self.kind = kind
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }
}

extension RecipeProblem: CustomStringConvertible {
    /// One line in the form that editors jump to: `hood.yaml:3:5: error: …`.
    public var description: String { "\(file):\(line):\(column): \(kind.rawValue): \(message)" }
}

/// Why a text is not a recipe: every problem, in the order of the text.
public struct RecipeProblems: Error, Sendable, Hashable {
    /// The problems; at least one is an error.
    public var problems: [RecipeProblem]

    /// Gathers problems.
    public init(_ problems: [RecipeProblem]) { self.problems = problems }
}

extension RecipeProblems: CustomStringConvertible {
    /// One problem a line.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
