import Yams

/// What the YAML library found wrong, with its place and, for the usual slips, the remedy.
func describeSyntaxError(_ error: any Error, in text: String) -> MarkedMessage {
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
        .composer(let context, let problem, let mark, _):
        let mark = Mark(line: mark.line, column: mark.column)
        let problem = problem.hasPrefix("but ") ? String(problem.dropFirst(4)) : problem
        let place = context.map { " (\(trimmed($0.text)) from line \($0.mark.line))" } ?? ""
        return MarkedMessage(
            mark: mark,
            message: "not valid YAML: \(problem)\(place)" + remedy(at: mark, in: text)
        )
    case .reader(let problem, let offset, _, _):
        // The library gives a distance in characters from the start.
        let before = offset.map { text.prefix($0) } ?? text.prefix(0)
        let lines = before.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let mark = Mark(line: max(1, lines.count), column: (lines.last?.unicodeScalars.count ?? 0) + 1)
        return MarkedMessage(mark: mark, message: "not valid YAML: \(problem)")
    default:
        return MarkedMessage(mark: Mark(line: 1, column: 1), message: "not valid YAML")
    }
}

/// A hint for the slips that everybody makes once; empty when it is none of them.
private func remedy(at mark: Mark, in text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    // The library may notice a slip only at the start of the next line.
    let near = lines.indices.filter { $0 + 1 == mark.line || $0 + 2 == mark.line }.map { lines[$0] }
    if near.contains(where: { $0.contains("\t") }) { return "; indent with blanks, not with tabs" }
    if near.contains(where: { line in [": >", ":>", ": |"].contains { line.contains($0) } }) {
        return "; put bounds in quotes: size: \"> 0.5 mm\""
    }
    if near.contains(where: { $0.contains("%") || $0.contains("@") || $0.contains("`") }) {
        return "; put text with special characters in quotes"
    }
    return ""
}
