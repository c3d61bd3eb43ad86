import ArgumentParser
import Clearcoat
import ClearcoatInspection
import SystemPackage

/// `clearcoat recipe`.
struct RecipeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recipe",
        abstract: "Prints and checks recipes.",
        discussion: """
            A recipe is a small text file (YAML) that says how large a pixel is, what to look for, and how much \
            of it is acceptable where. Everything in it is optional.

              clearcoat recipe show > hood.yaml       the built-in recipe, to start from
              clearcoat recipe check hood.yaml        what is wrong with yours, with line and column
              clearcoat recipe show hood.yaml         yours, with all defaults filled in
            """,
        subcommands: [Show.self, Check.self]
    )

    /// `clearcoat recipe show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a recipe with all defaults filled in; without a file, the built-in one.",
            discussion: "Records name the SHA-256 of this text. Exit status: 0; 65 bad recipe."
        )

        @Argument(help: "A recipe file.")
        var file: String?

        @OptionGroup var recipeOptions: RecipeOptions

        func validate() throws {
            if file != nil && recipeOptions.recipe != nil {
                throw ValidationError("name the recipe once, as an argument or with --recipe")
            }
            if file == "" { throw ValidationError("an empty name names nothing") }
        }

        func run() throws {
            var options = recipeOptions
            options.recipe = file ?? recipeOptions.recipe
            try StandardOutput.write(options.load().yaml)
        }
    }

    /// `clearcoat recipe check`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says everything that is wrong with a recipe, with line and column.",
            discussion: """
                Problems go to standard output, one a line, in the form file:line:column that editors jump to. \
                Warnings are parts that probably do not do what was meant.

                Exit status: 0 the recipe can be used; 65 it cannot.
                """
        )

        @Argument(help: "A recipe file.")
        var file: String

        func validate() throws {
            if file.isEmpty { throw ValidationError("an empty name names nothing") }
        }

        func run() throws {
            let recipeFile = try RecipeOptions.file(file)
            let problems = recipeFile.check()
            for problem in problems { try StandardOutput.write("\(problem)\n") }
            if problems.contains(where: { $0.kind == .error }) { throw ExitCode.badRecipe }
            do {
                _ = try recipeFile.recipe().readingClassifier(besides: FilePath(file))
            } catch let error as ClassifierFileError {
                try StandardOutput.write("\(file): error: \(error)\n")
                throw ExitCode.badRecipe
            }
            StandardError.print("\(file): \(problems.isEmpty ? "good" : "can be used, see the warnings")")
        }
    }
}
