import ArgumentParser
import Clearcoat
import ClearcoatInspection
import ClearcoatReports
import ClearcoatService
import ClearcoatTraining
import SystemPackage

/// `clearcoat train`.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Teaches a small classifier from pictures with known defects.",
        discussion: """
              clearcoat simulate --output panels --count 100 --clean 0 --seed 1
              clearcoat simulate --output others --count 50 --clean 0 --seed 2
              clearcoat train panels --test others --output Models/mine.json

            A folder holds what "clearcoat simulate" writes, or a folder a class (scratch, crater, …) with its masks \
            in ground_truth/scratch/x_mask.png and so on, as in MVTec AD. The pictures are inspected by the recipe, \
            and what is found on a known defect is learnt from.

            Prints how often model and rules name the class right: in cross-validation, where no picture is judged \
            by trees that know it, and on the pictures of --test. The same goes into the model's file, which is JSON \
            that people can read. Use it in a recipe:

              classifier: { model: Models/mine.json, minConfidence: 0.5 }

            The same pictures, recipe and seed give the same file.

            Exit status: 0; 2 some pictures could not be used, or there are too few to learn from (then nothing is \
            written); 64 usage; 65 bad recipe; 74 the output cannot be written.
            """
    )

    @Argument(help: ArgumentHelp("Folders of pictures with known defects.", valueName: "folder"))
    var folders: [String]

    @Option(name: .shortAndLong, help: ArgumentHelp("The file for the model.", valueName: "file"))
    var output: String

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("A folder to hold the model against; repeat it for several.", valueName: "folder")
    )
    var test: [String] = []

    @Option(help: "What all that is random follows from.")
    var seed = 1

    @Option(
        name: .shortAndLong,
        help: "How many pictures are inspected at the same time; without it, one for each core."
    )
    var jobs: Int?

    @OptionGroup var recipeOptions: RecipeOptions

    func validate() throws {
        if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is 1 to 1024, not \(jobs)") }
        if (folders + test + [output]).contains("") { throw ValidationError("an empty name names nothing") }
    }

    func run() async throws {
        let recipe = try recipeOptions.load()
        try refuseForeignOutput()
        var options = jobs.map { InspectorOptions(jobs: $0) } ?? InspectorOptions()
        options.keepsPictures = false
        let inspector = Inspector(recipe: recipe, options: options)
        var trainer = ClassifierTrainer()
        trainer.seed = seed
        trainer.recipeSHA256 = inspector.recipeSHA256
        trainer.minimumConfidence = recipe.classifier?.minimumConfidence ?? trainer.minimumConfidence

        var hasProblems = false
        let examples = await examples(from: folders, inspector, &hasProblems)
        var model: ClassifierModel
        do {
            model = try trainer.train(on: examples)
        } catch {
            StandardError.print("clearcoat: \(error)")
            throw ExitCode.someFailed
        }
        for folder in test {
            let unseen = await self.examples(from: [folder], inspector, &hasProblems)
            model.training.tests.append(trainer.test(model, on: unseen, called: folder))
        }
        do {
            try PictureFiles.write(ClassifierCoder.file(model), to: FilePath(output))
        } catch let error as RecordCodingError {
            throw ResultsError.record(path: output, error).reported
        }
        try StandardOutput.write(model.training.summary)
        if hasProblems { throw ExitCode.someFailed }
    }

    /// Refuses to replace what is no model.
    private func refuseForeignOutput() throws {
        guard FileIdentity(of: FilePath(output).bytes) != nil else { return }
        let bytes = (try? FileContents.read(FilePath(output), limit: ClassifierModel.maximumBytes)) ?? []
        do {
            _ = try ClassifierModel(json: bytes)
        } catch {
            throw ResultsError.foreignFile(path: output, command: "train").reported
        }
    }

    private func examples(
        from folders: [String],
        _ inspector: Inspector,
        _ hasProblems: inout Bool
    ) async -> TrainingExamples {
        var pictures: [TruthPicture] = []
        for folder in folders {
            let listing = TruthListing(of: FilePath(folder))
            pictures += listing.pictures
            for problem in listing.problems { StandardError.print(problem) }
            if listing.withoutTruth > 0 {
                StandardError.print(
                    "\(folder): \(counted(listing.withoutTruth, "picture")) without known defects left out"
                )
            }
            if !listing.problems.isEmpty || listing.pictures.isEmpty { hasProblems = true }
            if listing.pictures.isEmpty { StandardError.print("\(folder): no pictures with known defects") }
        }
        var line = ProgressLine()
        let examples = await ExampleRun(inspector, over: pictures).examples { progress, problem in
            if let problem {
                line.complain(problem)
                hasProblems = true
            }
            line.show(progress)
        }
        line.clear()
        return examples
    }
}
