import ArgumentParser
import Clearcoat
import ClearcoatEvaluation
import ClearcoatInspection
import ClearcoatService
import SystemPackage

/// `clearcoat calibrate`.
struct CalibrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract:
            "Sets a recipe's threshold from pictures of good parts, so that false alarms keep to a rate.",
        discussion: """
              clearcoat calibrate good-parts --false-alarms 0.1 > calibrated.yaml
              clearcoat calibrate good-parts --recipe hood.yaml --output hood.yaml

            Everything found on a good part is a false alarm. The recipe that is written has the lowest threshold \
            (detect.thresholdFactor) that keeps to the rate; standard error says how many alarms these parts \
            give with it, how sure that is, and how many more good parts would promise the rate. Look at the \
            pictures that are named: a defect on a "good" part costs sensitivity on all others.

            The rate is per picture or per m2, as the recipe's detect.falseAlarms says.

            Exit status: 0; 2 some pictures could not be read or judged; 64 usage; 65 bad recipe; 74 the output \
            cannot be written.
            """
    )

    @Argument(help: "Pictures of good parts, or folders of them.")
    var good: [String]

    @Option(
        help: ArgumentHelp(
            "How many false alarms per picture (or m2) are acceptable; without it, what the recipe says.",
            valueName: "rate"
        )
    )
    var falseAlarms: Double?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Where the recipe goes; without it, standard output.", valueName: "file")
    )
    var output: String?

    @OptionGroup var recipeOptions: RecipeOptions

    @Option(
        name: .shortAndLong,
        help: "How many pictures are inspected at the same time; without it, one for each core."
    )
    var jobs: Int?

    func validate() throws {
        if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is 1 to 1024, not \(jobs)") }
        if let falseAlarms, !(falseAlarms > 0 && falseAlarms <= 1000) {
            throw ValidationError("--false-alarms is above 0 and at most 1000, not \(falseAlarms)")
        }
        if good.isEmpty || good.contains("") || output == "" {
            throw ValidationError("name the pictures of good parts")
        }
    }

    func run() async throws {
        var recipe = try recipeOptions.load()
        let rate = falseAlarms ?? recipe.detect.falseAlarms
        let unit = recipe.detect.per
        let own = recipe.detect.thresholdFactor
        var probing = recipe
        probing.detect.thresholdFactor = max(FalseAlarmCalibration.probe * own, 0.5)
        var options = jobs.map { InspectorOptions(jobs: $0) } ?? InspectorOptions()
        options.keepsPictures = false
        let inspector = Inspector(recipe: probing, options: options)

        var pictures: [FalseAlarmCalibration.GoodPicture] = []
        var failed = 0
        func skip(_ reason: String) {
            failed += 1
            StandardError.complain(reason)
        }
        let listing = InputListing(of: good.map { FilePath($0) })
        for failure in listing.failures { skip("\(failure)") }
        for await outcome in inspector.outcomes(of: listing.captures) {
            switch outcome {
            case .failed(let failure): skip("\(failure)")
            case .inspected(let record, _):
                let factor = probing.detect.thresholdFactor
                if let picture = FalseAlarmCalibration.GoodPicture(record, per: unit, factor: factor) {
                    pictures.append(picture)
                } else {
                    skip(
                        "\(record.capture.source): left out, \(record.reasons.first ?? "its scale is unknown")"
                    )
                }
            }
        }
        guard !pictures.isEmpty else {
            StandardError.complain("no picture of a good part could be judged")
            throw ExitCode.someFailed
        }
        let calibration = FalseAlarmCalibration(pictures, rate: rate, recipeFactor: own)
        tell(calibration, pictures, unit)
        recipe.detect.falseAlarms = rate
        recipe.detect.thresholdFactor = calibration.factor
        if let output {
            try PictureFiles.write(Array(recipe.yaml.utf8), to: FilePath(output))
        } else {
            try StandardOutput.write(recipe.yaml)
        }
        if failed > 0 { throw ExitCode.someFailed }
    }

    private func tell(
        _ calibration: FalseAlarmCalibration,
        _ pictures: [FalseAlarmCalibration.GoodPicture],
        _ unit: Recipe.Detect.Per
    ) {
        for line in calibration.summary(per: unit, pictures: pictures.count) { StandardError.print(line) }
        let loudest = pictures.filter { !$0.strengths.isEmpty }
            .sorted { ($0.strengths.max() ?? 0, $1.name) > ($1.strengths.max() ?? 0, $0.name) }
        for picture in loudest.prefix(5) {
            let strongest = picture.strengths.max() ?? 0
            let decimals = (strongest * 100).rounded() / 100
            StandardError.print("  look at \(picture.name): strongest alarm at factor \(decimals)")
        }
    }
}
