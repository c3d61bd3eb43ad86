import ArgumentParser
import ClearcoatBenchmark
import ClearcoatCodecs
import ClearcoatImage
import ClearcoatReports
import SystemPackage

/// `clearcoat bench`.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures how fast this machine inspects, and how much memory it takes.",
        discussion: """
            Times each operation, a chain of operations that other image libraries have too, and whole runs from \
            JPEGs to records, on a picture of 4096 x 3000 pixels, with one thread and with all cores. An inspection \
            and the chain are also timed in turns: their ratio says what the work costs on a machine whose speed \
            changes. Takes about two minutes; let nothing else run meanwhile.

              clearcoat bench
              clearcoat bench --json > bench.json

            For other pixels, or to let another program work on the same ones, name a file. It is used if it is \
            there, else the standard picture is written to it:

              clearcoat bench --image panel.png --json

            Exit status: 0; 1 something could not be measured; 2 the picture cannot be read; 64 usage; 74 the \
            picture cannot be written.
            """
    )

    @Flag(help: "Print JSON instead of tables.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "The picture to use; if it does not exist, the standard picture is written there as PNG.",
            valueName: "file"
        )
    )
    var image: String?

    @Option(help: "How many times each operation is timed.")
    var rounds = 12

    @Flag(help: "Time the operations only: no whole runs, no memory.")
    var operationsOnly = false

    func validate() throws {
        if !(1...1000).contains(rounds) { throw ValidationError("--rounds is 1 to 1000, not \(rounds)") }
    }

    func run() async throws {
        var options = Benchmark.Options()
        options.rounds = rounds
        options.measuresThroughput = !operationsOnly
        options.measuresMemory = !operationsOnly
        let picture = try picture()
        do {
            let benchmark = try Benchmark(on: picture, options: options) { StandardError.print($0) }
            let report = try await benchmark.run(program: "/proc/self/exe")
            try json
                ? StandardOutput.write(JSONWriter.pretty(report.json)) : StandardOutput.write("\(report)")
        } catch let status as ExitCode {
            throw status
        } catch {
            StandardError.complain("\(error)")
            throw ExitCode.failure
        }
    }

    private func picture() throws -> Image<UInt8> {
        if let image, (try? FilePath(image).stat()) != nil {
            return Benchmark.eightBits(try PictureFiles.read(image).pixels)
        }
        StandardError.print("rendering the standard picture")
        let picture = Benchmark.standardPicture()
        if let image { try PictureFiles.write(ImageEncoder.png(picture), to: FilePath(image)) }
        return picture
    }
}
