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

    /// The recipe that is asked for.
    ///
    /// - Throws: the exit status for a bad recipe, after telling everything that is wrong with it.
    func load() throws -> Recipe {
        guard let recipe else { return Recipe() }
        let file = try Self.file(recipe)
        for problem in file.check() { StandardError.print("\(problem)") }
        do {
            return try file.recipe()
        } catch {
            throw ExitCode.badRecipe
        }
    }

    /// A recipe file.
    static func file(_ path: String) throws -> RecipeFile {
        do {
            return try RecipeFile(FilePath(path))
        } catch {
            StandardError.print("\(path): \(error)")
            throw ExitCode.badRecipe
        }
    }
}
