import ArgumentParser
import Clearcoat
import ClearcoatInspection
import ClearcoatReports
import ClearcoatService
import SystemPackage

/// `clearcoat inspect`.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Inspects pictures and writes what was found.",
        discussion: """
            Takes files and folders (with everything below them), PNG and JPEG, told by content and not by name. \
            A file that is named twice is inspected once.

              clearcoat inspect panel.png --output results
              clearcoat inspect left right top.jpg --output results --recipe hood.yaml

            The output folder then holds report.html to look at, annotated/ with the findings drawn on each \
            picture, records/ with one JSON file for each picture, and records.ndjson, findings.csv, \
            failures.ndjson and summary.json for all of them. "clearcoat audit" proves that nothing is missing.

            The results are those of one run. An output that holds an earlier run's results gets the new ones \
            instead: what the new run has no input for is removed at its end. Only files that clearcoat wrote are \
            ever removed or replaced; an output with a report.html or the like that it did not write is refused. \
            summary.json says "running" from the first moment and "complete" at the last, so half a run is never \
            taken for a whole one.

            In a script, with a verdict as exit status:

              clearcoat inspect panel.png --output results --gate || echo "look at it"

            As a worker of another program, paths in and records out, a line each, in the same order:

              find /data -name '*.png' | clearcoat inspect --files-from - --ndjson > records.ndjson
              find /data -name '*.png' -print0 | clearcoat inspect --files-from - -0 --output results

            With -0 only zero bytes end a path, so that names may hold anything, even line ends. A picture that cannot be read gives the line {"capture":…,"error":{"code":…,"message":…}} there, and \
            a path that is listed twice gives two lines.

            The first Ctrl-C or SIGTERM finishes the pictures in work and writes the summary, the second stops at \
            once; neither leaves half a file, nor does a power cut. The same command with --resume goes on from \
            there: it keeps the records that are still right (same bytes, same recipe, same version) and inspects \
            what is new or has changed. The results are the same as those of one run that nothing interrupted.

            Exit status: 0 everything was judged, whatever the verdicts; 2 some inputs could not be read (they \
            are listed, the rest is done); with --gate 10 at least one rework, 20 at least one reject, 30 at \
            least one that cannot be judged, the highest that applies; 64 usage; 65 bad recipe; 74 the output \
            cannot be written, its reader has gone away, or the list of --files-from breaks off; 130 or 143 stopped by Ctrl-C or SIGTERM.
            """
    )

    @Argument(help: "Files and folders to inspect.")
    var inputs: [String] = []

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The folder for the results; made if it is missing.", valueName: "folder")
    )
    var output: String?

    @Option(
        help: ArgumentHelp(
            "A file with the paths of the pictures, one a line; - is standard input.",
            valueName: "file"
        )
    )
    var filesFrom: String?

    @Flag(
        name: [.customShort("0"), .customLong("null")],
        help: "Let only zero bytes end the paths of --files-from, as \"find -print0\" writes them."
    )
    var null = false

    @Flag(help: "Write records to standard output, one a line in the order of the inputs, and no files.")
    var ndjson = false

    @OptionGroup var recipeOptions: RecipeOptions
    @OptionGroup var work: WorkOptions

    @Option(help: "The language of the defects' names on the page and the pictures: en, de or zh.")
    var language: String?

    @Flag(help: "Leave out the pictures with the findings drawn on them.")
    var noPictures = false

    @Flag(
        help: "Skip pictures whose record from an earlier run is still right: same bytes, recipe and version."
    )
    var resume = false

    @Flag(help: "Let the exit status tell the worst verdict.")
    var gate = false

    func validate() throws {
        if inputs.isEmpty == (filesFrom == nil) {
            throw ValidationError(
                inputs.isEmpty
                    ? "name at least one file or folder to inspect, or --files-from"
                    : "name the inputs or --files-from, not both"
            )
        }
        if let language, Language(rawValue: language) == nil {
            throw ValidationError("--language is en, de or zh, not \"\(language)\"")
        }
        if inputs.contains("") || output == "" || filesFrom == "" {
            throw ValidationError("an empty name names nothing")
        }
        if null && filesFrom == nil { throw ValidationError("-0 says how --files-from is read; add that") }
        if (output != nil) == ndjson {
            throw ValidationError(
                ndjson
                    ? "--ndjson writes to standard output; leave out --output"
                    : "say where the results go with --output FOLDER, or use --ndjson"
            )
        }
        if ndjson && resume { throw ValidationError("--resume needs the records of an --output folder") }
    }

    /// What ends a path in the list of `--files-from`.
    var separator: FileList.Separator { null ? .zero : .line }

    func run() async throws {
        var recipe = try recipeOptions.load()
        if let language = language.flatMap({ Language(rawValue: $0) }) { recipe.report.language = language }
        let inspector = Inspector(recipe: recipe, options: work.options)
        if let output {
            try await InspectBatch(command: self, inspector: inspector).run(output: output)
        } else {
            try await InspectStream(command: self, inspector: inspector).run()
        }
    }
}

/// `--jobs` and `--reproducible`.
struct WorkOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: "How many pictures are inspected at the same time; without it, one for each core."
    )
    var jobs: Int?

    @Flag(help: "Leave out times, so that two runs give the same bytes.")
    var reproducible = false

    func validate() throws {
        if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is 1 to 1024, not \(jobs)") }
    }

    /// The same for the library.
    var options: InspectorOptions {
        var options = jobs.map { InspectorOptions(jobs: $0) } ?? InspectorOptions()
        options.isReproducible = reproducible
        return options
    }
}

extension ResultsError {
    /// Tells the operator and gives the exit status.
    var reported: ExitCode {
        StandardError.complain("\(self)")
        return .outputFailed
    }
}
