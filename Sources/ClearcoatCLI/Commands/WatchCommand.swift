import ArgumentParser
import Clearcoat
import ClearcoatInspection
import ClearcoatReports
import ClearcoatService
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// `clearcoat watch`.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Inspects pictures as a camera drops them into a folder, until it is stopped.",
        discussion: """
              clearcoat watch /data/camera1 --output /data/results --recipe hood.yaml

            A picture is taken when its writer has closed it or moved it in, never while it is being written; \
            subfolders are watched too, from when they appear. What is in the folder at the start is inspected \
            first. Write to a hidden name or one ending in .part, then rename, and nothing can go wrong.

            Each picture is inspected once. Replaced by another one of the same name, it is inspected again, and \
            the new outcome takes the place of the old one, record or failure: the results have one outcome for \
            each name, the latest. Outcomes stay when the picture itself is moved away.

            After a restart the watch goes on with the results that are there: what has a record by the same \
            recipe and version is not inspected again, what failed is tried once more.

            What nobody announces (links, and what other machines write to a network share) is looked for every \
            30 seconds, and taken when it is found unchanged twice; --list-every changes that.

            The results folder is as with "inspect" and may lie inside the watched folder. Its summary files are \
            brought up to date every ten seconds while something happens, and at the end.

            Ctrl-C or SIGTERM finishes the pictures in work; a second one stops at once. Nothing is lost either \
            way.

            Exit status: 0 stopped as asked; 64 usage; 65 bad recipe; 66 the folder is not there or has gone; \
            74 the output cannot be written.
            """
    )

    @Argument(help: "The folder to watch.")
    var drop: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The folder for the results; made if it is missing.", valueName: "folder")
    )
    var output: String

    @Option(
        help: ArgumentHelp(
            "How often to look for files that nobody announces, in seconds, 1 to 86400.",
            valueName: "seconds"
        )
    )
    var listEvery = 30

    @OptionGroup var recipeOptions: RecipeOptions
    @OptionGroup var work: WorkOptions

    @Flag(help: "Leave out the pictures with the findings drawn on them.")
    var noPictures = false

    @Flag(help: "Say nothing about single pictures.")
    var quiet = false

    func validate() throws {
        if drop.isEmpty || output.isEmpty { throw ValidationError("an empty name names nothing") }
        if !(1...86400).contains(listEvery) {
            throw ValidationError("--list-every is 1 to 86400 seconds, not \(listEvery)")
        }
    }

    func run() async throws {
        if FilePath(output).isSame(as: FilePath(drop)) {
            throw ValidationError("the results need a folder of their own, inside \(drop) if you like")
        }
        guard (try? FilePath(drop).stat())?.type == .directory else {
            StandardError.complain("there is no folder \(drop) to watch")
            throw ExitCode.dropGone
        }
        let inspector = Inspector(recipe: try recipeOptions.load(), options: work.options)
        // A writer that opens a file at the very moment it is looked at would make the kernel send this.
        _ = signal(SIGIO, SIG_IGN)
        let stop = Interruption.listen(message: "finishing the pictures in work; once more to stop at once")
        do {
            let run = try WatchRun(
                inspector: inspector,
                drop: FilePath(drop),
                output: FilePath(output),
                drawsPictures: !noPictures
            )
            StandardError.print("watching \(drop); results go to \(output)")
            let summary = try await run.run(
                stop: stop,
                ticks: Ticks(every: .seconds(10)),
                listingEvery: .seconds(listEvery)
            ) { event in
                if !quiet { StandardError.print(Self.line(for: event)) }
            }
            let parts = [
                counted(summary.files.inspected, "record"), counted(summary.files.failed, "failure"),
                ProcessMemory.peakBytes.map { "at most \($0.megabytes) of memory" },
            ]
            StandardError.print("\(parts.compactMap(\.self).joined(separator: ", ")) -> \(output)")
        } catch let error as ResultsError {
            throw error.reported
        } catch let error as Errno {
            StandardError.complain("the folder \(drop) cannot be watched: \(error)")
            throw ExitCode.dropGone
        }
    }

    private static func line(for event: WatchRun.Event) -> String {
        switch event {
        case .inspected(let record):
            return
                "\(record.capture.id): \(record.verdict.rawValue), \(counted(record.findings.count, "finding"))"
        case .known(let id): return "\(id): has its record already"
        case .failed(let failure): return "\(failure)"
        }
    }
}

/// A moment every so often, until the task is cancelled.
struct Ticks: AsyncSequence, Sendable {
    let interval: Duration

    init(every interval: Duration) { self.interval = interval }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(interval: interval) }

    struct AsyncIterator: AsyncIteratorProtocol {
        let interval: Duration

        mutating func next() async -> Void? { try? await Task.sleep(for: interval) }

        mutating func next(isolation actor: isolated (any Actor)?) async -> Void? { await next() }
    }
}
