/// Walks through JSON bytes and takes what its caller asks for, passing over the rest: no tree, no copies.
///
/// For reading a few numbers out of gigabytes of records. ``RecordCoder`` reads one record in full and says what is
/// wrong with it; this says only that something is.
struct JSONCursor {
    /// The bytes are not the JSON that was asked for.
    struct Malformed: Error {}

    private let bytes: ArraySlice<UInt8>
    private var index: Int

    /// Deeper nesting is no record.
    private static let maximumDepth = 64

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    /// Nothing but blanks is left.
    mutating func expectEnd() throws(Malformed) {
        skipBlanks()
        guard index == bytes.endIndex else { throw Malformed() }
    }

    /// Calls `body` with each key of an object; it must take the value.
    mutating func object(
        _ body: (_ key: String, _ cursor: inout JSONCursor) throws(Malformed) -> Void
    ) throws(Malformed) {
        try take(UInt8(ascii: "{"))
        if takeIf(UInt8(ascii: "}")) { return }
        repeat {
            let key = try string()
            try take(UInt8(ascii: ":"))
            try body(key, &self)
        } while takeIf(UInt8(ascii: ","))
        try take(UInt8(ascii: "}"))
    }

    /// Calls `body` at each element of an array; it must take the element.
    mutating func array(_ body: (_ cursor: inout JSONCursor) throws(Malformed) -> Void) throws(Malformed) {
        try take(UInt8(ascii: "["))
        if takeIf(UInt8(ascii: "]")) { return }
        repeat { try body(&self) } while takeIf(UInt8(ascii: ","))
        try take(UInt8(ascii: "]"))
    }

    /// Takes `null`, if it is there.
    mutating func null() throws(Malformed) -> Bool {
        guard peek() == UInt8(ascii: "n") else { return false }
        try skip()
        return true
    }

    /// A number, or nil for `null`.
    mutating func optionalNumber() throws(Malformed) -> Double? { try null() ? nil : number() }

    /// A number.
    mutating func number() throws(Malformed) -> Double {
        let start = skipBlanks()
        let isNegative = index < bytes.endIndex && bytes[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var digits: UInt64 = 0
        var count = 0
        var decimals = 0
        var isPlain = true
        var hasPoint = false
        while index < bytes.endIndex {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                // Nineteen digits cannot overflow; those in excess go the slow way.
                if count < 19 { digits = digits &* 10 &+ UInt64(byte &- UInt8(ascii: "0")) }
                count += 1
                if hasPoint { decimals += 1 }
            case UInt8(ascii: ".") where !hasPoint: hasPoint = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"): isPlain = false
            default:
                return try value(start, isNegative, digits, count, decimals, isPlain)
            }
            index += 1
        }
        return try value(start, isNegative, digits, count, decimals, isPlain)
    }

    /// Both numbers below are exact, so their quotient is the nearest to the decimal number (W. Clinger, "How to
    /// read floating point numbers accurately", 1990); others go the library's way.
    private func value(
        _ start: Int,
        _ isNegative: Bool,
        _ digits: UInt64,
        _ count: Int,
        _ decimals: Int,
        _ isPlain: Bool
    ) throws(Malformed) -> Double {
        guard count > 0 else { throw Malformed() }
        if isPlain, count < 19, digits < 1 << 53, decimals < Self.powers.count {
            let value = Double(digits) / Self.powers[decimals]
            return isNegative ? -value : value
        }
        guard let value = Double(String(decoding: bytes[start..<index], as: UTF8.self)), value.isFinite else {
            throw Malformed()
        }
        return value
    }

    /// Powers of ten that a Double holds exactly.
    private static let powers = (0...22).map { (0..<$0).reduce(1.0) { product, _ in product * 10 } }

    /// A whole number.
    mutating func integer() throws(Malformed) -> Int {
        guard let value = Int(exactly: try number()) else { throw Malformed() }
        return value
    }

    /// A text.
    mutating func string() throws(Malformed) -> String {
        let (start, end, hasEscapes) = try text()
        if !hasEscapes { return String(decoding: bytes[start..<end], as: UTF8.self) }
        return try unescaped(start, end)
    }

    /// Passes over whatever comes.
    mutating func skip() throws(Malformed) { try skip(depth: 0) }

    private mutating func skip(depth: Int) throws(Malformed) {
        guard depth < Self.maximumDepth else { throw Malformed() }
        switch peek() {
        case UInt8(ascii: "\""): _ = try text()
        case UInt8(ascii: "{"), UInt8(ascii: "["): try skipNested()
        case nil: throw Malformed()
        default:
            // A number or a word: up to what ends it.
            let start = index
            while index < bytes.endIndex, !Self.ends(bytes[index]) { index += 1 }
            if index == start { throw Malformed() }
        }
    }

    /// Passes over an object or an array by counting its brackets, its strings aside.
    private mutating func skipNested() throws(Malformed) {
        var depth = 0
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                _ = try text()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                if depth > Self.maximumDepth { throw Malformed() }
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            index += 1
            if depth == 0 { return }
        }
        throw Malformed()
    }

    private static func ends(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: " "), 9, 10, 13: true
        default: false
        }
    }

    /// Where a text begins and ends between its quotes, and whether something in it is escaped.
    private mutating func text() throws(Malformed) -> (start: Int, end: Int, hasEscapes: Bool) {
        try take(UInt8(ascii: "\""))
        let start = index
        var hasEscapes = false
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return (start, index - 1, hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                index += 2
            default: index += 1
            }
        }
        throw Malformed()
    }

    private func unescaped(_ start: Int, _ end: Int) throws(Malformed) -> String {
        do {
            return try JSONText.decoded(quoted: bytes[start - 1...end])
        } catch {
            throw Malformed()
        }
    }

    private mutating func peek() -> UInt8? {
        skipBlanks()
        return index < bytes.endIndex ? bytes[index] : nil
    }

    @discardableResult
    private mutating func skipBlanks() -> Int {
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: " "), 9, 10, 13: index += 1
            default: return index
            }
        }
        return index
    }

    private mutating func take(_ byte: UInt8) throws(Malformed) {
        guard takeIf(byte) else { throw Malformed() }
    }

    private mutating func takeIf(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }
}
