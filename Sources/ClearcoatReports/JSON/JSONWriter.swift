/// Writes JSON the one way this package writes it: keys sorted, no escaped slashes, numbers in the
/// shortest form that reads back the same, UTF-8.
///
/// The pretty form indents by two spaces and keeps an array of numbers, or of arrays of numbers, on
/// one line, so that a contour does not fill a screen. The plain form is one line without spaces, fit
/// for NDJSON.
package struct JSONWriter {
    /// The bytes written so far.
    package private(set) var bytes: [UInt8] = []
    private let isPretty: Bool

    /// A writer with nothing written.
    package init(pretty: Bool) { isPretty = pretty }

    /// The bytes of one value, in the pretty form with a newline at the end.
    ///
    /// - Throws: ``RecordCodingError/notFinite(path:)``.
    package static func pretty(_ value: JSONValue) throws(RecordCodingError) -> [UInt8] {
        var writer = JSONWriter(pretty: true)
        try writer.write(value)
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// The bytes of one value on one line, with a newline at the end.
    ///
    /// - Throws: ``RecordCodingError/notFinite(path:)``.
    package static func line(_ value: JSONValue) throws(RecordCodingError) -> [UInt8] {
        var writer = JSONWriter(pretty: false)
        try writer.write(value)
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// Appends one value.
    ///
    /// - Throws: ``RecordCodingError/notFinite(path:)`` with the place inside the value; JSON has no
    ///   form for an infinite or undefined number.
    package mutating func write(_ value: JSONValue) throws(RecordCodingError) {
        try write(value, depth: 0)
    }

    private mutating func write(_ value: JSONValue, depth: Int) throws(RecordCodingError) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .integer(let number): append(String(number))
        case .number(let number):
            guard let text = Self.text(of: number) else { throw .notFinite(path: "") }
            append(text)
        case .string(let text): append(quoted: text)
        case .array(let elements): try write(elements, depth: depth)
        case .object(let members): try write(members, depth: depth)
        }
    }

    private mutating func write(_ elements: [JSONValue], depth: Int) throws(RecordCodingError) {
        let isInline = !isPretty || elements.allSatisfy(\.fitsOnALine)
        append("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { append(isInline && isPretty ? ", " : ",") }
            if !isInline { newLine(depth + 1) }
            do throws(RecordCodingError) {
                try write(element, depth: depth + 1)
            } catch {
                throw error.inside("[\(index)]")
            }
        }
        if !isInline { newLine(depth) }
        append("]")
    }

    private mutating func write(_ members: [String: JSONValue], depth: Int) throws(RecordCodingError) {
        append("{")
        var isFirst = true
        for (key, value) in members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            if !isFirst { append(",") }
            isFirst = false
            if isPretty { newLine(depth + 1) }
            append(quoted: key)
            append(isPretty ? ": " : ":")
            do throws(RecordCodingError) {
                try write(value, depth: depth + 1)
            } catch {
                throw error.inside(key)
            }
        }
        if isPretty && !isFirst { newLine(depth) }
        append("}")
    }

    /// The shortest decimal form that reads back as `number`; nil when it is not finite. Minus zero
    /// is written as zero, which compares equal.
    package static func text(of number: Double) -> String? {
        guard number.isFinite else { return nil }
        if number == 0 { return "0" }
        let text = number.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func newLine(_ depth: Int) {
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<2 * depth { bytes.append(UInt8(ascii: " ")) }
    }

    private mutating func append(quoted text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case UInt8(ascii: "\n"): append("\\n")
            case UInt8(ascii: "\r"): append("\\r")
            case UInt8(ascii: "\t"): append("\\t")
            case 0..<0x20: append("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension RecordCodingError {
    /// The same with the place as seen from the array or object around it. Put together on the way back, so that
    /// nothing is spent on places of numbers that are finite.
    fileprivate func inside(_ outer: String) -> RecordCodingError {
        guard case .notFinite(let path) = self else { return self }
        let isMember = !path.isEmpty && !path.hasPrefix("[")
        return .notFinite(path: outer + (isMember ? "." : "") + path)
    }
}

extension JSONValue {
    /// Numbers, other scalars but text, and arrays of them.
    fileprivate var fitsOnALine: Bool {
        switch self {
        case .null, .bool, .integer, .number: true
        case .string, .object: false
        case .array(let elements): elements.allSatisfy { $0.double != nil }
        }
    }
}
