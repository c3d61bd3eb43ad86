/// A place in a text: line and column from 1, columns in Unicode scalars.
struct Mark: Hashable, Comparable {
    var line: Int
    var column: Int

    static func < (one: Mark, two: Mark) -> Bool { (one.line, one.column) < (two.line, two.column) }
}

/// A piece of a YAML document with its place.
struct YAMLValue {
    var mark: Mark
    var content: Content

    enum Content {
        /// Nothing, `~` or `null`.
        case null
        /// Words or a number.
        case scalar(String)
        case list([YAMLValue])
        /// Pairs in the order of the text; a key may occur twice.
        case mapping([(key: Key, value: YAMLValue)])
    }

    struct Key {
        var mark: Mark
        /// Nil when the key is not a plain word but a list or a mapping.
        var name: String?
    }

    /// What it is, for a message.
    var description: String {
        switch content {
        case .null: "nothing"
        case .scalar(let text): "\"\(shortened(text))\""
        case .list: "a list"
        case .mapping: "a group of keys"
        }
    }
}

/// Something wrong at a place.
struct MarkedMessage: Error {
    var mark: Mark
    var message: String
}
