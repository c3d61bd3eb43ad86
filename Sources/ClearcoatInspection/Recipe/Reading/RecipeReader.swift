import ClearcoatImage

extension Recipe {
    /// Reads a recipe from its text.
    ///
    /// Strict: an unknown key, a wrong unit, an impossible value is an error, and all of them are
    /// reported at once. Warnings alone do not stop it; see ``check(yaml:file:)``.
    ///
    /// - Parameters:
    ///   - yaml: the text, at most 256 KiB. Hostile text is safe: it can only throw.
    ///   - file: what messages call the text, usually its path.
    ///   - loadMask: gets the masks that the recipe names; without it such a recipe is an error.
    /// - Throws: ``RecipeProblems`` with every error and warning, in the order of the text.
    public init(
        yaml: String,
        file: String,
        loadMask: @escaping AreaMaskLoader = Recipe.noMasks
    ) throws(RecipeProblems) {
        let (recipe, problems) = Recipe.read(yaml: yaml, file: file, loadMask)
        guard let recipe else { throw RecipeProblems(problems) }
        self = recipe
    }

    /// Reads a recipe from the bytes of a file, which must be UTF-8.
    public init(
        bytes: [UInt8],
        file: String,
        loadMask: @escaping AreaMaskLoader = Recipe.noMasks
    ) throws(RecipeProblems) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw RecipeProblems([Recipe.encodingProblem(bytes, file: file)])
        }
        try self.init(yaml: text, file: file, loadMask: loadMask)
    }

    /// Has no mask: for recipes that are not files.
    public static func noMasks(_ path: String) throws(AreaMaskError) -> AreaMask {
        throw AreaMaskError("masks are read beside a recipe file, and this recipe is none")
    }

    /// Everything that is wrong or looks wrong in a recipe's text, in the order of the text; empty
    /// when there is nothing.
    public static func check(
        yaml: String,
        file: String,
        loadMask: @escaping AreaMaskLoader = Recipe.noMasks
    ) -> [RecipeProblem] {
        read(yaml: yaml, file: file, loadMask).problems
    }

    /// Everything that is wrong or looks wrong in the bytes of a recipe file.
    public static func check(
        bytes: [UInt8],
        file: String,
        loadMask: @escaping AreaMaskLoader = Recipe.noMasks
    ) -> [RecipeProblem] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return [encodingProblem(bytes, file: file)]
        }
        return check(yaml: text, file: file, loadMask: loadMask)
    }

    /// The recipe, unless there is an error, and all problems.
    private static func read(
        yaml: String,
        file: String,
        _ loadMask: @escaping AreaMaskLoader
    ) -> (recipe: Recipe?, problems: [RecipeProblem]) {
        // The loader is asked while the text is read and never kept.
        withoutActuallyEscaping(loadMask) { read(yaml: yaml, file: file, keeping: $0) }
    }

    private static func read(
        yaml: String,
        file: String,
        keeping loadMask: @escaping AreaMaskLoader
    ) -> (recipe: Recipe?, problems: [RecipeProblem]) {
        var messages: [MarkedMessage] = []
        let document = readYAML(yaml, problems: &messages)
        if document == nil, messages.isEmpty {
            messages.append(
                MarkedMessage(
                    mark: Mark(line: 1, column: 1),
                    message: "the recipe is empty; \"clearcoat recipe show\" prints one to start from"
                )
            )
        }
        var reader = RecipeReader(errors: messages, loadMask: loadMask)
        let recipe = document.map { reader.recipe($0) }
        if reader.errors.isEmpty, let recipe { reader.lookForContradictions(in: recipe) }
        var problems = reader.errors.map { RecipeProblem($0, .error, file) }
        problems += reader.warnings.map { RecipeProblem($0, .warning, file) }
        problems.sort { ($0.line, $0.column, $0.message) < ($1.line, $1.column, $1.message) }
        return (reader.errors.isEmpty ? recipe : nil, problems)
    }

    private static func encodingProblem(_ bytes: [UInt8], file: String) -> RecipeProblem {
        // The longest valid beginning ends where the replacement characters of a lenient decoding begin.
        var decoder = UTF8()
        var input = bytes.makeIterator()
        var mark = Mark(line: 1, column: 1)
        while case .scalarValue(let scalar) = decoder.decode(&input) {
            mark =
                scalar == "\n"
                ? Mark(line: mark.line + 1, column: 1) : Mark(line: mark.line, column: mark.column + 1)
        }
        return RecipeProblem(
            kind: .error,
            file: file,
            line: mark.line,
            column: mark.column,
            message: "not UTF-8 text; save the file with the encoding UTF-8"
        )
    }
}

