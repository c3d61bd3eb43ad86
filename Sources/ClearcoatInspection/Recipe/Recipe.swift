public import ClearcoatImage

/// How a part is inspected: scale, surface, what to look for, zones and limits.
///
/// A recipe is data that a person can read and write (YAML); ``init()`` is the built-in default,
/// which uses pixels only and so judges any picture.
public struct Recipe: Sendable, Hashable {
    /// What records call it.
    public var name = "default"
    /// Millimetres a pixel, when the recipe says so. It wins over what the file says.
    public var scale: PhysicalScale?
    /// Places whose millimetres are known, for a part seen at an angle; instead of ``scale``.
    public var points: PointCalibration?
    /// What the surface and the light are like.
    public var surface = Surface()
    /// What to look for.
    public var detect = Detect()
    /// When a picture is good enough to be judged.
    public var station = Station()
    /// The areas with limits of their own, in pixels of the picture as displayed. A place in no zone
    /// is judged by limits for zone `any` alone.
    public var zones: [Zone] = []
    /// Areas that are not looked at.
    public var ignore: [Area] = []
    /// How candidates are named: the first rule that fits decides; none fits, `unknown`.
    public var classes: [ClassRule] = ClassRule.builtIn
    /// The trained classifier that names candidates beside the rules; nil leaves it to the rules.
    public var classifier: Classifier?
    /// What is acceptable: every limit is asked, the highest verdict decides.
    public var limits: [Limit] = Limit.builtIn
    /// Which way a size falls whose 95 % interval straddles a limit.
    public var uncertainSizes = UncertainSizes.asMeasured
    /// How uneven the surface may be as a whole, zone by zone; nothing is asked by default.
    public var appearance: [AppearanceLimit] = []
    /// What reports call things by.
    public var report = Report()

    /// The built-in default recipe.
    public init() {}

    /// Whether the recipe itself says how large a pixel is.
    public var hasScale: Bool { scale != nil || points != nil }
}

extension Recipe {
    /// What the surface and the light are like.
    public struct Surface: Sendable, Hashable {
        /// Which defects to look for.
        public enum Polarities: String, Sendable, Hashable, CaseIterable {
            /// Darker than the paint only.
            case dark
            /// Brighter than the paint only.
            case bright
            /// Darker and brighter.
            case both
        }

        /// How the part is lit: a note for who reads the recipe. No decision depends on it, and `clearcoat recipe check`
        /// says so where a recipe may expect one.
        public enum Illumination: String, Sendable, Hashable, CaseIterable {
            /// A large soft light: brightness varies slowly.
            case diffuse
            /// A lamp or its reflection may be in the picture.
            case directional
        }

        /// Which defects to look for.
        public var polarity = Polarities.both
        /// How the part is lit: a note, nothing follows from it.
        public var illumination = Illumination.diffuse

        /// Every field at its default.
        public init() {}
    }

    /// What to look for.
    public struct Detect: Sendable, Hashable {
        /// The unit of surface that a false-alarm budget is for.
        public enum Per: String, Sendable, Hashable, CaseIterable {
            /// One picture, whatever its size.
            case image
            /// One square metre of surface; needs a scale.
            case squareMetre = "m2"
        }

        /// The smallest defect that matters.
        public var minimumSize = Length(4, .pixels)
        /// The largest defect that is looked for.
        public var maximumSize = Length(128, .pixels)
        /// How many false alarms are acceptable. The threshold follows from this.
        public var falseAlarms = 0.1
        /// What the budget is for.
        public var per = Per.image
        /// Multiplies the threshold that follows from the budget. `clearcoat calibrate` sets it from pictures
        /// of good parts, where the texture of the paint is none that the built-in model knows.
        public var thresholdFactor = 1.0
        /// Whether colour pictures are also searched for places of another colour; gray ones never are.
        public var usesColour = true

        /// Every field at its default.
        public init() {}
    }

    /// Which way a size falls whose 95 % interval straddles a limit. Whichever it is, the reasons say that it is
    /// uncertain.
    public enum UncertainSizes: String, Sendable, Hashable, Codable, CaseIterable {
        /// The measured size decides.
        case asMeasured
        /// A limit takes the finding when any size in the interval does: no defect slips through for being measured
        /// a little small.
        case stricter
        /// A limit takes the finding only when every size in the interval falls under it or a stricter one: nothing
        /// is rejected for being measured a little large.
        case milder
    }

    /// How reports are written. Nothing here changes a record.
    public struct Report: Sendable, Hashable {
        /// The language of the defects' names.
        public var language = Language.english

        /// Every field at its default.
        public init() {}
    }

    /// When a picture is good enough to be judged. A picture outside these bounds is `cannotJudge`.
    public struct Station: Sendable, Hashable {
        /// The least focus measure (see ``Quality/focus``); 0 asks nothing. `clearcoat calibrate` learns it from
        /// pictures of good parts: it depends on paint and station.
        public var minimumFocus = 0.0
        /// The least grain (see ``Quality/grain``); 0 asks nothing. Blur of two pixels and more, after the picture was
        /// taken, leaves less.
        public var minimumGrain = 0.05
        /// The range of the median brightness, as a share of full scale.
        public var exposure = 0.02...0.98
        /// The largest share of the picture that may be saturated.
        public var maximumSaturation = 0.2
        /// The largest share of the picture that may be glare: saturated areas larger than the
        /// largest defect.
        public var maximumGlare = 0.2
        /// The largest noise, as relative contrast of one sigma (see ``Quality/noise``). Leather reaches 0.3,
        /// random pixels 0.5, in which nothing could be seen.
        public var maximumNoise = 0.4

        /// Every field at its default.
        public init() {}
    }
}
