/// Where a capture's files lie below `records/` and `annotated/`: the relative path of its input.
///
/// Held as bytes, since a file name on Linux is any bytes but `/` and NUL. It can only point downwards:
/// it has no empty, `.` or `..` component and is not absolute.
public struct CapturePath: Sendable, Hashable {
    /// The path: at least one component, joined by `/`.
    public let bytes: [UInt8]

    /// Takes a relative path as the file system has it. Empty and `.` components and slashes at either
    /// end are dropped.
    ///
    /// - Throws: ``ResultsError/unsafePath(_:)`` for `..`, NUL or a path with nothing in it.
    public init(bytes: [UInt8]) throws(ResultsError) {
        let components = bytes.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
        guard !components.isEmpty, !bytes.contains(0),
            !components.contains(where: { $0.elementsEqual("..".utf8) })
        else { throw .unsafePath(String(decoding: bytes, as: UTF8.self)) }
        self.bytes = Array(components.joined(separator: [UInt8(ascii: "/")]))
    }

    /// Takes a capture's ``id``.
    ///
    /// - Throws: ``ResultsError/unsafePath(_:)``.
    public init(id: String) throws(ResultsError) { try self.init(bytes: Self.unescaped(id)) }

    /// The path as text, for records and people: two different paths never have the same.
    ///
    /// Mostly the path itself. Where its bytes are not UTF-8, or it has a `\x` in it, each byte that is
    /// not UTF-8 is written `\xHH` and each backslash `\\`.
    public var id: String {
        let text = String(decoding: bytes, as: UTF8.self)
        if text.utf8.elementsEqual(bytes) && !Self.hasEscape(bytes) { return text }
        return Self.escaped(bytes)
    }

    /// The folders above the last component.
    var folders: [[UInt8]] { components.dropLast() }

    /// The name of a file beside others of its kind: the last component with `suffix`.
    ///
    /// Longer than a file system takes (255 bytes), the name is cut and a hash of the whole is put in
    /// its place, so that long names stay apart.
    func fileName(suffix: String) -> [UInt8] {
        let name = components.last ?? []
        let limit = 255 - suffix.utf8.count
        if name.count <= limit { return name + Array(suffix.utf8) }
        let hash = String(Self.hash(name), radix: 16)
        let mark = "~" + String(repeating: "0", count: 16 - hash.count) + hash
        var cut = limit - mark.utf8.count
        while cut > 0, name[cut] & 0b1100_0000 == 0b1000_0000 { cut -= 1 }  // not inside a character
        return name.prefix(cut) + Array(mark.utf8) + Array(suffix.utf8)
    }

    /// The file's path below the results: `folder/…/name suffix`.
    package func file(in folder: String, suffix: String) -> [UInt8] {
        let parts = [Array(folder.utf8)] + folders + [fileName(suffix: suffix)]
        return Array(parts.joined(separator: [UInt8(ascii: "/")]))
    }

    private var components: [[UInt8]] { bytes.split(separator: UInt8(ascii: "/")).map(Array.init) }

    /// FNV-1a, 64 bits: enough to keep apart the few names of one folder that are too long.
    static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    private static let backslash = UInt8(ascii: "\\")

    private static func hasEscape(_ bytes: [UInt8]) -> Bool {
        zip(bytes, bytes.dropFirst()).contains { $0 == backslash && $1 == UInt8(ascii: "x") }
    }

    private static func escaped(_ bytes: [UInt8]) -> String {
        var text = ""
        var rest = bytes[...]
        while let first = rest.first {
            // The longest valid character at the front, or one byte that is none.
            let length = (1...4).first { length in
                length <= rest.count && String(validating: rest.prefix(length), as: UTF8.self) != nil
            }
            if first == backslash {
                text += "\\\\"
            } else if let length {
                text += String(decoding: rest.prefix(length), as: UTF8.self)
            } else {
                text += "\\x" + (first < 16 ? "0" : "") + String(first, radix: 16)
            }
            rest = rest.dropFirst(length ?? 1)
        }
        return text
    }

    private static func unescaped(_ id: String) -> [UInt8] {
        let bytes = Array(id.utf8)
        guard hasEscape(bytes) else { return bytes }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == backslash, index + 1 < bytes.count {
                if bytes[index + 1] == backslash {
                    result.append(backslash)
                    index += 2
                    continue
                }
                if index + 3 < bytes.count, bytes[index + 1] == UInt8(ascii: "x"),
                    let value = UInt8(
                        String(decoding: bytes[index + 2...index + 3], as: UTF8.self),
                        radix: 16
                    )
                {
                    result.append(value)
                    index += 4
                    continue
                }
            }
            result.append(bytes[index])
            index += 1
        }
        return result
    }
}
