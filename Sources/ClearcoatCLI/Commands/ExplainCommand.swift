import ArgumentParser
import Clearcoat
import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports
import SystemPackage

/// `clearcoat explain`.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract:
            "Shows how a verdict came about: the picture at every stage, and why each candidate was kept or dropped.",
        discussion: """
              clearcoat explain panel.png --output why --recipe hood.yaml
              xdg-open why/explain.html

            Writes one PNG for each stage, numbered in the order they run; annotated.png with the findings \
            drawn on it; record.json, which is what "inspect" would have written; and explain.html, a page that \
            shows all of them and says which threshold and which rule decided about each candidate, and by what \
            margin.

            Exit status: 0; 2 the picture cannot be read; 64 usage; 65 bad recipe, or one in millimetres for a \
            picture without a scale; 74 the output cannot be written.
            """
    )

    @Argument(help: "The picture.")
    var image: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The folder for the explanation; made if it is missing.", valueName: "folder")
    )
    var output: String

    @OptionGroup var recipeOptions: RecipeOptions

    func validate() throws {
        if image.isEmpty || output.isEmpty { throw ValidationError("an empty name names nothing") }
    }

    func run() async throws {
        let recipe = try recipeOptions.load()
        let inspector = Inspector(recipe: recipe)
        let capture = Capture(file: FilePath(image))
        let outcome = await inspector.inspect(capture)
        guard case .inspected(let record, let picture?) = outcome else {
            if case .failed(let failure) = outcome {
                StandardError.complain("\(failure)")
                throw failure.code == .scaleUnknown ? ExitCode.badRecipe : .someFailed
            }
            throw ExitCode.someFailed
        }
        let scale = record.capture.mmPerPixel.flatMap { PhysicalScale(mmPerPixel: $0) }
        let trace = try await Inspection(recipe: recipe, scale: scale).trace(
            on: picture,
            colour: PictureFiles.colour(image)
        )

        do throws(ResultsError) {
            try ExplainDirectory.write(
                record,
                of: picture,
                stages: trace.stages,
                areas: .init(zones: recipe.zones, ignore: recipe.ignore, language: recipe.report.language),
                from: FilePath(image).bytes,
                to: output
            )
        } catch {
            StandardError.complain("\(error)")
            throw ExitCode.outputFailed
        }
        StandardError.print("\(image): \(record.verdict.rawValue); see \(output)/explain.html")
    }
}
