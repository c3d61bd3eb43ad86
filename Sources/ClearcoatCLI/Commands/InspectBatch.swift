import ArgumentParser
import Clearcoat
import ClearcoatInspection
import ClearcoatReports
import ClearcoatService
import SystemPackage

/// `clearcoat inspect … --output`.
struct InspectBatch {
    let command: InspectCommand
    let inspector: Inspector

    func run(output: String) async throws {
        let listing = try listing(excluding: FilePath(output))
        for failure in listing.failures { StandardError.complain("\(failure)") }
        try refuseMissingScale(for: listing)

        let stop = Interruption.listen(
            message: "finishing the pictures in work; once more to stop at once"
        )
        var line = ProgressLine()
        var failuresShown = 0
        let result: BatchResult
        do {
            var options = BatchRun.Options()
            options.drawsPictures = !command.noPictures
            options.resumes = command.resume
            let batch = try BatchRun(inspector: inspector, output: output, options: options)
            result = try await batch.run(on: listing, stop: stop) { progress, failure in
                if let failure {
                    failuresShown += 1
                    if failuresShown <= Self.failuresListed { line.complain("\(failure)") }
                }
                line.show(progress)
            }
        } catch let error as ResultsError {
            line.clear()
            throw error.reported
        }
        line.clear()
        if failuresShown > Self.failuresListed {
            StandardError.print("… and \(failuresShown - Self.failuresListed) more; see failures.ndjson")
        }
        StandardError.print(summary(of: result, in: output))
        if let signal = Interruption.receivedSignal { throw ExitCode.interrupted(by: signal) }
        throw exitCode(of: result.summary)
    }

    /// More than these scroll by unread; the file has them all.
    private static let failuresListed = 20

    private func listing(excluding output: FilePath) throws -> InputListing {
        let listed = try command.filesFrom.map { try PathList.files($0, command.separator) }
        let inputs = listed ?? command.inputs.map { FilePath($0) }
        try refuse(output, among: inputs)
        return listed.map { InputListing(ofFiles: $0, listedIn: command.filesFrom ?? "-") }
            ?? InputListing(of: inputs, excluding: output)
    }

    /// Refuses an output that is an input or holds one, which the results could replace.
    private func refuse(_ output: FilePath, among inputs: [FilePath]) throws {
        if inputs.contains(where: { output.isSame(as: $0) }) {
            throw ValidationError(
                "\(output) is an input; name another folder for the results, inside it if you like"
            )
        }
        if let input = inputs.first(where: { output.isFolder(of: $0) }) {
            throw ValidationError(
                "\(output) holds the input \(input); name another folder for the results, inside it if you like"
            )
        }
    }

    /// A recipe in millimetres and no picture that says how large its pixels are: nothing can be judged,
    /// so nothing is begun.
    private func refuseMissingScale(for listing: InputListing) throws {
        guard let problem = inspector.missingScale, !listing.captures.isEmpty,
            !listing.captures.contains(where: { inspector.statedScale(of: $0) != nil })
        else { return }
        StandardError.complain("\(problem)")
        throw ExitCode.badRecipe
    }

    /// `64 files: 62 records (40 accept, 20 rework, 2 reject), 2 failures, 187.5 MP/s, at most 84 MB of memory
    /// -> results`
    private func summary(of result: BatchResult, in output: String) -> String {
        let summary = result.summary
        let verdicts = Verdict.allCases.compactMap { verdict -> String? in
            let count = summary.verdicts[verdict.rawValue] ?? 0
            return count > 0 ? "\(count) \(verdict.rawValue)" : nil
        }
        var parts = [counted(summary.files.inspected, "record")]
        if !verdicts.isEmpty { parts[0] += " (\(verdicts.joined(separator: ", ")))" }
        if command.resume {
            let fresh = summary.files.inspected - result.reused - result.redone
            parts.append("\(result.reused) kept from before, \(result.redone) done again, \(fresh) new")
        }
        parts.append(counted(summary.files.failed, "failure"))
        if result.repeated > 0 { parts.append("\(result.repeated) named twice and inspected once") }
        if result.ignored > 0 { parts.append("\(counted(result.ignored, "other file")) left out") }
        if result.removed > 0 { parts.append("\(counted(result.removed, "file")) of an earlier run removed") }
        parts.append("\(result.progress.megapixelsPerSecond.oneDecimal) MP/s")
        if let peak = ProcessMemory.peakBytes { parts.append("at most \(peak.megabytes) of memory") }
        let files = counted(summary.files.total, "file")
        let head = result.isComplete ? files : "stopped after \(files)"
        return "\(head): \(parts.joined(separator: ", ")) -> \(output)"
    }

    private func exitCode(of summary: RunSummary) -> ExitCode {
        var tally = VerdictTally()
        if summary.files.failed > 0 { tally.addFailure() }
        for verdict in Verdict.allCases where (summary.verdicts[verdict.rawValue] ?? 0) > 0 {
            tally.add(verdict)
        }
        return tally.exitCode(gated: command.gate)
    }
}

/// The argument of `--files-from`.
enum PathList {
    /// What the list, or standard input for `-`, names.
    static func files(_ path: String, _ separator: FileList.Separator) throws -> [FilePath] {
        do {
            return try open(path) { try FileList.all(in: $0, separator: separator) }
        } catch let error as Errno {
            throw refused(path, error)
        }
    }

    /// Tells the operator that the list cannot be read to its end, and gives the exit status.
    static func refused(_ path: String, _ error: Errno) -> ExitCode {
        let name = path == "-" ? "on standard input" : path
        StandardError.complain("the list \(name) cannot be read: \(error)")
        return .outputFailed
    }

    private static func open<Result>(
        _ path: String,
        _ body: (FileDescriptor) throws -> Result
    ) throws -> Result {
        if path == "-" { return try body(.standardInput) }
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
        } catch {
            throw ValidationError("the list \(path) cannot be read: \(error)")
        }
        defer { try? file.close() }
        return try body(file)
    }
}
