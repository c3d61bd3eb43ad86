import ArgumentParser
import Clearcoat
import ClearcoatInspection
import SystemPackage

/// `--recipe`, which every command that inspects takes.
struct RecipeOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The recipe to inspect by; without it, the built-in one (see \"clearcoat recipe show\").",
            valueName: "file"
        )
    )
    var recipe: String?

    func validate() throws {
        guard recipe == "" else { return }
        throw ValidationError("--recipe names no file; leave it out for the built-in recipe")
    }

    /// The recipe that is asked for.
    ///
    /// - Throws: the exit status for a bad recipe, after telling everything that is wrong with it.
    func load() throws -> Recipe {
        guard let recipe else { return Recipe() }
        let file = try Self.file(recipe)
        for problem in file.check() { StandardError.print("\(problem)") }
        do {
            return try file.recipe().readingClassifier(besides: FilePath(recipe))
        } catch {
            if let error = error as? ClassifierFileError { StandardError.print("\(recipe): error: \(error)") }
            throw ExitCode.badRecipe
        }
    }

    /// A recipe file.
    static func file(_ path: String) throws -> RecipeFile {
        do {
            return try RecipeFile(FilePath(path))
        } catch {
            StandardError.complain("\(path): \(error)")
            throw ExitCode.badRecipe
        }
    }
}
