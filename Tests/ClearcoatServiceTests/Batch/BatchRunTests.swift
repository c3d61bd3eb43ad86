import Clearcoat
import ClearcoatFileTestSupport
import ClearcoatInspection
import ClearcoatReports
import ClearcoatService
import Foundation
import SystemPackage
import Testing

@Suite("BatchRun", .timeLimit(.minutes(watchdogMinutes)))
struct BatchRunTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for index in 0..<9 {
            try folder.write(TestPicture.png(seed: UInt64(index)), to: "in/\(index).png")
        }
    }

    private func run(
        to output: String,
        jobs: Int = 2,
        reproducible: Bool = true,
        resume: Bool = false,
        stop: StopSignal = StopSignal(),
        report: (BatchProgress, CaptureFailure?) -> Void = { _, _ in }
    ) async throws -> BatchResult {
        var inspecting = InspectorOptions(jobs: jobs)
        inspecting.isReproducible = reproducible
        var options = BatchRun.Options()
        options.resumes = resume
        let batch = try BatchRun(
            inspector: Inspector(options: inspecting),
            output: folder[output].string,
            options: options
        )
        let listing = InputListing(of: [folder["in"]], excluding: folder[output])
        return try await batch.run(on: listing, stop: stop, report: report)
    }

    @Test("a broken file in the middle is a failure and the rest is done")
    func failure() async throws {
        try folder.write([], to: "in/4-empty.png")
        try folder.write(Array("no picture".utf8), to: "in/5-text.jpg")
        var failures: [CaptureFailure] = []
        let result = try await run(to: "out") { if let failure = $1 { failures.append(failure) } }
        #expect(result.summary.files.total == 11)
        #expect(result.summary.files.inspected == 9)
        #expect(failures.map(\.code) == [.empty, .notAnImage])
        #expect(failures.map(\.captureID) == ["4-empty.png", "5-text.jpg"])
        let contents = try folder.contents(of: "out")
        #expect(contents["records/4-empty.png.json"] == nil)
        #expect(contents["failures.ndjson"]?.split(separator: UInt8(ascii: "\n")).count == 2)
        #expect(contents["records.ndjson"]?.split(separator: UInt8(ascii: "\n")).count == 9)
    }

    @Test("progress counts up to the total")
    func progress() async throws {
        var done: [Int] = []
        var last = BatchProgress()
        _ = try await run(to: "out") { progress, _ in
            done.append(progress.done)
            last = progress
        }
        #expect(done == Array(1...9))
        #expect(last.total == 9)
        #expect(abs(last.megapixels - 9 * 64 * 48 / 1e6) < 1e-9)
        #expect(last.remaining == .zero)
    }

    @Test("a stop finishes what is in work and writes the summary; resuming does the rest, to the same bytes")
    func stopAndResume() async throws {
        _ = try await run(to: "whole")
        let stop = StopSignal()
        let first = try await run(to: "out", stop: stop) { progress, _ in
            if progress.done == 3 { stop.raise() }
        }
        #expect(!first.isComplete)
        #expect(first.summary.state == .stopped)
        #expect(first.progress.done < 9)
        #expect(first.summary.files.inspected == first.progress.done)
        let second = try await run(to: "out", resume: true)
        #expect(second.isComplete)
        #expect(second.summary.state == .complete)
        #expect(second.reused == first.progress.done && second.redone == 0)
        #expect(try folder.contents(of: "out") == folder.contents(of: "whole"))
    }

    @Test("resuming does again what changed")
    func resumeAfterChange() async throws {
        _ = try await run(to: "out")
        try folder.write(TestPicture.png(seed: 99), to: "in/5.png")
        try FileManager.default.removeItem(atPath: folder["out/annotated/7.png.png"].string)
        let damaged = "out/annotated/8.png.png"
        let whole = try #require(try folder.contents(of: "out")["annotated/8.png.png"])
        try folder.write(Array(whole.prefix(100)), to: damaged)
        let again = try await run(to: "out", resume: true)
        #expect(again.reused == 6 && again.redone == 3)
        _ = try await run(to: "fresh")
        #expect(try folder.contents(of: "out") == folder.contents(of: "fresh"))
    }

    @Test("resuming does everything again with another recipe")
    func resumeWithAnotherRecipe() async throws {
        _ = try await run(to: "out")
        var recipe = Recipe()
        recipe.name = "another"
        var options = BatchRun.Options()
        options.resumes = true
        let batch = try BatchRun(
            inspector: Inspector(recipe: recipe),
            output: folder["out"].string,
            options: options
        )
        let result = try await batch.run(on: InputListing(of: [folder["in"]]))
        #expect(result.reused == 0 && result.redone == 9)
        #expect(result.summary.recipe.name == "another" && result.summary.files.earlierRecipes == 0)
    }

    @Test("resuming reproducibly from a run that was not leaves no times")
    func resumeReproducibly() async throws {
        _ = try await run(to: "out", reproducible: false)
        #expect(try await run(to: "out", resume: true).reused == 9)
        _ = try await run(to: "fresh")
        #expect(try folder.contents(of: "out") == folder.contents(of: "fresh"))
    }

    @Test("what an earlier run has results for and this one no input is removed at the end")
    func removesEarlier() async throws {
        _ = try await run(to: "out")
        for name in ["2.png", "7.png"] {
            try FileManager.default.removeItem(atPath: folder["in/\(name)"].string)
        }
        #expect(try await run(to: "out", resume: true).removed == 4)
        _ = try await run(to: "fresh")
        #expect(try folder.contents(of: "out") == folder.contents(of: "fresh"))
    }

    @Test("inputs that go or change while the run goes on are a failure or inspected as they are then")
    func inputsChange() async throws {
        let folder = folder
        let result = try await run(to: "out", jobs: 1) { progress, _ in
            guard progress.done == 1 else { return }
            try? FileManager.default.removeItem(atPath: folder["in/7.png"].string)
            _ = try? folder.write(TestPicture.png(seed: 77, width: 100), to: "in/8.png")
        }
        #expect(result.isComplete)
        #expect(result.summary.failures == ["file.not-found": 1])
        let record = try RecordCoder.record(
            from: FileContents.read(folder["out/records/8.png.json"], limit: 1 << 20)
        )
        #expect(record.capture.width == 100)
    }

    @Test("an output that is removed while the run goes on ends it with its error")
    func outputRemoved() async throws {
        let folder = folder
        await #expect(throws: ResultsError.self) {
            _ = try await run(to: "out", jobs: 1) { progress, _ in
                guard progress.done == 1 else { return }
                // Gone at once: removing file by file would race with the files still being written.
                try? FileManager.default.moveItem(atPath: folder["out"].string, toPath: folder["gone"].string)
                try? FileManager.default.removeItem(atPath: folder["gone"].string)
            }
        }
        #expect((try? folder["out"].stat()) == nil)
    }

    @Test("cancelling leaves no half-written file")
    func cancellation() async throws {
        let (starts, start) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await run(to: "out", jobs: 1) { _, _ in start.yield() }
        }
        for await _ in starts { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        for (name, bytes) in try folder.contents(of: "out") {
            #expect(!name.hasSuffix(".tmp"), "\(name)")
            if name.hasPrefix("records/") {
                #expect(throws: Never.self) { try RecordCoder.record(from: bytes) }
            }
        }
    }

    @Test("an output that cannot be written ends the run with its error")
    func outputFails() async throws {
        try folder.write([1], to: "file")
        #expect(throws: ResultsError.notADirectory(path: folder["file"].string)) {
            try BatchRun(inspector: Inspector(), output: folder["file"].string)
        }
        #expect(throws: ResultsError.self) { try BatchRun(inspector: Inspector(), output: "/proc/nowhere") }
        try folder.write([1], to: "out/records/0.png.json/in-the-way")
        await #expect(throws: ResultsError.self) { try await run(to: "out") }
    }

    @Test("a second run on the same output is refused")
    func inUse() async throws {
        let first = try BatchRun(inspector: Inspector(), output: folder["out"].string)
        #expect(throws: ResultsError.self) {
            try BatchRun(inspector: Inspector(), output: folder["out"].string)
        }
        withExtendedLifetime(first) {}
    }
}
