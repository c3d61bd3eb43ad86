/// What another recipe makes of a capture, by its record alone.
public struct Rejudgement: Sendable, Hashable {
    /// The capture's name.
    public var id: String
    /// What the record says.
    public var before: Verdict
    /// What the recipe says now; nil when the record cannot tell: see ``notes``.
    public var after: Verdict?
    /// Why it was so, as the record says.
    public var reasonsBefore: [String]
    /// Why it is so now. Only filled in when the verdict flips.
    public var reasons: [String] = []
    /// What the record leaves open.
    public var notes: [Note] = []
    /// How many findings were judged again.
    public var findings = 0
    /// How many of them have another class now.
    public var renamed = 0
    /// How many findings of the record the recipe does not look at: in an ignored area, or of a size or polarity that
    /// it does not look for.
    public var leftOut = 0

    /// Whether the verdict is another one.
    public var isFlip: Bool { after.map { $0 != before } ?? false }

    /// What a record leaves open.
    public enum Note: String, Sendable, Hashable, CaseIterable {
        /// The picture could not be judged, and new limits do not make it better.
        case couldNotBeJudged
        /// The recipe needs a scale, and neither it nor the record has one.
        case scaleUnknown
        /// A mask or the points of the recipe do not fit the picture's size.
        case recipeDoesNotFit
        /// The recipe's scale is another: sizes in mm are worked out anew from pixels.
        case scaleChanged
        /// Candidates were dropped for their size or polarity that the recipe would look at.
        case candidatesDropped
        /// An area was ignored that now counts: nobody knows what is in it.
        case areaWasIgnored
        /// A feature that a rule or the classifier asks about is not in the record; the recorded classes are kept.
        case featureMissing
        /// The surface of a zone that a limit on appearance asks about is not in the record.
        case appearanceMissing

        /// One clause for the engineer.
        public var text: String {
            switch self {
            case .couldNotBeJudged: "the picture could not be judged, which a recipe cannot change"
            case .scaleUnknown: "the recipe is in millimetres and the scale is unknown"
            case .recipeDoesNotFit: "a mask or the scale's points are for pictures of another size"
            case .scaleChanged: "the scale is another, so sizes in mm are worked out from pixels"
            case .candidatesDropped:
                "candidates were dropped for a size or polarity that the recipe would look at; inspect again"
            case .areaWasIgnored: "an area was ignored that now counts; inspect again"
            case .featureMissing:
                "a feature that a rule or the classifier asks about was not recorded, so classes stay"
            case .appearanceMissing:
                "the surface of a zone that a limit on appearance asks about was not recorded; inspect again"
            }
        }
    }
}
