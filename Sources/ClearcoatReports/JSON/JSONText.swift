import FoundationEssentials

/// Text with escapes, which is rare enough to be left to the library.
enum JSONText {
    /// The text between two quotes, which are part of `bytes`.
    static func decoded(quoted bytes: ArraySlice<UInt8>) throws -> String {
        try JSONDecoder().decode(String.self, from: Data(bytes))
    }
}
