/// How the inputs of one run are named in the results: DESIGN §5.
///
/// With one input, a capture is named by its path below that input (a single file by its own name).
/// With several, each input's own name comes first, made unique: the second `cam1`, by the bytes of the
/// inputs' paths, becomes `cam1-2`, the second `a.png` becomes `a-2.png`. The names depend on the inputs
/// alone, not on their order.
public struct InputNames: Sendable {
    private let names: [[UInt8]]

    /// Takes the inputs as given, files or folders, in order.
    public init(_ inputs: [[UInt8]]) {
        if inputs.count == 1 {
            names = [Self.ownName(of: inputs[0])]
            return
        }
        let own = inputs.map(Self.ownName)
        let wanted = Set(own)
        var taken: Set<[UInt8]> = []
        var names = own
        for index in inputs.indices.sorted(by: { inputs[$0].lexicographicallyPrecedes(inputs[$1]) }) {
            var unique = own[index]
            var number = 2
            while taken.contains(unique) || (unique != own[index] && wanted.contains(unique)) {
                unique = Self.numbered(own[index], number)
                number += 1
            }
            taken.insert(unique)
            names[index] = unique
        }
        self.names = names
    }

    /// Takes the inputs as given, files or folders, in order.
    public init(_ inputs: [String]) { self.init(inputs.map { Array($0.utf8) }) }

    /// The name of a file.
    ///
    /// - Parameters:
    ///   - relativePath: the file's path below the input, or nil when the input is the file itself.
    ///   - input: the index of its input.
    /// - Throws: ``ResultsError/unsafePath(_:)`` when `relativePath` does not point downwards.
    public func path(of relativePath: [UInt8]?, inInput input: Int) throws(ResultsError) -> CapturePath {
        guard let relativePath else { return try CapturePath(bytes: names[input]) }
        if names.count == 1 { return try CapturePath(bytes: relativePath) }
        return try CapturePath(bytes: names[input] + [UInt8(ascii: "/")] + relativePath)
    }

    /// The name of a file.
    ///
    /// - Parameters:
    ///   - relativePath: the file's path below the input, or nil when the input is the file itself.
    ///   - input: the index of its input.
    /// - Throws: ``ResultsError/unsafePath(_:)`` when `relativePath` does not point downwards.
    public func path(of relativePath: String?, inInput input: Int) throws(ResultsError) -> CapturePath {
        try path(of: relativePath.map { Array($0.utf8) }, inInput: input)
    }

    /// The last component that names something: `a/b/./` is `b`. For `.`, `..` and `/`, `input`.
    private static func ownName(of path: [UInt8]) -> [UInt8] {
        let components = path.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
        guard let last = components.last, !last.elementsEqual("..".utf8) else { return Array("input".utf8) }
        return Array(last)
    }

    private static func numbered(_ name: [UInt8], _ number: Int) -> [UInt8] {
        let mark = Array("-\(number)".utf8)
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return name + mark }
        return name[..<dot] + mark + name[dot...]
    }
}
