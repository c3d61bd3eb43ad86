/// Holds JSON against a JSON Schema, for the keywords that this package's schemas use.
///
/// Known: `$ref` into `$defs`, `type`, `const`, `enum`, `required`, `properties`,
/// `additionalProperties` (a schema), `items`, `minItems`, `maxItems`, `minimum`, `maximum`,
/// `exclusiveMinimum`, `pattern`. Any other keyword but the describing ones is an error when the
/// validator is made, so a schema cannot ask for something that nobody checks.
package struct JSONSchemaValidator: Sendable {
    private let root: JSONValue

    /// A schema that asks for something this validator does not know.
    package struct UnknownKeyword: Error {
        /// The keyword.
        package let keyword: String
    }

    /// Takes a schema.
    ///
    /// - Throws: ``UnknownKeyword``.
    package init(schema: JSONValue) throws {
        root = schema
        try Self.check(schema)
    }

    /// What is wrong with `value`, one sentence a violation, in a stable order.
    package func violations(in value: JSONValue) -> [String] {
        var found: [String] = []
        validate(value, against: root, at: "record", &found)
        return found
    }

    /// The keys in `value` that the schema does not describe, for a test that keeps schema and types
    /// in step; a reader must ignore them.
    package func undescribedKeys(in value: JSONValue) -> [String] {
        var found: [String] = []
        describe(value, by: root, at: "record", &found)
        return found
    }

    private static let known: Set<String> = [
        "$ref", "type", "const", "enum", "required", "properties", "additionalProperties", "items",
        "minItems", "maxItems", "minimum", "maximum", "exclusiveMinimum", "pattern",
        "$schema", "$id", "$defs", "title", "description",
    ]

    private static func check(_ schema: JSONValue) throws {
        guard case .object(let members) = schema else { throw UnknownKeyword(keyword: "\(schema)") }
        for (keyword, value) in members {
            guard known.contains(keyword) else { throw UnknownKeyword(keyword: keyword) }
            if ["properties", "$defs"].contains(keyword), case .object(let parts) = value {
                for part in parts.values { try check(part) }
            }
            if ["items", "additionalProperties"].contains(keyword) { try check(value) }
        }
    }

    private func resolved(_ schema: JSONValue) -> JSONValue {
        guard case .string(let reference)? = schema["$ref"] else { return schema }
        return reference.split(separator: "/").dropFirst().reduce(root) { $0[String($1)] ?? .null }
    }

    private func validate(
        _ value: JSONValue,
        against schema: JSONValue,
        at path: String,
        _ found: inout [String]
    ) {
        let schema = resolved(schema)
        if let type = schema["type"], !Self.types(type).contains(where: value.isOf) {
            found.append("\(path) is not of type \(Self.types(type).joined(separator: " or "))")
            return
        }
        if let constant = schema["const"], constant != value { found.append("\(path) has the wrong value") }
        if case .array(let choices)? = schema["enum"], !choices.contains(value) {
            found.append("\(path) is not one of the allowed words")
        }
        switch value {
        case .integer, .number: validateNumber(value.double ?? 0, schema, path, &found)
        case .string(let text): validateText(text, schema, path, &found)
        case .array(let elements): validateArray(elements, schema, path, &found)
        case .object(let members): validateObject(members, schema, path, &found)
        default: break
        }
    }

    private func validateNumber(
        _ number: Double,
        _ schema: JSONValue,
        _ path: String,
        _ found: inout [String]
    ) {
        if let minimum = schema["minimum"]?.double, number < minimum {
            found.append("\(path) is below \(minimum)")
        }
        if let maximum = schema["maximum"]?.double, number > maximum {
            found.append("\(path) is above \(maximum)")
        }
        if let bound = schema["exclusiveMinimum"]?.double, number <= bound {
            found.append("\(path) is not above \(bound)")
        }
    }

    private func validateText(_ text: String, _ schema: JSONValue, _ path: String, _ found: inout [String]) {
        guard case .string(let pattern)? = schema["pattern"] else { return }
        if let regex = try? Regex(pattern), text.contains(regex) { return }
        found.append("\(path) does not match \(pattern)")
    }

    private func validateArray(
        _ elements: [JSONValue],
        _ schema: JSONValue,
        _ path: String,
        _ found: inout [String]
    ) {
        if let least = schema["minItems"]?.double, Double(elements.count) < least {
            found.append("\(path) has fewer than \(Int(least)) elements")
        }
        if let most = schema["maxItems"]?.double, Double(elements.count) > most {
            found.append("\(path) has more than \(Int(most)) elements")
        }
        guard let items = schema["items"] else { return }
        for (index, element) in elements.enumerated() {
            validate(element, against: items, at: "\(path)[\(index)]", &found)
        }
    }

    private func validateObject(
        _ members: [String: JSONValue],
        _ schema: JSONValue,
        _ path: String,
        _ found: inout [String]
    ) {
        if case .array(let required)? = schema["required"] {
            for case .string(let key) in required where members[key] == nil {
                found.append("\(path).\(key) is missing")
            }
        }
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            if let property = schema["properties"]?[key] ?? schema["additionalProperties"] {
                validate(value, against: property, at: "\(path).\(key)", &found)
            }
        }
    }

    private func describe(_ value: JSONValue, by schema: JSONValue, at path: String, _ found: inout [String])
    {
        let schema = resolved(schema)
        if case .array(let elements) = value, let items = schema["items"] {
            for element in elements { describe(element, by: items, at: path + "[]", &found) }
        }
        guard case .object(let members) = value else { return }
        for (key, member) in members {
            if let property = schema["properties"]?[key] ?? schema["additionalProperties"] {
                describe(member, by: property, at: "\(path).\(key)", &found)
            } else {
                found.append("\(path).\(key)")
            }
        }
    }

    private static func types(_ type: JSONValue) -> [String] {
        switch type {
        case .string(let name): [name]
        case .array(let names): names.compactMap { if case .string(let name) = $0 { name } else { nil } }
        default: []
        }
    }
}

extension JSONValue {
    /// Whether the value has a type by JSON Schema's name for it.
    fileprivate func isOf(_ type: String) -> Bool {
        switch self {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .integer: type == "integer" || type == "number"
        case .number(let value): type == "number" || (type == "integer" && value == value.rounded())
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }
}
