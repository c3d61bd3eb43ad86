import Yams

// The wall to the YAML library: a hostile text comes in, a small tree of our own goes out.

/// What a recipe's text may be at most. A larger one is a mistake or an attack.
enum YAMLLimits {
    /// Bytes of UTF-8. The largest sensible recipe, with thousands of polygon corners, has a tenth.
    static let bytes = 256 * 1024
    /// Levels of lists and keys within each other. Recipes have six.
    static let depth = 20
    /// Words that begin with `*`. Copies of copies grow without bound, so they are counted before
    /// the library unfolds them.
    static let aliases = 8
    /// Duplicate keys that are found in one go.
    static let duplicates = 16
}

/// Reads one YAML document; adds what is wrong with it to `problems` and returns nil where nothing
/// can be made of it.
func readYAML(_ text: String, problems: inout [MarkedMessage]) -> YAMLValue? {
    func give(up message: String, at mark: Mark = Mark(line: 1, column: 1)) -> YAMLValue? {
        problems.append(MarkedMessage(mark: mark, message: message))
        return nil
    }
    guard text.utf8.count <= YAMLLimits.bytes else {
        return give(up: "\(text.utf8.count) bytes are too large for a recipe; at most \(YAMLLimits.bytes)")
    }
    if let mark = placeOfExcessAlias(in: text) {
        return give(up: "too many copies (*name); write the values out", at: mark)
    }
    var scalars = Array(text.unicodeScalars)
    var renamed: [Mark: Unicode.Scalar] = [:]
    while true {
        var string = String.UnicodeScalarView()
        string.append(contentsOf: scalars)
        do {
            let parser = try Parser(yaml: String(string), encoding: .utf8)
            guard let node = try parser.singleRoot() else { return nil }
            // The names of copies live only as long as the parser.
            return withExtendedLifetime(parser) {
                YAMLTree(renamed: renamed).value(node, depth: 1, problems: &problems)
            }
        } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
            // The library refuses duplicate keys and tells only where the first is. So that first one
            // gets a name of its own, as long as the old one, and reading starts again.
            let mark = Mark(context.mark)
            guard renamed.count < YAMLLimits.duplicates,
                let index = firstLetter(ofKeyAt: mark, in: scalars),
                let replacement = Unicode.Scalar(0xE000 + UInt32(renamed.count))
            else { return give(up: "the key \"\(shortened(keys.first ?? ""))\" is given twice", at: mark) }
            renamed[mark] = scalars[index]
            scalars[index] = replacement
        } catch {
            let problem = describeSyntaxError(error, in: text)
            return give(up: problem.message, at: problem.mark)
        }
    }
}

/// Where a text has one more possible `*name` than is allowed. Counts too many rather than too few:
/// it looks everywhere but in lines that are comments as a whole.
private func placeOfExcessAlias(in text: String) -> Mark? {
    var count = 0
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        .enumerated()
    {
        guard line.first(where: { $0 != " " && $0 != "\t" }) != "#" else { continue }
        var previous: Character = " "
        for (column, character) in line.enumerated() {
            if previous == "*", character.isLetter || character.isNumber || "_-".contains(character) {
                count += 1
                if count > YAMLLimits.aliases { return Mark(line: number + 1, column: column) }
            }
            previous = character
        }
    }
    return nil
}

/// The index of the first letter of the key that begins at a mark, behind its quote if it has one;
/// nil when it does not begin with a letter that can be replaced.
private func firstLetter(ofKeyAt mark: Mark, in scalars: [Unicode.Scalar]) -> Int? {
    guard var index = offset(of: mark, in: scalars), index < scalars.count else { return nil }
    if scalars[index] == "\"" || scalars[index] == "'" { index += 1 }
    guard index < scalars.count, scalars[index].properties.isAlphabetic else { return nil }
    return index
}

/// The offset of a mark's character.
private func offset(of mark: Mark, in scalars: [Unicode.Scalar]) -> Int? {
    var line = 1
    var index = 0
    while line < mark.line {
        guard index < scalars.count else { return nil }
        let isReturn = scalars[index] == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
        if !isReturn, ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalars[index]) { line += 1 }
        index += 1
    }
    return index + mark.column - 1
}

/// Turns the library's tree into ours, putting the renamed keys right.
private struct YAMLTree {
    var renamed: [Mark: Unicode.Scalar]

    func value(_ node: Node, depth: Int, problems: inout [MarkedMessage]) -> YAMLValue {
        let mark = node.mark.map { Mark($0) } ?? Mark(line: 1, column: 1)
        if node.hasAnchor {
            problems.append(
                MarkedMessage(
                    mark: mark,
                    message: "names for copies (&name) are not used in recipes; write the value out"
                )
            )
        }
        guard depth <= YAMLLimits.depth else {
            problems.append(MarkedMessage(mark: mark, message: "more than \(YAMLLimits.depth) levels deep"))
            return YAMLValue(mark: mark, content: .null)
        }
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            let isNull = isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
            return YAMLValue(mark: mark, content: isNull ? .null : .scalar(scalar.string))
        case .sequence(let list):
            return YAMLValue(
                mark: mark,
                content: .list(list.map { value($0, depth: depth + 1, problems: &problems) })
            )
        case .mapping(let mapping):
            return YAMLValue(
                mark: mark,
                content: .mapping(
                    mapping.map { (key($0.key), value($0.value, depth: depth + 1, problems: &problems)) }
                )
            )
        case .alias:
            return YAMLValue(mark: mark, content: .null)
        }
    }

    private func key(_ node: Node) -> YAMLValue.Key {
        let mark = node.mark.map { Mark($0) } ?? Mark(line: 1, column: 1)
        guard var name = node.scalar?.string else { return YAMLValue.Key(mark: mark, name: nil) }
        if let letter = renamed[mark] {
            name = String(letter) + name.unicodeScalars.dropFirst().map(String.init).joined()
        }
        return YAMLValue.Key(mark: mark, name: name)
    }
}

extension Node {
    fileprivate var hasAnchor: Bool {
        switch self {
        case .scalar(let scalar): scalar.anchor != nil
        case .mapping(let mapping): mapping.anchor != nil
        case .sequence(let sequence): sequence.anchor != nil
        case .alias: true
        }
    }
}

extension Mark {
    fileprivate init(_ mark: Yams.Mark) { self.init(line: mark.line, column: mark.column) }
}
