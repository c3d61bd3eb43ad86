public import ClearcoatInspection
import FoundationEssentials

/// What all records of one run have in common, for its summary and its page.
public struct RunDescription: Sendable, Hashable {
    /// The program.
    public var generator: InspectionRecord.Generator
    /// The recipe's name and hash.
    public var recipe: InspectionRecord.RecipeIdentity
    /// The effective recipe as `recipe show` prints it, for the page.
    public var recipeText: String
    /// The zones and ignored areas that pictures show.
    public var areas: Areas
    /// Whether everything that depends on the clock is left out.
    public var isReproducible: Bool
    /// Whether annotated pictures are written.
    public var drawsPictures: Bool

    /// The parts of a recipe that pictures and pages show.
    public struct Areas: Sendable, Hashable {
        /// Areas with limits of their own, tinted and named.
        public var zones: [Zone]
        /// Areas that are not looked at, hatched.
        public var ignore: [Area]

        /// The language of the defects' names.
        public var language: Language

        /// Areas from a recipe.
        public init(zones: [Zone] = [], ignore: [Area] = [], language: Language = .english) {
            self.zones = zones
            self.ignore = ignore
            self.language = language
        }
    }

    /// A run with a recipe.
    ///
    /// - Parameters:
    ///   - recipeText: the effective recipe as `recipe show` prints it.
    ///   - isReproducible: leave out everything that depends on the clock.
    ///   - drawsPictures: write annotated pictures.
    public init(
        generator: InspectionRecord.Generator,
        recipe: InspectionRecord.RecipeIdentity,
        recipeText: String = "",
        areas: Areas = Areas(),
        isReproducible: Bool = false,
        drawsPictures: Bool = true
    ) {
        self.generator = generator
        self.recipe = recipe
        self.recipeText = recipeText
        self.areas = areas
        self.isReproducible = isReproducible
        self.drawsPictures = drawsPictures
    }
}

/// When a run was and how long it took. Left out of reproducible results.
public struct RunTimings: Sendable, Hashable, Codable {
    /// ISO 8601, UTC.
    public var startedAt: String
    /// Wall-clock seconds.
    public var seconds: Double
    /// Millions of pixels inspected in a second of wall-clock time.
    public var megapixelsPerSecond: Double

    /// The times of one run.
    public init(startedAt: String, seconds: Double, megapixelsPerSecond: Double) {
        self.startedAt = startedAt
        self.seconds = seconds
        self.megapixelsPerSecond = megapixelsPerSecond
    }
}

/// An input that could not be inspected: one line of `failures.ndjson`.
public struct InspectionFailure: Sendable, Hashable, Codable {
    /// A stable word for programs, such as `image.truncated`.
    public var code: String
    /// The capture's name, as its record would have it.
    public var id: String
    /// One sentence for people.
    public var message: String
    /// The input's path, as given.
    public var path: String

    /// A failure of one input.
    ///
    /// - Parameter id: the capture's name; the path unless given.
    public init(code: String, message: String, path: String, id: String? = nil) {
        self.code = code
        self.id = id ?? path
        self.message = message
        self.path = path
    }

    /// Reads a line of `failures.ndjson`.
    ///
    /// - Throws: ``RecordCodingError/malformed(_:)``.
    package init(line: [UInt8]) throws(RecordCodingError) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(line))
        } catch {
            throw .malformed("no failure: \(error)")
        }
    }
}
