import Clearcoat
import ClearcoatFileTestSupport
import ClearcoatReports
import Foundation
import SystemPackage
import Testing

@Suite("clearcoat and signals", .timeLimit(.minutes(1)))
struct SignalTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func start(_ arguments: String...) throws -> Process {
        let process = Process()
        process.executableURL = CommandRun.executable
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Gives others their turn until `condition` holds.
    private func wait(until condition: () -> Bool) async {
        while !condition() { await Task.yield() }
    }

    private func exists(_ name: String) -> Bool { (try? folder[name].stat()) != nil }

    @Test("SIGTERM ends a watch with everything recorded and status 0")
    func watch() async throws {
        try folder.write(TestPicture.png(), to: "drop/a.png")
        let watch = try start("watch", folder["drop"].string, "--output", folder["out"].string)
        await wait { exists("out/records/a.png.json") }
        try folder.write(TestPicture.png(seed: 2), to: "drop/b.png")
        await wait { exists("out/records/b.png.json") }
        watch.terminate()
        watch.waitUntilExit()
        #expect(watch.terminationReason == .exit)
        #expect(watch.terminationStatus == 0)
        let records = try FileContents.read(folder["out/records.ndjson"], limit: 1 << 20)
        #expect(records.split(separator: UInt8(ascii: "\n")).count == 2)
    }

    @Test("SIGINT ends a batch with the summary of what is done and status 130; --resume does the rest")
    func batch() async throws {
        let picture = try TestPicture.png(width: 1000, height: 800)
        for index in 0..<200 { try folder.write(picture, to: "in/\(index).png") }
        let batch = try start("inspect", folder["in"].string, "-o", folder["out"].string, "--jobs", "1")
        // Pictures so large that the batch cannot be through before the signal comes.
        await wait { exists("out/records") }
        batch.interrupt()
        batch.waitUntilExit()
        #expect(batch.terminationReason == .exit)
        #expect(batch.terminationStatus == 130)
        #expect(exists("out/summary.json"))
        let rest = try CommandRun("inspect", folder["in"].string, "-o", folder["out"].string, "--resume")
        #expect(rest.status == 0)
        let records = try FileContents.read(folder["out/records.ndjson"], limit: 1 << 26)
        #expect(records.split(separator: UInt8(ascii: "\n")).count == 200)
    }

    @Test("a reader that goes away ends the stream in silence")
    func brokenPipe() throws {
        for index in 0..<30 { try folder.write(TestPicture.png(seed: UInt64(index)), to: "in/\(index).png") }
        let run = try CommandRun.shell(
            "'\(CommandRun.executable.path)' inspect in --ndjson | head -n 1; echo ${PIPESTATUS[0]}",
            in: folder
        )
        #expect(run.lines.count == 2)
        #expect(run.lines.last == "0")
        #expect(run.errors.isEmpty)
    }
}
