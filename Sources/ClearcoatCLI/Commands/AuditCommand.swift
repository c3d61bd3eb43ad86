import ArgumentParser
import ClearcoatInspection
import ClearcoatReports
import ClearcoatService
import SystemPackage

/// `clearcoat audit`.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Proves that results are whole: nothing lost, nothing damaged.",
        discussion: """
              clearcoat audit results
              clearcoat audit results --input pictures

            Looks at everything that "inspect" or "watch" wrote: that every record parses, matches its schema \
            and says the same as its line in records.ndjson; that every annotated picture is there, decodes, has \
            the size of its record's picture and says that it was drawn of the same input; that no capture is \
            there twice, as a record and a failure, or in a file that no line speaks of; that findings.csv, \
            summary.json and the numbers on report.html are what the records and failures come to; that nothing \
            half-written was left. What is drawn on a picture is not looked at.

            With --input, also that every input is exactly once a record or a listed failure, and that its bytes \
            are still those that were inspected. Name the inputs as they were given to "inspect": the names in \
            the results follow from them.

            Pictures that "watch" has inspected are often moved on. Add --moved, and name the watched folder and \
            where the pictures went: each file there must be known by its bytes, whatever it is called now, or by \
            its file name if it failed; what is nowhere any more is counted and not held against the results.

              clearcoat audit results --input drop --input archive --moved

            Everything that is wrong is a line on standard output, "path: what [code]"; with --json a line of \
            JSON with the keys code, message and path.

            Exit status: 0 all is well; 3 something is wrong; 64 usage; 74 the results cannot be read.
            """
    )

    @Argument(help: "The folder with the results.")
    var results: String

    @Option(
        help: ArgumentHelp(
            "A file or folder that was inspected; once for each of them.",
            valueName: "path"
        )
    )
    var input: [String] = []

    @Flag(help: "Pictures may have been moved, renamed or removed since they were inspected.")
    var moved = false

    @Flag(help: "Print what is wrong as JSON, one finding a line.")
    var json = false

    func validate() throws {
        if results.isEmpty || input.contains("") { throw ValidationError("an empty name names nothing") }
        if moved && input.isEmpty {
            throw ValidationError("--moved says something about inputs; name them with --input")
        }
    }

    func run() async throws {
        let report: AuditReport
        do {
            let inputs = input.map { FilePath($0) }
            report = try await Audit(of: results, inputs: inputs, inputsMayHaveMoved: moved).run()
        } catch let error as ResultsError {
            throw error.reported
        }
        for finding in report.findings {
            try StandardOutput.deliver(json ? finding.line : Array("\(finding)\n".utf8))
        }
        StandardError.print(Self.conclusion(of: report))
        if !report.findings.isEmpty { throw ExitCode.auditFailed }
    }

    /// `62 records, 2 failures, 64 inputs: nothing is wrong`
    private static func conclusion(of report: AuditReport) -> String {
        var parts = [counted(report.records, "record"), counted(report.failures, "failure")]
        if let inputs = report.inputs { parts.append(counted(inputs, "input")) }
        if let gone = report.gone { parts.append("\(gone) no longer there") }
        let count = report.findings.count
        let verdict =
            count == 0 ? "nothing is wrong" : count == 1 ? "1 thing is wrong" : "\(count) things are wrong"
        return "\(parts.joined(separator: ", ")): \(verdict)"
    }
}
