/// Text that is safe to put into a page: what a literal says is markup, what is interpolated is escaped.
///
/// So a file name can only become text, whatever is in it, unless someone writes `HTML(trusted:)`.
package struct HTML: Sendable, ExpressibleByStringInterpolation {
    package private(set) var text: String

    package init(stringLiteral value: String) { text = value }
    package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    /// Takes markup as it is.
    package init(trusted markup: String) { text = markup }

    package static func + (left: HTML, right: HTML) -> HTML { HTML(trusted: left.text + right.text) }
    package static func += (left: inout HTML, right: HTML) { left.text += right.text }

    /// One of two pieces of markup. Without the type that this gives, a literal in a condition would be text.
    package static func when(_ condition: Bool, _ markup: HTML, else other: HTML = "") -> HTML {
        condition ? markup : other
    }

    package struct Interpolation: StringInterpolationProtocol {
        var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        package mutating func appendLiteral(_ literal: String) { text += literal }
        package mutating func appendInterpolation(_ value: String) { text += HTML.escaped(value) }
        package mutating func appendInterpolation(_ value: Int) { text += String(value) }
        package mutating func appendInterpolation(_ value: HTML) { text += value.text }
    }

    /// Text with everything that means something in markup or in an attribute replaced, and control
    /// characters shown as their symbols.
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\u{0}"..."\u{1F}":
                result.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? " ")
            case "\u{7F}": result += "\u{2421}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A relative address of a file, safe in an attribute and in any name's hands: every byte but plain
    /// letters, digits and `-._~/` is written `%HH`.
    package static func address(of path: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF")
        var result = ""
        for byte in path {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += "%"
                result.append(digits[Int(byte >> 4)])
                result.append(digits[Int(byte & 15)])
            }
        }
        return result
    }
}

extension Sequence<HTML> {
    /// One after the other.
    package func joined() -> HTML { HTML(trusted: map(\.text).joined()) }
}
