import ArgumentParser
import Clearcoat
import ClearcoatCodecs
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
              less why/explanation.txt

            Writes one PNG for each stage, numbered in the order they run; annotated.png with the findings \
            drawn on it; explanation.txt, which says what each \
            of them shows and which threshold and which rule decided about each candidate, by what margin; and \
            record.json, which is what "inspect" would have written.

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

    func run() async throws {
        let recipe = try recipeOptions.load()
        let inspector = Inspector(recipe: recipe)
        let capture = Capture(file: FilePath(image))
        let outcome = await inspector.inspect(capture)
        guard case .inspected(let record, let picture?) = outcome else {
            if case .failed(let failure) = outcome {
                StandardError.print("\(failure)")
                throw failure.code == .scaleUnknown ? ExitCode.badRecipe : .someFailed
            }
            throw ExitCode.someFailed
        }
        let scale = record.capture.mmPerPixel.flatMap { PhysicalScale(mmPerPixel: $0) }
        let trace = try await Inspection(recipe: recipe, scale: scale).trace(on: picture)

        let folder = FilePath(output)
        for (index, stage) in trace.stages.enumerated() {
            let number = index < 9 ? "0\(index + 1)" : "\(index + 1)"
            let png = try ImageEncoder.png(stage.image)
            try PictureFiles.write(png, to: folder.appending("\(number)-\(stage.name).png"))
        }
        let areas = RunDescription.Areas(zones: recipe.zones, ignore: recipe.ignore)
        let annotated = AnnotatedPicture.draw(record, on: picture, areas: areas)
        try PictureFiles.write(ImageEncoder.png(annotated), to: folder.appending("annotated.png"))
        try PictureFiles.write(RecordCoder.file(record), to: folder.appending("record.json"))
        let text = Explanation(record: record, stages: trace.stages).text
        try PictureFiles.write(Array(text.utf8), to: folder.appending("explanation.txt"))
        StandardError.print("\(image): \(record.verdict.rawValue); see \(output)/explanation.txt")
    }

    /// `explanation.txt`.
    private struct Explanation {
        let record: InspectionRecord
        let stages: [InspectionTrace.Stage]

        var text: String {
            var lines = ["\(record.capture.source): \(record.verdict.rawValue)"]
            lines += record.reasons.map { "  \($0)" }
            lines += ["", "Stages"]
            for (index, stage) in stages.enumerated() {
                lines.append("  \(index + 1). \(stage.name): \(stage.explanation)")
            }
            lines += ["", "Findings: \(record.findings.count)"]
            for finding in record.findings {
                lines.append("  \(finding.id). \(finding.class.rawValue) \(place(of: finding.boundingBox))")
                lines.append("     \(finding.explanation.text)")
            }
            lines += ["", "Candidates dropped: \(record.candidatesDropped.count)"]
            for candidate in record.candidatesDropped {
                lines.append(
                    "  \(candidate.reason.rawValue) \(place(of: candidate.boundingBox)): \(candidate.text)"
                )
            }
            if !record.excluded.isEmpty {
                lines += ["", "Not judged: \(record.excluded.count) areas"]
                for area in record.excluded {
                    lines.append("  \(area.reason.rawValue) \(place(of: area.boundingBox))")
                }
            }
            return lines.joined(separator: "\n") + "\n"
        }

        private func place(of box: Rectangle) -> String {
            "at (\(box.x), \(box.y)), \(box.width) x \(box.height) px"
        }
    }
}
