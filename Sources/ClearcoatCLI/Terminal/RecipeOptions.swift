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
        let bytes = try Self.bytes(of: recipe)
        for problem in Recipe.check(bytes: bytes, file: recipe) { StandardError.print("\(problem)") }
        do {
            return try Recipe(bytes: bytes, file: recipe).readingClassifier(besides: FilePath(recipe))
        } catch {
            if let error = error as? ClassifierFileError { StandardError.print("\(recipe): error: \(error)") }
            throw ExitCode.badRecipe
        }
    }

    /// The bytes of a recipe file.
    static func bytes(of file: String) throws -> [UInt8] {
        do {
            return try FileContents.read(FilePath(file), limit: 1 << 20)
        } catch {
            StandardError.complain("\(file): \(error)")
            throw ExitCode.badRecipe
        }
    }
}
