public import ClearcoatInspection

/// Classifiers to the JSON of their files, in the one form that this package writes. ``ClassifierModel`` reads it.
public enum ClassifierCoder {
    /// A model as its own file: indented, with a newline at the end; the same model gives the same bytes.
    ///
    /// - Throws: ``RecordCodingError/notFinite(path:)`` when a number is infinite or undefined.
    public static func file(_ model: ClassifierModel) throws(RecordCodingError) -> [UInt8] {
        let tree: JSONValue
        do {
            tree = try JSONTreeEncoder.tree(of: model)
        } catch {
            throw .malformed("\(error)")
        }
        return try JSONWriter.pretty(tree)
    }
}
