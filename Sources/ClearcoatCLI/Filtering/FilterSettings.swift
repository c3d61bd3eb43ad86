import ArgumentParser

/// The settings of one use of an operation, all of them checked.
struct FilterSettings {
    private var values: [String: String] = [:]

    /// Takes `--key value` and `--key=value` for the parameters of `filter`; what is not given has its default.
    ///
    /// - Throws: `ValidationError` for an unknown key, a missing value and a value that is not allowed.
    init(_ arguments: [String], for filter: FilterName) throws {
        for parameter in filter.parameters { values[parameter.name] = parameter.initial }
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                throw ValidationError("\"\(argument)\" is not expected here")
            }
            let parts = argument.dropFirst(2).split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            let name = String(parts[0])
            guard let parameter = filter.parameters.first(where: { $0.name == name }) else {
                let known = filter.parameters.map { "--\($0.name)" }.joined(separator: ", ")
                throw ValidationError(
                    "\(filter.rawValue) has no setting \"--\(name)\"; it has \(known.isEmpty ? "none" : known)"
                )
            }
            guard let text = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
                throw ValidationError("--\(name) needs a value: \(parameter.allowed)")
            }
            guard parameter.accepts(text) else {
                throw ValidationError("--\(name) is \(parameter.allowed), not \"\(text)\"")
            }
            values[name] = text
        }
    }

    /// A number.
    func number(_ name: String) -> Double { values[name].flatMap { Double($0) } ?? 0 }

    /// A whole number.
    func whole(_ name: String) -> Int { values[name].flatMap { Int($0) } ?? 0 }

    /// A word.
    func word(_ name: String) -> String { values[name] ?? "" }
}
