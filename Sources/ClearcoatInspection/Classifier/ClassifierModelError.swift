/// Why the bytes of a file are no classifier that can be used.
public enum ClassifierModelError: Error, Sendable, Hashable {
    /// No JSON, or not of the form of a model: where and what.
    case malformed(String)
    /// A model of a version that this program does not read.
    case unsupportedVersion(Int)
    /// A part of the model that cannot be.
    case invalid(place: String, problem: String)
}

extension ClassifierModelError: CustomStringConvertible {
    /// One sentence for the operator with the remedy, to follow a path and a colon.
    public var description: String {
        let remedy = "; get the file again, or make it anew with \"clearcoat train\""
        return switch self {
        case .malformed(let what): "not a classifier: \(what)\(remedy)"
        case .unsupportedVersion(let version):
            "a classifier of version \(version); this program reads version "
                + "\(ClassifierModel.currentSchemaVersion): make it anew with \"clearcoat train\""
        case .invalid(let place, let problem): "a broken classifier: \(place) \(problem)\(remedy)"
        }
    }
}
