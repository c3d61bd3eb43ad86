// How bounds and lengths are written in a recipe, both ways.

/// Why a piece of a recipe's text cannot be read: one clause, to follow what was found.
struct Misread: Error, Hashable {
    /// What is wrong and what is allowed.
    var message: String
}

extension Double {
    /// The shortest text that reads back as the same number; whole numbers without a decimal point.
    package var shortest: String {
        let text = "\(self)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// The number that a whole text says in decimal digits; nil for anything else, also for `nan`,
    /// `inf`, hexadecimal and numbers too large to hold.
    init?(recipeText text: some StringProtocol) {
        guard !text.isEmpty, text.utf8.allSatisfy({ Self.numerals.contains($0) }),
            let value = Double(String(text)), value.isFinite
        else { return nil }
        self = value
    }

    fileprivate static let numerals = Set("0123456789.+-eE".utf8)
}

extension Bounds {
    /// The bounds as a recipe writes them, such as `> 5`, `0.2 .. 0.5 mm`, `> 0.2, <= 0.5 mm`, `any`.
    ///
    /// - Parameter dimension: says how the unit is written: `mm` of a length is `mm2` of an area.
    public func text(_ dimension: Feature.Dimension = .none) -> String {
        let suffix = unit.map { " " + $0.rawValue + (dimension == .area ? "2" : "") } ?? ""
        switch (lower, upper) {
        case (nil, nil): return "any"
        case (let lower?, nil): return (includesLower ? ">= " : "> ") + lower.shortest + suffix
        case (nil, let upper?): return (includesUpper ? "<= " : "< ") + upper.shortest + suffix
        case (let lower?, let upper?):
            if includesLower && includesUpper { return lower.shortest + " .. " + upper.shortest + suffix }
            return (includesLower ? ">= " : "> ") + lower.shortest
                + (includesUpper ? ", <= " : ", < ") + upper.shortest + suffix
        }
    }

    /// Reads what ``text(_:)`` writes. Blanks do not matter; a unit may stand at each number or once
    /// at the end.
    init(text: String, dimension: Feature.Dimension) throws(Misread) {
        self.init()
        let text = trimmed(text)
        if text == "any" { return }
        if text.contains("...") { throw Misread(message: "a range has two dots: \"0.2 .. 0.5\"") }
        var parts: [(comparison: String, quantity: Quantity)] = []
        if let dots = text.firstRange(of: "..") {
            parts.append((">=", try Quantity(text[..<dots.lowerBound], dimension)))
            parts.append(("<=", try Quantity(text[dots.upperBound...], dimension)))
        } else {
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                let part = trimmed(part)
                guard let comparison = [">=", "<=", ">", "<"].first(where: { part.hasPrefix($0) }) else {
                    throw Misread(message: Bounds.form(text, dimension))
                }
                parts.append((comparison, try Quantity(part.dropFirst(comparison.count), dimension)))
            }
        }
        try set(parts, dimension)
    }

    private mutating func set(
        _ parts: [(comparison: String, quantity: Quantity)],
        _ dimension: Feature.Dimension
    ) throws(Misread) {
        let units = Set(parts.compactMap { $0.quantity.unit })
        guard units.count < 2 else { throw Misread(message: "both ends need the same unit") }
        unit = units.first
        if unit == nil, dimension.needsUnit {
            throw Misread(message: "a unit is missing: \(dimension.units.joined(separator: " or "))")
        }
        for (comparison, quantity) in parts {
            if comparison.hasPrefix(">") {
                guard lower == nil else { throw Misread(message: "two lower ends") }
                lower = quantity.value
                includesLower = comparison == ">="
            } else {
                guard upper == nil else { throw Misread(message: "two upper ends") }
                upper = quantity.value
                includesUpper = comparison == "<="
            }
        }
        guard !isEmpty else { throw Misread(message: "nothing lies in it: the lower end is above the upper") }
    }

    private static func form(_ text: String, _ dimension: Feature.Dimension) -> String {
        var unit = dimension.units.last.map { " " + $0 } ?? ""
        if let quantity = try? Quantity(text, dimension) {
            if quantity.unit == .pixels, let pixels = dimension.units.first { unit = " " + pixels }
            let number = quantity.value.shortest + unit
            return "say which side: \"> \(number)\" or \"< \(number)\""
        }
        return "write \"> 0.5\(unit)\", \"< 0.5\(unit)\" or \"0.2 .. 0.5\(unit)\""
    }
}

extension Length {
    /// The length as a recipe writes it: `0.2 mm`.
    public var text: String { value.shortest + " " + unit.rawValue }

    /// Reads what ``text`` writes.
    init(text: String) throws(Misread) {
        let quantity = try Quantity(text, .length)
        guard let unit = quantity.unit else { throw Misread(message: "a unit is missing: px or mm") }
        self.init(quantity.value, unit)
    }
}

extension Feature.Dimension {
    /// The units that a recipe may write.
    fileprivate var units: [String] {
        switch self {
        case .none, .angle: []
        case .length: ["px", "mm"]
        case .area: ["px2", "mm2"]
        }
    }

    fileprivate var needsUnit: Bool { !units.isEmpty }
}

/// A number with an optional unit, as it stands in a text.
private struct Quantity {
    var value: Double
    var unit: Length.Unit?

    init(_ text: some StringProtocol, _ dimension: Feature.Dimension) throws(Misread) {
        let text = trimmed(text)
        let digits = text.prefix { $0.isASCII && $0.utf8.allSatisfy { Double.numerals.contains($0) } }
        let name = trimmed(text.dropFirst(digits.count))
        if name.hasPrefix(","), name.dropFirst().first?.isNumber == true {
            throw Misread(message: "the decimal sign is a point, not a comma")
        }
        guard let value = Double(recipeText: digits) else {
            throw Misread(message: "\"\(digits.isEmpty ? shortened(text) : shortened(digits))\" is no number")
        }
        self.value = value
        let written = name.replacing("²", with: "2")
        guard !written.isEmpty else { return }
        guard let index = dimension.units.firstIndex(of: written) else {
            throw Misread(message: Self.unitMessage(name, dimension))
        }
        unit = index == 0 ? .pixels : .millimetres
    }

    private static func unitMessage(_ name: String, _ dimension: Feature.Dimension) -> String {
        switch dimension {
        case .none: "a plain number is wanted here, without \"\(shortened(name))\""
        case .angle: "angles are in degrees and written without a unit, so without \"\(shortened(name))\""
        case .length, .area:
            "unknown unit \"\(shortened(name))\"; allowed: \(dimension.units.joined(separator: ", "))"
        }
    }
}

/// A text without the blanks around it.
func trimmed(_ text: some StringProtocol) -> String {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
}

/// At most forty characters of a text, for a message.
func shortened(_ text: some StringProtocol) -> String {
    let start = text.prefix(40)
    return String(start.map { $0.isNewline ? " " : $0 }) + (start.endIndex < text.endIndex ? "…" : "")
}
