public import Clearcoat
import ClearcoatImage
import ClearcoatInspection
public import ClearcoatReports

/// Inspects a list of captures into a results directory.
///
/// Records and pictures are written where captures are inspected, many at a time; what is written does
/// not depend on how many.
public struct BatchRun: Sendable {
    private let inspector: Inspector
    private let results: ResultsDirectory
    private let options: Options

    /// What a batch does besides inspecting.
    public struct Options: Sendable {
        /// Whether the picture with its findings drawn on it is written too.
        public var drawsPictures = true
        /// Whether captures are skipped whose record of an earlier run is still right: same bytes, same
        /// recipe, same version.
        public var resumes = false

        /// Pictures, and nothing skipped.
        public init() {}
    }

    /// A batch into the results directory at `path`, which is made and locked.
    ///
    /// - Throws: `ResultsError` when the directory cannot be written.
    public init(
        inspector: Inspector,
        output path: String,
        options: Options = Options()
    ) throws(ResultsError) {
        var inspectorOptions = inspector.options
        inspectorOptions.keepsPictures = options.drawsPictures
        self.inspector = inspector.with(inspectorOptions)
        self.options = options
        results = try ResultsDirectory(
            at: path,
            for: RunDescription(
                generator: Inspector.generator,
                recipe: inspector.recipeIdentity,
                recipeText: inspector.recipe.yaml,
                areas: .init(zones: inspector.recipe.zones, ignore: inspector.recipe.ignore),
                isReproducible: inspector.options.isReproducible,
                drawsPictures: options.drawsPictures
            )
        )
    }
}
