public import ClearcoatImage

/// A candidate that the rules kept.
public struct Finding: Sendable, Hashable, Codable {
    /// 1, 2, 3 … in the order of the findings' first pixels, top-left first.
    public var id: Int
    /// What it is.
    public var `class`: DefectClass
    /// The class's position in VDA 16; null for `unknown`.
    @Nullable public var vda16: String?
    /// How well the deciding rule fits, 0...1: 1 far inside all its bounds, 0.5 on a bound. With a trained
    /// classifier its calibrated probability of the class.
    public var confidence: Double
    /// How bad it looks.
    public var severity: Severity
    /// The zone that its centroid lies in; null outside all zones.
    @Nullable public var zone: String?
    /// Darker or brighter than the paint.
    public var polarity: Polarity
    /// The smallest upright box around it, in pixels.
    public var boundingBox: Rectangle
    /// The mean of its pixel centres.
    public var centroid: Position
    /// Its outline: corners in order, clockwise on the screen, simplified to within half a pixel.
    public var contour: [[Double]]
    /// The number of its pixels.
    public var areaPx: Double
    /// Its area; null without a scale.
    @Nullable public var areaMm2: Double?
    /// Its length (see ``Feature/length``).
    public var lengthPx: Double
    /// Its length in millimetres; null without a scale.
    @Nullable public var lengthMm: Double?
    /// Its width (see ``Feature/width``).
    public var widthPx: Double
    /// Its width in millimetres; null without a scale.
    @Nullable public var widthMm: Double?
    /// The size that limits speak of (see ``Feature/size``), in pixels.
    public var sizePx: Double
    /// The same in millimetres; null without a scale.
    @Nullable public var sizeMm: Double?
    /// Half-width of the 95 % interval of the size, in pixels.
    public var sizeUncertaintyPx: Double
    /// The same in millimetres; null without a scale.
    @Nullable public var sizeUncertaintyMm: Double?
    /// Signed relative contrast (I − B)/B of its core: negative is darker.
    public var contrast: Double
    /// Its strongest response in units of local noise.
    public var snr: Double
    /// Why it was found, named and judged as it was.
    public var explanation: Explanation
}

/// A place in a record, in pixels.
public struct Position: Sendable, Hashable, Codable {
    /// Columns from the left.
    public var x: Double
    /// Rows from the top.
    public var y: Double

    /// A place from its coordinates.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// How one candidate came to be kept or dropped: numbers first, then sentences.
public struct Explanation: Sendable, Hashable, Codable {
    /// How it was detected.
    public var detection: Detection
    /// How it got its class.
    public var classification: Classification
    /// The limits that it exceeds, with the deciding one first. Empty when it is acceptable.
    public var limits: [LimitOutcome]
    /// The limits that the 95 % interval of its size straddles, so that the true size may fall on the other side.
    /// Absent when there are none.
    public var uncertain: [UncertainLimit]?
    /// The features that rules may ask about, lengths in pixels.
    public var features: [String: Double]
    /// The above in plain words.
    public var text: String

    /// The threshold a candidate met.
    public struct Detection: Sendable, Hashable, Codable {
        /// Which detector fired: `blob` and the like.
        public var detector: String
        /// The detector's scale, in pixels of the picture: 1 sees the smallest defects.
        public var scalePx: Double
        /// The strongest response, in units of local noise; signed, negative is dark.
        public var response: Double
        /// The least absolute response that makes a candidate.
        public var threshold: Double
        /// The least absolute response of a pixel that belongs to a candidate.
        public var lowThreshold: Double
        /// Response over threshold, minus one: 0.2 is 20 % above.
        public var margin: Double
        /// Number of false alarms: how many responses as strong the paint's own texture is expected to give in
        /// one picture. It is at most the recipe's budget when the response is at least the threshold.
        /// No less than 1e-20. Absent in
        /// records of versions before 0.2.
        public var nfa: Double?
        /// Local noise: the relative contrast that counts as one sigma at this scale; of the channel `colour`, the
        /// difference in CIELAB.
        public var noise: Double
        /// What it was seen in: `luminance`, `colour` or both, the one that the numbers above are of first. Absent
        /// when the colour was not looked at, as in gray pictures.
        public var channels: [String]?
        /// How far its colour is from that of the surface around it: the distance of a* and b* in CIELAB, at the
        /// surface's lightness. Absent when its colour does not stand out.
        public var colourDifference: Double?
    }

