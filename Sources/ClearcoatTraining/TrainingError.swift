public import ClearcoatInspection

/// Why no classifier can be trained.
public enum TrainingError: Error, Sendable, Hashable {
    /// There is nothing to tell apart.
    case tooFewClasses([DefectClass])
    /// Too few findings lie on known defects.
    case tooFewFindings(Int, needed: Int)
    /// All findings are from one picture, so that nothing can be held against pictures not seen.
    case onePicture
}

extension TrainingError: CustomStringConvertible {
    /// One sentence for the operator with the remedy.
    public var description: String {
        switch self {
        case .tooFewClasses(let classes):
            classes.isEmpty
                ? "no finding lies on a known defect; do the pictures have masks, and does the recipe find the defects?"
                : "all findings are of the class \(classes[0].rawValue); a classifier needs at least two classes"
        case .tooFewFindings(let count, let needed):
            "\(count) findings lie on known defects; \(needed) are needed, and a few hundred are better"
        case .onePicture:
            "all findings are from one picture; at least two are needed, and a few dozen are better"
        }
    }
}
