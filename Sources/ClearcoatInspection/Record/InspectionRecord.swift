public import ClearcoatImage

/// What was decided about one capture and why: the JSON record.
///
/// Everything but `timings` follows from the picture, the recipe and the version alone.
public struct InspectionRecord: Sendable, Hashable, Codable {
    /// The version of the record format. Within it, keys are only ever added.
    public static let currentSchemaVersion = 1

    /// The version of the record format.
    public var schemaVersion = InspectionRecord.currentSchemaVersion
    /// What wrote it.
    public var generator: Generator
    /// What was inspected.
    public var capture: CaptureDescription
    /// By which recipe.
    public var recipe: RecipeIdentity
    /// What was decided.
    public var verdict: Verdict
    /// Why, one sentence a reason. For `accept` only what is uncertain: a size whose interval straddles a limit.
    public var reasons: [String]
    /// How good the picture is.
    public var quality: Quality
    /// What does not belong there.
    public var findings: [Finding]
    /// What was looked at and not kept.
    public var candidatesDropped: [DroppedCandidate]
    /// Areas that were not judged: ignored by the recipe, glare, long edges.
    public var excluded: [ExcludedArea]
    /// How even the surface is as a whole: all of the picture, then each zone. Absent in records of versions that
    /// did not measure it.
    public var appearance: [Appearance]?
    /// How long it took. Absent with `--reproducible`.
    public var timings: Timings?

    /// What wrote a record.
    public struct Generator: Sendable, Hashable, Codable {
        /// The program.
        public var name: String
        /// Its version.
        public var version: String

        /// A program and its version.
        public init(name: String, version: String) {
            self.name = name
            self.version = version
        }
    }

    /// By which recipe a capture was inspected.
    public struct RecipeIdentity: Sendable, Hashable, Codable {
        /// The recipe's name.
        public var name: String
        /// SHA-256, in hexadecimal, of the effective recipe as `recipe show` prints it.
        public var sha256: String

        /// A recipe by name and hash.
        public init(name: String, sha256: String) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// How long the steps took, in milliseconds of wall-clock time.
    public struct Timings: Sendable, Hashable, Codable {
        /// When the inspection started: ISO 8601, UTC.
        public var startedAt: String
        /// Reading the file.
        public var readMs: Double
        /// From bytes to samples.
        public var decodeMs: Double
        /// From samples to verdict.
        public var inspectMs: Double

        /// The times of one inspection.
        public init(startedAt: String, readMs: Double, decodeMs: Double, inspectMs: Double) {
            self.startedAt = startedAt
            self.readMs = readMs
            self.decodeMs = decodeMs
            self.inspectMs = inspectMs
        }
    }

    /// A whole record.
    public init(
        generator: Generator,
        capture: CaptureDescription,
        recipe: RecipeIdentity,
        content: InspectionContent,
        timings: Timings?
    ) {
        self.generator = generator
        self.capture = capture
        self.recipe = recipe
        self.verdict = content.verdict
        self.reasons = content.reasons
        self.quality = content.quality
        self.findings = content.findings
        self.candidatesDropped = content.candidatesDropped
        self.excluded = content.excluded
        self.appearance = content.appearance
        self.timings = timings
    }
}

/// The part of a record that is a pure function of the picture and the recipe.
public struct InspectionContent: Sendable, Hashable {
    /// What was decided.
    public var verdict: Verdict
    /// Why, one sentence a reason. For `accept` only what is uncertain: a size whose interval straddles a limit.
    public var reasons: [String]
    /// How good the picture is.
    public var quality: Quality
    /// What does not belong there.
    public var findings: [Finding]
    /// What was looked at and not kept.
    public var candidatesDropped: [DroppedCandidate]
    /// Areas that were not judged.
    public var excluded: [ExcludedArea]
    /// How even the surface is as a whole: all of the picture, then each zone.
    public var appearance: [Appearance]
}

/// What was inspected.
public struct CaptureDescription: Sendable, Hashable, Codable {
    /// The capture's name in this batch: the relative path of its file.
    public var id: String
    /// Where it came from: the file's path as given.
    public var source: String
    /// SHA-256 of the file's bytes, in hexadecimal.
    public var sha256: String
    /// Columns, as displayed.
    public var width: Int
    /// Rows, as displayed.
    public var height: Int
    /// Bits a sample, as stored.
    public var bitDepth: Int
    /// The EXIF orientation that was applied, 1...8.
    public var orientation: Int
    /// Millimetres a pixel; null when unknown.
    @Nullable public var mmPerPixel: Double?
    /// Where the scale comes from: `recipe`, `file` or null.
    @Nullable public var scaleSource: String?
    /// How pixels became millimetres where one number does not say it; absent otherwise.
    public var calibration: Calibration?
    /// The part's serial number; null when unknown.
    @Nullable public var partId: String?
    /// What the image library warned of without losing image data.
    public var warnings: [String]