    /// The rule that named a candidate.
    public struct Classification: Sendable, Hashable, Codable {
        /// The class that the rule gives.
        public var `class`: DefectClass
        /// The number of the rule in the recipe, from 1; 0 when no rule fitted.
        public var rule: Int
        /// Its conditions with what was measured.
        public var conditions: [Condition]
        /// 0...1, from the smallest margin: 0.5 on a bound, 1 far inside, below 0.5 when no rule fits.
        public var confidence: Double
        /// When no rule fits: the class of the rule that comes nearest, whose conditions are above.
        /// Absent when a rule fits.
        public var nearestClass: DefectClass?
        /// What the trained classifier says. Absent when the recipe has none.
        public var model: ModelOpinion?
    }

    /// One condition of a rule or a limit, and what was measured.
    public struct Condition: Sendable, Hashable, Codable {
        /// The feature asked about.
        public var feature: String
        /// What was measured, in the unit of `bound`.
        public var value: Double
        /// The bound as the recipe writes it, such as `> 5` or `0.2 .. 0.5 mm`.
        public var bound: String
        /// Relative distance from the nearest bound: positive inside, negative outside.
        public var margin: Double
    }

    /// A limit that a finding took part in exceeding.
    public struct LimitOutcome: Sendable, Hashable, Codable {
        /// The number of the limit in the recipe, from 1.
        public var limit: Int
        /// The limit as the recipe writes it.
        public var text: String
        /// What follows from it.
        public var verdict: Verdict
        /// The conditions with what was measured.
        public var conditions: [Condition]
    }

    /// A limit that a finding's size may exceed or not: it lies within the size's 95 % interval.
    public struct UncertainLimit: Sendable, Hashable, Codable {
        /// The number of the limit in the recipe, from 1.
        public var limit: Int
        /// The limit as the recipe writes it.
        public var text: String
        /// What follows when it is exceeded.
        public var verdict: Verdict
        /// The lower end of the interval, in ``unit``.
        public var lower: Double
        /// The upper end of the interval.
        public var upper: Double
        /// `mm` or `px`, as the limit has it.
        public var unit: String
        /// Which way it fell: whether the finding takes part in exceeding the limit.
        public var exceeded: Bool
        /// By which rule of the recipe.
        public var judged: Recipe.UncertainSizes
    }
}

/// A candidate that was not kept.
public struct DroppedCandidate: Sendable, Hashable, Codable {
    /// Where.
    public var boundingBox: Rectangle
    /// Darker or brighter.
    public var polarity: Polarity
    /// Its size in pixels.
    public var sizePx: Double
    /// A stable word for why.
    public var reason: Reason
    /// The zone that the middle of its box lies in. Absent outside all zones, and in records of versions that did
    /// not write it.
    public var zone: String?
    /// Which threshold was missed or which rule dropped it, and by what margin.
    public var conditions: [Explanation.Condition]
    /// How it was detected.
    public var detection: Explanation.Detection
    /// The above in plain words.
    public var text: String

    /// Why a candidate was dropped.
    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        /// Its strongest response misses the threshold.
        case belowThreshold
        /// Smaller than the smallest defect that matters.
        case tooSmall
        /// Larger than the largest defect that is looked for.
        case tooLarge
        /// Lies along a long smooth edge: a style line, a gap or a panel border.
        case longEdge
        /// An echo of a stronger neighbour, without contrast of its own.
        case sideLobe
        /// The recipe looks for the other polarity.
        case polarity
        /// Lies in glare.
        case glare
    }
}
