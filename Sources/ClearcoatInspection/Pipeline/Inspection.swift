public import ClearcoatImage

/// One way of inspecting, ready to run on any number of pictures of the same scale: a recipe with
/// its lengths resolved to pixels.
///
/// A pure function from a picture to ``InspectionContent``: no file, no clock, no randomness. The
/// result does not depend on the scheduler or on ``bandHeight``.
public struct Inspection: Sendable {
    /// The recipe.
    public let recipe: Recipe
    /// The scale of the pictures; nil when unknown, or when the recipe's points say it (see ``Recipe/points``).
    public let scale: PhysicalScale?
    /// The number of rows that are worked on at a time.
    public let bandHeight: Int
    /// More than any picture has.
    private static let mostRows = 1 << 20

    /// Resolves `recipe` for pictures of `scale`. The recipe's own scale, if any, wins.
    ///
    /// - Throws: ``InspectionError/scaleRequired(by:)`` when the recipe speaks of millimetres and
    ///   there is no scale; ``InspectionError/classifierNotRead(_:)`` when it names a classifier whose
    ///   file was not read.
    public init(recipe: Recipe, scale: PhysicalScale? = nil, bandHeight: Int = 64) throws(InspectionError) {
        self.recipe = recipe
        self.scale = recipe.hasScale ? recipe.scale : scale
        self.bandHeight = min(max(bandHeight, 1), Self.mostRows)
        let places = recipe.placesInMillimetres
        if self.scale == nil, recipe.points == nil, !places.isEmpty { throw .scaleRequired(by: places) }
        if let classifier = recipe.classifier, classifier.model == nil {
            throw .classifierNotRead(classifier.file)
        }
    }

    /// Inspects a picture.
    ///
    /// - Parameter colour: the colours of its cells, for places of equal lightness and another colour; nil for a gray
    ///   picture. Left unlooked at when the recipe says so (``Recipe/Detect/usesColour``).
    /// - Throws: `CancellationError`, and ``InspectionError`` when the recipe does not fit pictures of this size.
    public func run(
        on image: GrayImage,
        colour: ColourCells? = nil,
        bands: some BandScheduler = SerialBands()
    ) async throws -> InspectionContent {
        guard !image.bounds.isEmpty else { return .empty }
        let overlay = try overlay(on: image.bounds)
        let detection = try await Detection.run(
            on: image,
            colour: colour,
            by: overlay,
            bandHeight: bandHeight,
            with: bands
        )
        return RecordBuilder(overlay: overlay, image: image, detection: detection).content()
    }

    /// Inspects a picture and keeps every stage's image, to show how the result came about.
    public func trace(on image: GrayImage, colour: ColourCells? = nil) async throws -> InspectionTrace {
        guard !image.bounds.isEmpty else { return InspectionTrace(content: .empty, stages: []) }
        let overlay = try overlay(on: image.bounds)
        let detection = try await Detection.run(
            on: image,
            colour: colour,
            by: overlay,
            bandHeight: bandHeight,
            keepsResponses: true,
            with: SerialBands()
        )
        let content = RecordBuilder(overlay: overlay, image: image, detection: detection)
            .content()
        return InspectionTrace(
            content: content,
            stages: TraceBuilder(image: image, detection: detection).stages()
        )
    }
}

extension Inspection {
    /// The recipe on pictures of a size.
    package func overlay(on bounds: Rectangle) throws(InspectionError) -> RecipeOverlay {
        let calibration = recipe.points.map { Calibration.plane($0.map) } ?? scale.map { .constant($0) }
        return try RecipeOverlay(
            fitting: recipe,
            calibration: calibration,
            width: bounds.width,
            height: bounds.height
        )
    }
}

extension Rectangle {
    /// The place in the middle.
    package var middle: Point {
        Point(x: Double(x) + Double(width - 1) / 2, y: Double(y) + Double(height - 1) / 2)
    }
}

/// Why a recipe cannot be applied to a picture.
public enum InspectionError: Error, Sendable, Hashable {
    /// A mask is of another size than the picture; both as words.
    case maskSize(owner: String, mask: String, picture: String)
    /// The points of the recipe's scale put the horizon of the part's plane into pictures of this size.
    case horizon(width: Int, height: Int)
    /// The recipe speaks of millimetres in these places and the scale is unknown.
    case scaleRequired(by: [String])
    /// The recipe names this file of a classifier, and nobody has read it.
    case classifierNotRead(String)
}

extension InspectionError: CustomStringConvertible {
    /// One sentence for the operator, with the remedy.
    public var description: String {
        switch self {
        case .maskSize(let owner, let mask, let picture):
            "the mask of \(owner), \(mask), is of another size than the picture, \(picture)"
        case .horizon(let width, let height):
            """
            the recipe's scale.points put the horizon into a picture of \(width) x \(height) px; check the pairs, \
            and that they were taken on pictures of this size
            """
        case .scaleRequired(let places):
            """
            the recipe uses millimetres (\(places.joined(separator: ", "))) but the picture's scale is \
            unknown; add "scale: { mmPerPixel: … }" to the recipe or write the limits in px
            """
        case .classifierNotRead(let file):
            "the recipe's classifier \(file) is not read; read it with Recipe.readingClassifier(besides:)"
        }
    }
}

extension InspectionContent {
    /// What is said of a picture without pixels.
    static var empty: InspectionContent {
        InspectionContent(
            verdict: .cannotJudge,
            reasons: ["cannot judge: the picture has no pixels"],
            quality: Quality(
                focus: nil,
                exposure: 0,
                saturation: 0,
                underexposed: 0,
                glare: 0,
                noise: 0,
                judgedShare: 0,
                grain: nil
            ),
            findings: [],
            candidatesDropped: [],
            excluded: [],
            appearance: []
        )
    }
}
