import ArgumentParser
import Clearcoat
import ClearcoatInspection
import ClearcoatReports
import ClearcoatService
import SystemPackage

/// `clearcoat inspect … --ndjson`.
struct InspectStream {
    let command: InspectCommand
    let inspector: Inspector

    func run() async throws {
        let stop = Interruption.listen(message: "finishing the pictures in work; once more to stop at once")
        var options = inspector.options
        options.keepsPictures = false
        let inspector = Inspector(recipe: inspector.recipe, options: options)
        var tally = VerdictTally()
        if command.filesFrom == "-" {
            let list = FileList(.standardInput, separator: command.separator, stop: stop)
            try await write(inspector.outcomes(of: list), &tally)
            if let error = list.readError { throw PathList.refused("-", error) }
            if tally.isEmpty, !stop.isRaised { try write(.failed(.emptyList("-")), &tally) }
        } else {
            let listing = try listing()
            try await write(inspector.outcomes(of: StoppableSequence(listing.captures, stop: stop)), &tally)
            for failure in listing.failures { try write(.failed(failure), &tally) }
        }
        if let signal = Interruption.receivedSignal { throw ExitCode.interrupted(by: signal) }
        throw tally.exitCode(gated: command.gate)
    }

    private func listing() throws -> InputListing {
        guard let list = command.filesFrom else {
            return InputListing(of: command.inputs.map { FilePath($0) })
        }
        return InputListing(ofFiles: try PathList.files(list, command.separator), listedIn: list)
    }

    private func write(
        _ outcomes: some AsyncSequence<Outcome, Never>,
        _ tally: inout VerdictTally
    ) async throws {
        for await outcome in outcomes { try write(outcome, &tally) }
    }

    private func write(_ outcome: Outcome, _ tally: inout VerdictTally) throws {
        tally.add(outcome)
        try StandardOutput.deliver(OutcomeLine.bytes(of: outcome))
    }
}

/// What the exit status of `inspect` follows from.
struct VerdictTally {
    private var worst: Verdict?
    private var failed = false

    /// Whether nothing was counted.
    var isEmpty: Bool { worst == nil && !failed }

    /// Counts an outcome.
    mutating func add(_ outcome: Outcome) {
        switch outcome {
        case .inspected(let record, _): add(record.verdict)
        case .failed: addFailure()
        }
    }

    /// Counts a verdict.
    mutating func add(_ verdict: Verdict) { worst = max(worst ?? .accept, verdict) }

    /// Counts an input without a verdict.
    mutating func addFailure() { failed = true }

    /// The exit status, by the verdicts too when it is `gated`.
    func exitCode(gated: Bool) -> ExitCode {
        if gated {
            switch worst {
            case .rework: return .rework
            case .reject: return .reject
            case .cannotJudge: return .cannotJudge
            case .accept, nil: break
            }
        }
        return failed ? .someFailed : .success
    }
}
