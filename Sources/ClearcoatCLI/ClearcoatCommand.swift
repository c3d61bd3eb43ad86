import ArgumentParser
import CClearcoatMemory
import Clearcoat
import ClearcoatInspection

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The command `clearcoat`.
@main
struct ClearcoatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clearcoat",
        abstract: "Finds paint defects in pictures, measures them and says whether the part is acceptable.",
        discussion: """
            Look at a folder of pictures with the built-in recipe and open the page it writes:

              clearcoat inspect pictures --output results
              xdg-open results/report.html

            The recipe says what counts as a defect and how much of it is acceptable. Print the built-in one, \
            change it, check it and use it:

              clearcoat recipe show > hood.yaml
              clearcoat recipe check hood.yaml
              clearcoat inspect pictures --output results --recipe hood.yaml

            No pictures at hand? "clearcoat simulate --output panels --count 8" paints some, with known defects.

            Data goes to files or to standard output, progress and messages to standard error.
            """,
        version: "\(Inspector.generator.name) \(Inspector.generator.version)",
        subcommands: [
            InspectCommand.self, AuditCommand.self, RejudgeCommand.self, WatchCommand.self,
            ExplainCommand.self,
            RecipeCommand.self,
            MeasureCommand.self, FilterCommand.self, SimulateCommand.self, EvaluateCommand.self,
            CalibrateCommand.self, TrainCommand.self,
            BenchCommand.self,
        ]
    )

    static func main() async {
        // Writing to a pipe that nobody reads any more is an ordinary error here, not a signal.
        _ = signal(SIGPIPE, SIG_IGN)
        holdClosedStreams()
        CClearcoatMemory_share()
        do {
            try refuseUnknownCommand(CommandLine.arguments.dropFirst().first)
            var command = try parseAsRoot()
            do {
                if var asynchronous = command as? any AsyncParsableCommand {
                    try await asynchronous.run()
                } else {
                    try command.run()
                }
            } catch let error as ValidationError {
                // The parser is done, so it would print the usage of `clearcoat` itself.
                StandardError.complain(error.message)
                StandardError.print("Usage: " + usageString(for: type(of: command)))
                throw ExitCode.usage
            }
        } catch {
            let message = fullMessage(for: error)
            // The parser's own complaints, in our words' form.
            if let text = message.removing(prefix: "Error: ") {
                StandardError.complain(text.prefix(1).lowercased() + text.dropFirst())
                exit(withError: exitCode(for: error))
            }
            exit(withError: error)
        }
    }

    /// Says which command is meant: the parser would only count "unexpected arguments".
    private static func refuseUnknownCommand(_ name: String?) throws {
        guard let name, !name.isEmpty, !name.hasPrefix("-"), name != "help" else { return }
        let known = configuration.subcommands.compactMap { $0.configuration.commandName }
        if known.contains(name) { return }
        let meant = suggestion(for: name, among: known).map { "; did you mean \($0)?" } ?? "."
        StandardError.complain("there is no command \"\(name)\"\(meant)")
        StandardError.print("The commands are \(known.joined(separator: ", ")); see clearcoat --help.")
        throw ExitCode.usage
    }
}

extension String {
    /// The rest after `prefix`; nil when it begins otherwise.
    fileprivate func removing(prefix: String) -> Substring? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }
}
