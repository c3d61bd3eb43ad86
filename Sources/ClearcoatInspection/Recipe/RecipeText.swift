import ClearcoatImage

extension Recipe {
    /// The recipe as text: every field with its value, in one fixed form.
    ///
    /// Two recipes are equal exactly when their texts are, and the text reads back as an equal recipe;
    /// so its hash identifies what a record was made with. For that reason it has no comments.
    public var yaml: String {
        var lines = ["name: \(quoted(name))"]
        switch scale {
        case nil where points != nil: lines += (points?.pairs ?? []).yaml
        case nil: lines.append("scale: file")
        case let scale? where scale.isIsotropic:
            lines.append("scale: { mmPerPixel: \(scale.mmPerPixelX.shortest) }")
        case let scale?:
            let x = scale.mmPerPixelX.shortest, y = scale.mmPerPixelY.shortest
            lines.append("scale: { mmPerPixelX: \(x), mmPerPixelY: \(y) }")
        }
        lines += [
            "surface: { polarity: \(surface.polarity.rawValue), illumination: \(surface.illumination.rawValue) }",
            "detect:",
            "  size: { min: \(detect.minimumSize.text), max: \(detect.maximumSize.text) }",
            "  falseAlarms: \(detect.falseAlarms.shortest) per \(detect.per.rawValue)",
            "  thresholdFactor: \(detect.thresholdFactor.shortest)",
        ]
        // What only some recipes have is left out of the others, whose hashes stay what they were.
        if !detect.usesColour { lines.append("  colour: false") }
        lines += [
            "station:",
            "  focus: { min: \(station.minimumFocus.shortest) }",
        ]
        if station.minimumGrain != Station().minimumGrain {
            lines.append("  grain: { min: \(station.minimumGrain.shortest) }")
        }
        lines += [
            "  exposure: { min: \(station.exposure.lowerBound.shortest), "
                + "max: \(station.exposure.upperBound.shortest) }",
            "  saturation: { max: \(station.maximumSaturation.shortest) }",
            "  glare: { max: \(station.maximumGlare.shortest) }",
            "  noise: { max: \(station.maximumNoise.shortest) }",
        ]
        lines += list("zones", zones.map { "{ name: \(quoted($0.name)), \($0.area.keys) }" })
        lines += list("ignore", ignore.map(\.yaml))
        lines += list("classes", classes.map(\.yaml))
        if let classifier { lines.append(classifier.yaml) }
        lines += list("limits", limits.map(\.yaml))
        // What only some recipes have is left out of the others, whose hashes stay what they were.
        if uncertainSizes != .asMeasured { lines.append("uncertainSizes: \(uncertainSizes.rawValue)") }
        if !appearance.isEmpty { lines += list("appearance", appearance.map(\.yaml)) }
        if report != Report() { lines.append("report: { language: \(report.language.rawValue) }") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func list(_ key: String, _ entries: [String]) -> [String] {
        entries.isEmpty ? ["\(key): []"] : ["\(key):"] + entries.map { "  - " + $0 }
    }
}

extension [PointCalibration.Pair] {
    fileprivate var yaml: [String] {
        ["scale:", "  points:"] + map { "    - { px: \($0.pixels.text), mm: \($0.millimetres.text) }" }
    }
}

extension Point {
    fileprivate var text: String { "[\(x.shortest), \(y.shortest)]" }
}

extension Area {
    /// A plain polygon is a list of corners, as ever; anything else has keys.
    fileprivate var yaml: String { plainPolygon?.text ?? "{ \(keys) }" }

    fileprivate var keys: String {
        var keys: [String] = []
        if let polygon { keys.append("polygon: \(polygon.text)") }
        if let mask { keys.append("mask: \(quoted(mask.path)), sha256: \(quoted(mask.sha256))") }
        if let margin { keys.append("margin: \(margin.text)") }
        return keys.joined(separator: ", ")
    }
}

extension Polygon {
    fileprivate var text: String {
        "[" + corners.map(\.text).joined(separator: ", ") + "]"
    }
}

extension ClassRule {
    fileprivate var yaml: String {
        let conditions = conditions.map {
            "\($0.feature.rawValue): \"\($0.bounds.text($0.feature.dimension))\""
        }
        let when = conditions.isEmpty ? "{}" : "{ " + conditions.joined(separator: ", ") + " }"
        return "{ class: \(`class`.rawValue), polarity: \(polarity?.rawValue ?? "any"), when: \(when) }"
    }
}

extension Limit {
    fileprivate var yaml: String {
        "{ zone: \(zone.map(quoted) ?? "any"), class: \(`class`?.rawValue ?? "any"), "
            + "size: \(size.map { "\"\($0.text(.length))\"" } ?? "any"), "
            + "count: \(count.map { "\"\($0.text())\"" } ?? "any"), "
            + "spacing: \(spacing?.text ?? "any"), "
            + (density.map { "density: \"\($0.text)\", " } ?? "") + "verdict: \(verdict.rawValue) }"
    }

    /// The limit in one short phrase, as reasons quote it: `crater > 0.5 mm in zone A, count > 3`.
    public var text: String {
        var phrase = `class`.map { $0.rawValue } ?? "any finding"
        if let size { phrase += " " + size.text(.length) }
        if let zone { phrase += " in zone " + zone }
        if let count { phrase += ", count " + count.text() }
        if let spacing { phrase += ", closer than " + spacing.text }
        if let density { phrase += ", " + density.text }
        return phrase
    }
}

extension AppearanceLimit {
    fileprivate var yaml: String {
        "{ zone: \(zone.map(quoted) ?? "any"), \(measure.rawValue): \"\(boundText)\", "
            + (wavelengths.map { "wavelength: \"\($0.text)\", " } ?? "") + "verdict: \(verdict.rawValue) }"
    }
}

extension Limit.Density {
    /// The density as a recipe writes it: `> 5 per dm2`.
    public var text: String { bounds.text() + " per " + unit.rawValue }
}

/// A text as a YAML scalar: as it is when it is a plain word, else in double quotes with escapes.
func quoted(_ text: String) -> String {
    let isWord =
        text.utf8.allSatisfy { byte in
            let letter = Character(Unicode.Scalar(byte))
            return letter.isASCII && (letter.isLetter || letter.isNumber || letter == "-" || letter == "_")
        } && text.first?.isLetter == true
    let reserved = ["any", "null", "true", "false", "yes", "no", "on", "off", "y", "n"]
    if isWord, !reserved.contains(text.lowercased()) { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        default:
            if scalar.isPrintable {
                result.unicodeScalars.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
    }
    return result + "\""
}

extension Unicode.Scalar {
    /// Whether YAML lets the character stand as itself, and people can see it.
    fileprivate var isPrintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
            false
        default: true
        }
    }
}