extension RecipeProblem {
    fileprivate init(_ message: MarkedMessage, _ kind: Kind, _ file: String) {
        self.init(
            kind: kind,
            file: file,
            line: message.mark.line,
            column: message.mark.column,
            message: message.message
        )
    }
}

/// Walks a recipe's tree and gathers what is wrong with it. A wrong part leaves the default in place,
/// so that the walk goes on.
struct RecipeReader {
    var errors: [MarkedMessage] = []
    var warnings: [MarkedMessage] = []
    /// Where the parts stand that the search for contradictions speaks of.
    var zoneMarks: [Mark] = []
    var ruleMarks: [Mark] = []
    var limitMarks: [Mark] = []
    var appearanceMarks: [Mark] = []
    /// Where the list of limits stands, when the recipe has one of its own.
    var limitsMark: Mark?

    /// Gets the masks that the recipe names.
    let loadMask: AreaMaskLoader

    init(errors: [MarkedMessage], loadMask: @escaping AreaMaskLoader) {
        self.errors = errors
        self.loadMask = loadMask
    }

    mutating func report(_ message: String, at mark: Mark) {
        errors.append(MarkedMessage(mark: mark, message: message))
    }

    mutating func warn(_ message: String, at mark: Mark) {
        warnings.append(MarkedMessage(mark: mark, message: message))
    }
}

// The small words of the language: groups of keys, lists, numbers, choices.
extension RecipeReader {
    /// The values of a group by key; reports a value that is no group, keys that are unknown, missing
    /// or given twice.
    mutating func fields(
        _ value: YAMLValue,
        of owner: String,
        allowed: [String],
        required: [String] = []
    ) -> [String: YAMLValue] {
        guard case .mapping(let pairs) = value.content else {
            let form = "{ " + allowed.map { $0 + ": …" }.joined(separator: ", ") + " }"
            report("\(owner) is \(form), not \(value.description)", at: value.mark)
            return [:]
        }
        var found: [String: YAMLValue] = [:]
        var places: [String: Mark] = [:]
        for (key, value) in pairs {
            guard let name = key.name else {
                report("a key in \(owner) is a word, not a list or a group", at: key.mark)
                continue
            }
            if let first = places[name] {
                report(
                    "\"\(shortened(name))\" is given twice in \(owner), first in line \(first.line)",
                    at: key.mark
                )
                continue
            }
            places[name] = key.mark
            if allowed.contains(name) {
                found[name] = value
            } else {
                let isDecimal = name.first?.isNumber == true
                let hint = isDecimal ? "; the decimal sign is a point, not a comma" : advice(name, allowed)
                report("unknown key \"\(shortened(name))\" in \(owner)" + hint, at: key.mark)
            }
        }
        for name in required where found[name] == nil && places[name] == nil {
            report("\"\(name)\" is missing in \(owner)", at: value.mark)
        }
        return found
    }

    /// The entries of a list; reports a value that is none.
    mutating func list(_ value: YAMLValue, of owner: String) -> [YAMLValue] {
        guard case .list(let entries) = value.content else {
            report("\(owner) is a list, not \(value.description)", at: value.mark)
            return []
        }
        return entries
    }

    /// The text of a single value; reports a list, a group or nothing.
    mutating func text(_ value: YAMLValue, of owner: String) -> String? {
        guard case .scalar(let text) = value.content else {
            report("\(owner) is a single value, not \(value.description)", at: value.mark)
            return nil
        }
        return text
    }

