import CClearcoatCodecs

extension CClearcoatCodecs_report {
    /// Why the operation failed, in the library's words.
    var messageText: String { Self.text(of: message) }

    /// The harmless complaints.
    var warningLines: [String] { Self.text(of: warnings).split(separator: "\n").map(String.init) }

    /// The characters of a C array up to its zero.
    private static func text<Characters>(of characters: Characters) -> String {
        unsafe withUnsafeBytes(of: characters) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
