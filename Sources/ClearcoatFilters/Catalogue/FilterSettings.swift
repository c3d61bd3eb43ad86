/// The settings of one use of an operation, all of them checked.
package struct FilterSettings: Sendable {
    private var values: [String: String] = [:]

    /// Takes `--key value` and `--key=value` for the parameters of `filter`; what is not given has its default.
    ///
    /// - Throws: ``FilterSettingsError``.
    package init(_ arguments: [String], for filter: NamedFilter) throws(FilterSettingsError) {
        for parameter in filter.parameters { values[parameter.name] = parameter.initial }
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                throw .unexpected(argument)
            }
            let parts = argument.dropFirst(2).split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            let name = String(parts[0])
            guard let parameter = filter.parameters.first(where: { $0.name == name }) else {
                throw .unknown(name, filter)
            }
            guard let text = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
                throw .missingValue(name, allowed: parameter.allowed)
            }
            guard parameter.accepts(text) else {
                throw .badValue(name, text, allowed: parameter.allowed)
            }
            values[name] = text
        }
        // Edges that begin above one level and go on above a higher one would never go on.
        if [.canny, .hysteresis].contains(filter), whole("low") > whole("high") {
            throw .lowAboveHigh(low: whole("low"), high: whole("high"))
        }
    }

    /// A number.
    package func number(_ name: String) -> Double { values[name].flatMap { Double($0) } ?? 0 }

    /// A whole number.
    package func whole(_ name: String) -> Int { values[name].flatMap { Int($0) } ?? 0 }

    /// A word.
    package func word(_ name: String) -> String { values[name] ?? "" }
}

/// Why settings are not taken.
package enum FilterSettingsError: Error, Sendable, Hashable {
    /// Not a `--key`.
    case unexpected(String)
    /// The filter has no such setting.
    case unknown(String, NamedFilter)
    /// A key at the end.
    case missingValue(String, allowed: String)
    /// A value that the setting cannot have.
    case badValue(String, String, allowed: String)
    /// The lower of two thresholds is the higher one.
    case lowAboveHigh(low: Int, high: Int)
}

extension FilterSettingsError: CustomStringConvertible {
    /// One sentence, with what could be given instead.
    package var description: String {
        switch self {
        case .unexpected(let argument): return "\"\(argument)\" is not expected here"
        case .unknown(let name, let filter):
            let known = filter.parameters.map { "--\($0.name)" }.joined(separator: ", ")
            return "\(filter.rawValue) has no setting \"--\(name)\"; it has \(known.isEmpty ? "none" : known)"
        case .missingValue(let name, let allowed): return "--\(name) needs a value: \(allowed)"
        case .badValue(let name, let text, let allowed): return "--\(name) is \(allowed), not \"\(text)\""
        case .lowAboveHigh(let low, let high): return "--low \(low) must not be above --high \(high)"
        }
    }
}