    /// A number within a range; reports anything else.
    mutating func number(_ value: YAMLValue, of owner: String, in range: ClosedRange<Double>) -> Double? {
        guard let text = text(value, of: owner) else { return nil }
        guard let number = Double(recipeText: text) else {
            report("\(owner) is a number, not \"\(shortened(text))\"", at: value.mark)
            return nil
        }
        guard range.contains(number) else {
            let allowed = "\(range.lowerBound.shortest) .. \(range.upperBound.shortest)"
            report("\(owner) is \(number.shortest); allowed: \(allowed)", at: value.mark)
            return nil
        }
        return number
    }

    /// One of the words of an enumeration; nil for `any` where that is allowed. Reports any other, with
    /// the one that was probably meant.
    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ value: YAMLValue,
        of owner: String,
        among choices: [Choice] = Array(Choice.allCases),
        orAny: Bool = false
    ) -> Choice? {
        guard let text = text(value, of: owner), !(orAny && text == "any") else { return nil }
        if let choice = choices.first(where: { $0.rawValue == text }) { return choice }
        let words = choices.map(\.rawValue) + (orAny ? ["any"] : [])
        report("\(owner) cannot be \"\(shortened(text))\"" + advice(text, words), at: value.mark)
        return nil
    }

    /// A length above zero with its unit.
    mutating func length(_ value: YAMLValue, of owner: String) -> Length? {
        guard let text = text(value, of: owner) else { return nil }
        do {
            let length = try Length(text: text)
            if length.value > 0 { return length }
            report("\(owner) is \(length.text); a length is above 0", at: value.mark)
        } catch {
            report(
                "\(owner): \"\(shortened(text))\" is no length such as \"0.2 mm\": \(error.message)",
                at: value.mark
            )
        }
        return nil
    }

    /// Bounds on a quantity that lies in `range`.
    mutating func bounds(
        _ value: YAMLValue,
        of owner: String,
        _ dimension: Feature.Dimension,
        in range: ClosedRange<Double>
    ) -> Bounds? {
        guard let text = text(value, of: owner) else { return nil }
        do {
            let bounds = try Bounds(text: text, dimension: dimension)
            let possible = Bounds(
                lower: max(bounds.lower ?? range.lowerBound, range.lowerBound),
                includesLower: (bounds.lower ?? -.infinity) < range.lowerBound || bounds.includesLower,
                upper: min(bounds.upper ?? range.upperBound, range.upperBound),
                includesUpper: (bounds.upper ?? .infinity) > range.upperBound || bounds.includesUpper
            )
            let isNegative = range.lowerBound == 0 && ((bounds.lower ?? 0) < 0 || (bounds.upper ?? 0) < 0)
            guard !possible.isEmpty, !isNegative else {
                let least = range.lowerBound.shortest, most = range.upperBound
                let truth =
                    most.isFinite ? "always within \(least) .. \(most.shortest)" : "never below \(least)"
                report("\(owner): \"\(shortened(text))\" is impossible; it is \(truth)", at: value.mark)
                return nil
            }
            return bounds
        } catch {
            report("\(owner): \"\(shortened(text))\" is no bound: \(error.message)", at: value.mark)
            return nil
        }
    }

    /// A name that people read: one line, not empty, of at most 100 characters.
    mutating func name(_ value: YAMLValue, of owner: String) -> String? {
        guard let text = text(value, of: owner) else { return nil }
        guard !trimmed(text).isEmpty, text.count <= 100 else {
            report(
                "\(owner) has 1 to 100 characters, not \(trimmed(text).isEmpty ? 0 : text.count)",
                at: value.mark
            )
            return nil
        }
        guard
            !text.unicodeScalars.contains(where: {
                $0.properties.generalCategory == .control || $0 == "\u{2028}"
            })
        else {
            report("\(owner) is one line of printable text", at: value.mark)
            return nil
        }
        return text
    }

    /// What is allowed, and what was probably meant.
    func advice(_ text: String, _ words: [String]) -> String {
        let guess = suggestion(for: text, among: words).map { "; did you mean \"\($0)\"?" } ?? ""
        return "; allowed: " + words.joined(separator: ", ") + guess
    }
}
