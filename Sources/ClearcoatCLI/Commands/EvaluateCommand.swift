import ArgumentParser
import Clearcoat
import ClearcoatEvaluation
import ClearcoatInspection
import ClearcoatReports
import ClearcoatService
import SystemPackage

/// `clearcoat evaluate`.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract:
            "Holds what is found against what is really there: how much is missed, how often the alarm is false.",
        discussion: """
              clearcoat simulate --output panels --count 60 --seed 7
              clearcoat evaluate panels --output scores
              clearcoat evaluate my-dataset --recipe hood.yaml --output scores

            Writes evaluation.html to look at and evaluation.json with all numbers: the probability of detection \
            against size with a90 and a90/95, false alarms a picture and a square metre, escapes and overkill, \
            AUROC of pictures and pixels, the names that defects get and the error of their sizes, with 95 % intervals.

            A data set is what "clearcoat simulate" writes; or good/ beside folders of defects (also below test/) \
            with masks in ground_truth/<defect>/<name>_mask.png; or images/ with masks/ of the same names; or a COCO \
            file. Pictures that cannot be read or scored are counted and listed.

            With --repeat the folder holds several captures of each part, a folder a part (or names that differ \
            after their last _ or -): repeatability.html and repeatability.json say how far verdicts agree (kappa) \
            and sizes repeat (%GRR).

            Exit status: 0 everything was scored, whatever the scores; 2 some pictures could not be read or scored; \
            64 usage, or no data set; 65 bad recipe; 74 the output cannot be written.
            """
    )

    @Argument(help: "The data set: a folder, or a COCO file.")
    var dataset: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The folder for the scores; made if it is missing.", valueName: "folder")
    )
    var output: String

    @OptionGroup var recipeOptions: RecipeOptions

    @Option(
        name: .shortAndLong,
        help: "How many pictures are inspected at the same time; without it, one for each core."
    )
    var jobs: Int?

    @Option(
        help: ArgumentHelp(
            "Results of \"clearcoat inspect DATASET\": their records are scored and nothing is inspected.",
            valueName: "folder"
        )
    )
    var results: String?

    @Flag(
        name: .customLong("repeat"),
        help: "The pictures are several captures of the same parts: how far do they agree?"
    )
    var repeats = false

    func validate() throws {
        if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is 1 to 1024, not \(jobs)") }
        if results != nil, recipeOptions.recipe != nil {
            throw ValidationError(
                "--results has records of some recipe already; leave out --recipe (or see rejudge)"
            )
        }
        if results != nil, repeats { throw ValidationError("--repeat inspects anew; leave out --results") }
    }

    func run() async throws {
        let options = jobs.map { InspectorOptions(jobs: $0) } ?? InspectorOptions()
        let inspector = Inspector(recipe: try recipeOptions.load(), options: options)
        do {
            try EvaluationFiles.refuseForeignFiles(in: output)
            if repeats { try await study(inspector) } else { try await evaluate(inspector) }
        } catch let error as ResultsError {
            throw error.reported
        } catch let error as DatasetError {
            StandardError.complain("\(error)")
            throw ExitCode.usage
        }
    }

    private func evaluate(_ inspector: Inspector) async throws {
        let data = try Dataset(at: FilePath(dataset))
        let earlier = try results.map { path in
            let reader = try ResultsReader(at: path)
            guard reader.isWritten(by: Inspector.generator.name) else {
                throw ResultsError.noResults(path: path)
            }
            return reader
        }
        let run = EvaluationRun(inspector: inspector, earlier: earlier)
        let line = CountLine(total: data.pictures.count)
        let evaluation = try await run.run(on: data, name: name) { line.show($0) }
        line.clear()
        try EvaluationFiles.write(evaluation, to: output)
        for sentence in evaluation.summary { StandardError.print(sentence) }
        try finish(evaluation.failures, page: "evaluation.html")
    }

    private func study(_ inspector: Inspector) async throws {
        let run = try RepeatRun(inspector: inspector, folder: FilePath(dataset))
        let line = CountLine(total: run.count)
        let study = try await run.run(name: name) { line.show($0) }
        line.clear()
        try EvaluationFiles.write(study, to: output)
        for sentence in study.summary { StandardError.print(sentence) }
        try finish(study.failures, page: "repeatability.html")
    }

    /// What the data set is called: no path, so that the scores are the same wherever it lies.
    private var name: String { FilePath(dataset).lexicallyNormalized().lastComponent?.string ?? dataset }

    private func finish(_ failures: [DatasetProblem], page: String) throws {
        for failure in failures.prefix(20) { StandardError.print("\(failure.name): \(failure.message)") }
        if failures.count > 20 { StandardError.print("… and \(failures.count - 20) more; see \(page)") }
        StandardError.print("see \(output)/\(page)")
        if !failures.isEmpty { throw ExitCode.someFailed }
    }
}

/// A line on the terminal that counts pictures; silent where standard error is no terminal.
private struct CountLine {
    let total: Int

    func show(_ done: Int) {
        if StandardError.isTerminal { StandardError.write("\r\u{1B}[K\(done)/\(total) pictures") }
    }

    func clear() {
        if StandardError.isTerminal { StandardError.write("\r\u{1B}[K") }
    }
}
