import Clearcoat
import ClearcoatFileTestSupport
import ClearcoatReports
import Foundation
import SystemPackage
import Testing

@Suite("clearcoat and signals", .timeLimit(.minutes(watchdogMinutes)))
struct SignalTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func path(_ name: String) -> String { folder[name].string }

    private func state() throws -> RunState {
        let bytes = try FileContents.read(folder["out/summary.json"], limit: 1 << 20)
        return try JSONDecoder().decode(RunSummary.self, from: Data(bytes)).state
    }

    private func lines(of name: String) throws -> Int {
        try FileContents.read(folder[name], limit: 1 << 26).split(separator: UInt8(ascii: "\n")).count
    }

    @Test("SIGTERM ends a watch with everything recorded and status 0")
    func watch() throws {
        try folder.write(TestPicture.png(), to: "drop/a.png")
        let watch = try RunningCommand("watch", path("drop"), "--output", path("out"))
        watch.wait { folder.exists("out/records/a.png.json") }
        try folder.write(TestPicture.png(seed: 2), to: "drop/b.png")
        watch.wait { folder.exists("out/records/b.png.json") }
        watch.send(SIGTERM)
        #expect(watch.end() == 0)
        #expect(try lines(of: "out/records.ndjson") == 2)
        #expect(try state() == .complete)
    }

    @Test(
        "the first signal ends a batch with the summary of what is done; --resume does the rest",
        arguments: [SIGINT, SIGTERM]
    )
    func batch(signal: Int32) throws {
        let (batch, count) = try folder.frozenBatch()
        batch.send(signal)
        batch.thaw()
        #expect(batch.end() == 128 + signal)
        #expect(batch.errors.contains("stopped after"))
        #expect(try state() == .stopped)
        #expect(try lines(of: "out/records.ndjson") < count)
        #expect(try CommandRun("audit", path("out")).lines.contains { $0.contains("[run.unfinished]") })
        let rest = try CommandRun("inspect", path("in"), "-o", path("out"), "--resume")
        #expect(rest.status == 0)
        #expect(try lines(of: "out/records.ndjson") == count)
        #expect(try CommandRun("audit", path("out"), "--input", path("in")).status == 0)
    }

    @Test("the second signal ends a batch at once, with nothing half-written")
    func secondSignal() throws {
        try folder.write(TestPicture.png(), to: "in/0.png")
        // So large that it cannot be done before the second signal comes.
        try folder.write(TestPicture.png(width: 5000, height: 4000), to: "in/1.png")
        let batch = try RunningCommand("inspect", path("in"), "-o", path("out"), "--jobs", "1")
        #expect(batch.freeze { folder.exists("out/records/0.png.json") })
        batch.send(SIGINT)
        batch.send(SIGTERM)
        batch.thaw()
        #expect([130, 143].contains(batch.end()))
        #expect(try state() == .running)
        #expect(!folder.exists("out/records/1.png.json"))
        let record = try FileContents.read(folder["out/records/0.png.json"], limit: 1 << 20)
        #expect(RecordSchema.violations(in: record) == [])
    }

    @Test("SIGINT ends the wait for a list that stays open, and nothing more is read")
    func openList() throws {
        try folder.write(TestPicture.png(), to: "a.png")
        let list = Pipe()
        let worker = try RunningCommand("inspect", "--files-from", "-", "--ndjson", input: list)
        try list.fileHandleForWriting.write(contentsOf: Data("\(path("a.png"))\n".utf8))
        worker.wait { worker.output.contains("\n") }
        worker.send(SIGINT)
        #expect(worker.end() == 130)
        #expect(worker.output.split(separator: "\n").count == 1)
        try list.fileHandleForWriting.close()
    }

    @Test("SIGINT ends a list with lines that nobody took")
    func restOfList() throws {
        try folder.write(TestPicture.png(width: 600, height: 400), to: "a.png")
        let list = Pipe()
        let worker = try RunningCommand("inspect", "--files-from", "-", "--ndjson", input: list)
        let lines = String(repeating: "\(path("a.png"))\n", count: 400)
        try list.fileHandleForWriting.write(contentsOf: Data(lines.utf8))
        try list.fileHandleForWriting.close()
        #expect(worker.freeze { worker.output.contains("\n") })
        worker.send(SIGINT)
        worker.thaw()
        #expect(worker.end() == 130, "\(worker.errors)")
    }

    @Test("a reader that goes away stops the stream with status 74")
    func brokenPipe() throws {
        for index in 0..<30 { try folder.write(TestPicture.png(seed: UInt64(index)), to: "in/\(index).png") }
        let run = try CommandRun.shell(
            "'\(CommandRun.executable.path)' inspect in --ndjson | head -n 1; echo ${PIPESTATUS[0]}",
            in: folder
        )
        #expect(run.lines.count == 2)
        #expect(run.lines.last == "74")
        #expect(run.errors == "clearcoat: cannot write to standard output: its reader has gone away\n")
    }
}
