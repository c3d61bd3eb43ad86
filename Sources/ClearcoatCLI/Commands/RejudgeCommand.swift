import ArgumentParser
import Clearcoat
import ClearcoatInspection
import ClearcoatReports
import ClearcoatService
import SystemPackage

/// `clearcoat rejudge`.
struct RejudgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejudge",
        abstract:
            "Applies another recipe to old records, without the pictures, and lists the verdicts that flip.",
        discussion: """
              clearcoat rejudge results --recipe stricter.yaml
              clearcoat rejudge results --recipe stricter.yaml --output flips.ndjson

            Takes what "inspect" or "watch" wrote, or a file of records, one a line. Classes (by the rules and the \
            classifier), zones, ignored areas, limits and which way uncertain sizes fall are those of the recipe; so \
            is the station check. The results are not changed. Each capture \
            whose verdict flips is told with its reasons, in the order of the records; the counts come last.

            What records do not say is left as it was, and said where it matters:
              what fell below the detection threshold (detect.falseAlarms) is not in them, and neither is what is \
            smaller than detect.size.min was; a larger minimum is applied, a smaller one needs the pictures;
              an area that was ignored and now counts was never looked at;
              a picture that could not be judged stays so; a stricter station check is applied;
              sizes in mm by another scale are worked out from pixels.

            With --output, lines of JSON go to the file: {"capture","before","after","reasons","reasonsBefore", \
            "notes"} each, then {"summary":…}; a folder gets rejudged.ndjson. With --json they go to standard output.

            Exit status: 0; 2 some records could not be read; with --gate 10, 20 or 30 when a verdict flips to \
            rework, to reject, or to one that cannot be judged, the highest that applies; 64 usage; 65 bad recipe; \
            74 the results cannot be read or the output cannot be written.
            """
    )

    @Argument(help: "The folder with the results, or a file of records.")
    var results: String

    @OptionGroup var recipeOptions: RecipeOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Where the flips go as lines of JSON.", valueName: "file or folder")
    )
    var output: String?

    @Flag(help: "Print the flips as lines of JSON.")
    var json = false

    @Flag(help: "Let the exit status tell the worst verdict that something flips to.")
    var gate = false

    func validate() throws {
        if results.isEmpty || output == "" { throw ValidationError("an empty name names nothing") }
        if recipeOptions.recipe == nil {
            throw ValidationError("say by which recipe with --recipe FILE")
        }
    }

    func run() async throws {
        let recipe = try recipeOptions.load()
        do {
            let tally = try await judge(by: recipe)
            StandardError.print(RejudgeText.summary(tally))
            for line in tally.broken { StandardError.print(line) }
            if gate, let worst = tally.changes.keys.filter(\.isFlip).compactMap(\.after).max() {
                switch worst {
                case .cannotJudge: throw ExitCode.cannotJudge
                case .reject: throw ExitCode.reject
                case .rework: throw ExitCode.rework
                case .accept: break
                }
            }
            if tally.brokenCount > 0 { throw ExitCode.someFailed }
        } catch let error as ResultsError {
            throw error.reported
        } catch let error as Errno {
            StandardError.print("clearcoat: \(results): \(error)")
            throw ExitCode.outputFailed
        }
    }

    private func judge(by recipe: Recipe) async throws -> RejudgeTally {
        let run = RejudgeRun(of: results, by: recipe)
        guard let output else {
            let tally = try await run.run { flip in
                try StandardOutput.deliver(json ? flip.line : Array(RejudgeText.text(flip).utf8))
            }
            if json { try StandardOutput.deliver(tally.line) }
            return tally
        }
        let target = FilePath(output)
        let isFolder = (try? target.stat().type) == .directory
        let path = isFolder ? target.appending("rejudged.ndjson") : target
        let spare = FilePath(path.string + ".part")
        do {
            let file = try FileDescriptor.open(
                spare,
                .writeOnly,
                options: [.create, .truncate, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead]
            )
            let tally = try await file.closeAfter { () async throws -> RejudgeTally in
                let tally = try await run.run { flip in
                    try file.writeAll(flip.line)
                    if !json { try StandardOutput.write(RejudgeText.text(flip)) }
                }
                try file.writeAll(tally.line)
                return tally
            }
            try RejudgeFile.move(spare, to: path)
            return tally
        } catch {
            RejudgeFile.remove(spare)
            throw error
        }
    }
}

extension FileDescriptor {
    fileprivate func closeAfter<Result>(_ body: () async throws -> Result) async throws -> Result {
        let result: Result
        do {
            result = try await body()
        } catch {
            try? close()
            throw error
        }
        try close()
        return result
    }
}

/// What a person reads of records that were judged again.
enum RejudgeText {
    /// `left/7.png: accept -> rework`, then why.
    static func text(_ result: Rejudgement) -> String {
        let after = result.after.map(\.rawValue) ?? "left open"
        var lines = ["\(result.id): \(result.before.rawValue) -> \(after)"]
        lines += result.reasonsBefore.map { "  was: \($0)" }
        lines += result.reasons.map { "  now: \($0)" }
        lines += result.notes.map { "  note: \($0.text)" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `62 records, 187 findings: 3 verdicts flip (2 accept -> rework, 1 reject -> rework), …`
    static func summary(_ tally: RejudgeTally) -> String {
        let flips = tally.changes.filter { $0.key.isFlip }.sorted {
            ($0.key.before, $0.key.after ?? .accept) < ($1.key.before, $1.key.after ?? .accept)
        }
        var text = "\(counted(tally.captures, "record")), \(counted(tally.findings, "finding")): "
        text += tally.flips == 0 ? "no verdict flips" : "\(counted(tally.flips, "verdict")) flipped"
        if !flips.isEmpty {
            let parts = flips.map {
                "\($0.value) \($0.key.before.rawValue) -> \($0.key.after?.rawValue ?? "")"
            }
            text += " (\(parts.joined(separator: ", ")))"
        }
        if tally.open > 0 { text += ", \(tally.open) left open" }
        if tally.renamed > 0 { text += ", \(tally.renamed) of another class" }
        if tally.leftOut > 0 { text += ", \(counted(tally.leftOut, "finding")) not looked at by this recipe" }
        if tally.brokenCount > 0 { text += ", \(tally.brokenCount) that cannot be read" }
        for (note, count) in tally.notes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            text += "\n\(counted(count, "record")): \(note.text)"
        }
        return text + "\nnot asked again: what fell below the detection threshold, which records do not hold"
    }
}