    /// How pixels become millimetres where they differ in size over the picture or between its directions.
    /// ``mmPerPixel`` is then the scale in the middle of the picture.
    public struct Calibration: Sendable, Hashable, Codable {
        /// The map from pixels to millimetres on the part, a 3 x 3 matrix row by row: `(X, Y, w) = M (x, y, 1)`,
        /// then divided by `w`.
        public var plane: [Double]
        /// The number of places it was fitted to; absent when it was not.
        public var points: Int?
        /// How far they are from where it puts them, in mm: the root of the mean square; absent when it was not
        /// fitted.
        public var residualMm: Double?

        /// A map, and what it was fitted to.
        public init(plane: [Double], points: Int? = nil, residualMm: Double? = nil) {
            self.plane = plane
            self.points = points
            self.residualMm = residualMm
        }
    }

    /// A capture's description.
    public init(
        id: String,
        source: String,
        sha256: String,
        width: Int,
        height: Int,
        bitDepth: Int,
        orientation: Int,
        mmPerPixel: Double?,
        scaleSource: String?,
        calibration: Calibration? = nil,
        partId: String?,
        warnings: [String]
    ) {
        self.id = id
        self.source = source
        self.sha256 = sha256
        self.width = width
        self.height = height
        self.bitDepth = bitDepth
        self.orientation = orientation
        self.mmPerPixel = mmPerPixel
        self.scaleSource = scaleSource
        self.calibration = calibration
        self.partId = partId
        self.warnings = warnings
    }
}

/// How good a picture is, measured over the area that is judged.
public struct Quality: Sendable, Hashable, Codable {
    /// How much fine texture the paint has beside its coarse one: the contrast of second differences over 4 px,
    /// without the noise, over that of 16 px, 0...1. Out of focus it falls; compare it among pictures of one paint on
    /// one station only. Null where no texture stands out of the noise: such a picture has nothing to see focus by.
    @Nullable public var focus: Double?
    /// The median sample as a share of full scale.
    public var exposure: Double
    /// The share of pixels at full scale.
    public var saturation: Double
    /// The share of pixels at zero.
    public var underexposed: Double
    /// The share of pixels in saturated areas larger than the largest defect.
    public var glare: Double
    /// The typical local noise, as relative contrast of one sigma at full resolution.
    public var noise: Double
    /// The share of the picture that was judged: neither ignored nor excluded.
    public var judgedShare: Double
    /// How much of its detail is as fine as the pixels, the camera's noise included, 0...1: white noise has 1, a sharp
    /// texture 0.1 to 0.5, and what was blurred over several pixels after it was taken 0. Null where it cannot be told:
    /// a very small picture, or one of which JPEG's compression took the noise; and in records of versions that did
    /// not measure it.
    @Nullable public var grain: Double?
}

extension Quality {
    /// Reads what a record says, also one of a version that did not measure ``grain``.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            focus: try values.decode(Double?.self, forKey: .focus),
            exposure: try values.decode(Double.self, forKey: .exposure),
            saturation: try values.decode(Double.self, forKey: .saturation),
            underexposed: try values.decode(Double.self, forKey: .underexposed),
            glare: try values.decode(Double.self, forKey: .glare),
            noise: try values.decode(Double.self, forKey: .noise),
            judgedShare: try values.decode(Double.self, forKey: .judgedShare),
            grain: try values.decodeIfPresent(Double.self, forKey: .grain)
        )
    }
}

/// An area that was not judged, and why.
public struct ExcludedArea: Sendable, Hashable, Codable {
    /// A stable word for why.
    public var reason: Reason
    /// Where.
    public var boundingBox: Rectangle
    /// Its outline: corners in order, clockwise on the screen, simplified. Empty in records of versions that
    /// did not write it.
    public var contour: [[Double]]
    /// The number of its pixels.
    public var areaPx: Double
    /// Its area; null without a scale.
    @Nullable public var areaMm2: Double?

    /// Why an area was not judged.
    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        /// The recipe says so.
        case ignored
        /// Saturated over more than a defect's size.
        case glare
        /// Black over more than a defect's size: no light, no part, or missing data.
        case noLight
        /// Along a style line, a gap or a panel border.
        case longEdge
    }
}

extension ExcludedArea {
    /// Reads an area; one without an outline has an empty one.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            reason: try container.decode(Reason.self, forKey: .reason),
            boundingBox: try container.decode(Rectangle.self, forKey: .boundingBox),
            contour: try container.decodeIfPresent([[Double]].self, forKey: .contour) ?? [],
            areaPx: try container.decode(Double.self, forKey: .areaPx),
            areaMm2: try container.decode(Nullable<Double>.self, forKey: .areaMm2).wrappedValue
        )
    }
}
