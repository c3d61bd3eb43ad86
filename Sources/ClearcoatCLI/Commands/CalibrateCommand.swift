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
            "Sets a recipe's threshold and least focus from pictures of good parts.",
        discussion: """
              clearcoat calibrate good-parts --false-alarms 0.1 > calibrated.yaml
              clearcoat calibrate good-parts --recipe hood.yaml --output hood.yaml

            Everything found on a good part is a false alarm. The recipe that is written has the lowest threshold \
            (detect.thresholdFactor) that keeps to the rate; standard error says how many alarms these parts \
            give with it, how sure that is, and how many more good parts would promise the rate. Look at the \
            pictures that are named: a defect on a "good" part costs sensitivity on all others.

            The rate is per picture or per m2, as the recipe's detect.falseAlarms says.

            Where the texture of the paint stands out of the noise, the recipe also gets the least focus \
            (station.focus) of sharp pictures of it: 99 of 100 have more, with 95 % confidence. A picture below it is \
            not judged. On paint without such texture, a lens out of focus cannot be told, and standard error says so.

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
        // The thresholds that the factor multiplies follow from the rate.
        recipe.detect.falseAlarms = rate
        let own = recipe.detect.thresholdFactor
        let listing = InputListing(of: good.map { FilePath($0) })
        for failure in listing.failures { StandardError.complain("\(failure)") }

        let probe = max(FalseAlarmCalibration.probe * own, 0.5)
        var found = try await inspect(listing, by: recipe, factor: probe, tells: true)
        var calibration = FalseAlarmCalibration(found.pictures, rate: rate, recipeFactor: own)
        // At another threshold pieces join and edges show differently: what counts is what inspect will find.
        for _ in 0..<Self.mostRounds {
            let again = try await inspect(listing, by: recipe, factor: calibration.factor, tells: false)
            let pictures = zip(found.pictures, again.pictures).map {
                $0.corrected(by: $1, at: calibration.factor)
            }
            found.pictures = pictures
            let next = FalseAlarmCalibration(pictures, rate: rate, recipeFactor: own)
            let isSettled = next.factor <= calibration.factor
            calibration =
                isSettled ? FalseAlarmCalibration(pictures, rate: rate, fixed: calibration.factor) : next
            if isSettled { break }
        }
        let focus = FocusCalibration(found.focus)
        tell(calibration, found.pictures, recipe.detect.per)
        for line in focus.summary { StandardError.print(line) }
        recipe.detect.thresholdFactor = calibration.factor
        recipe.station.minimumFocus = focus.minimum ?? recipe.station.minimumFocus
        if let output {
            try PictureFiles.write(Array(recipe.yaml.utf8), to: FilePath(output))
        } else {
            try StandardOutput.write(recipe.yaml)
        }
        if found.failed || !listing.failures.isEmpty { throw ExitCode.someFailed }
    }

    /// How often the threshold is raised after a look at what it leaves.
    private static let mostRounds = 4

    /// What is found on the good parts with a threshold factor.
    private func inspect(
        _ listing: InputListing,
        by recipe: Recipe,
        factor: Double,
        tells: Bool
    ) async throws -> (pictures: [FalseAlarmCalibration.GoodPicture], focus: [Double?], failed: Bool) {
        var probing = recipe
        // Learnt anew: what the recipe asks so far may be of another lens.
        probing.station.minimumFocus = 0
        probing.detect.thresholdFactor = factor
        var options = jobs.map { InspectorOptions(jobs: $0) } ?? InspectorOptions()
        options.keepsPictures = false
        var pictures: [FalseAlarmCalibration.GoodPicture] = []
        var focus: [Double?] = []
        var failed = false
        func skip(_ reason: String) {
            failed = true
            if tells { StandardError.complain(reason) }
        }
        for await outcome in Inspector(recipe: probing, options: options).outcomes(of: listing.captures) {
            switch outcome {
            case .failed(let failure): skip("\(failure)")
            case .inspected(let record, _):
                if let picture = FalseAlarmCalibration.GoodPicture(
                    record,
                    per: recipe.detect.per,
                    factor: factor
                ) {
                    pictures.append(picture)
                    focus.append(record.quality.focus)
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
        return (pictures, focus, failed)
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
