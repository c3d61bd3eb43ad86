import Clearcoat
import ClearcoatFileTestSupport
import ClearcoatInspection
import ClearcoatReports
import ClearcoatService
import Foundation
import SystemPackage
import Testing

@Suite("WatchRun", .timeLimit(.minutes(1)))
struct WatchRunTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.makeFolder("drop")
    }

    /// Watches until `isEnough` says so of what was reported, which is returned.
    private func watch(
        output: String = "out",
        ticks: AsyncStream<Void>? = nil,
        reproducible: Bool = false,
        until isEnough: @Sendable (_ reported: [String]) throws -> Bool
    ) async throws -> [String] {
        var options = InspectorOptions(jobs: 2)
        options.isReproducible = reproducible
        let run = try WatchRun(
            inspector: Inspector(options: options),
            drop: folder["drop"],
            output: folder[output]
        )
        let stop = StopSignal()
        var reported: [String] = []
        if try isEnough(reported) { stop.raise() }
        try await run.run(stop: stop, ticks: ticks ?? AsyncStream { nil }) { event in
            switch event {
            case .inspected(let record): reported.append("inspected \(record.capture.id)")
            case .known(let id): reported.append("known \(id)")
            case .failed(let failure): reported.append("\(failure.code.rawValue) \(failure.captureID)")
            }
            if (try? isEnough(reported)) ?? true { stop.raise() }
        }
        return reported
    }

    private func lines(of name: String) throws -> Int {
        try FileContents.read(folder[name], limit: 1 << 20).split(separator: UInt8(ascii: "\n")).count
    }

    @Test("what is there and what arrives is recorded; what is broken is listed")
    func arrivals() async throws {
        try folder.write(TestPicture.png(), to: "drop/a.png")
        try folder.write(Array(TestPicture.png(seed: 2).prefix(150)), to: "drop/b.png")
        let folder = folder
        let reported = try await watch { reported in
            if reported.count == 2 { try folder.write(TestPicture.jpeg(seed: 3), to: "drop/sub/c.jpg") }
            return reported.count == 3
        }
        #expect(reported == ["inspected a.png", "image.truncated b.png", "inspected sub/c.jpg"])
        #expect(try lines(of: "out/records.ndjson") == 2)
        #expect(try lines(of: "out/failures.ndjson") == 1)
        let record = try FileContents.read(folder["out/records/sub/c.jpg.json"], limit: 1 << 20)
        #expect(try RecordCoder.record(from: record).capture.id == "sub/c.jpg")
    }

    @Test(
        "a stop finishes what is in work; a restart does the rest and keeps what there is",
        arguments: [false, true]
    )
    func restart(reproducible: Bool) async throws {
        for index in 0..<6 { try folder.write(TestPicture.png(seed: UInt64(index)), to: "drop/\(index).png") }
        // Records tell the second they were begun in; the files have to be older for the quick comparison.
        let first = try await watch(reproducible: reproducible) { $0.count == 2 }
        #expect(first.allSatisfy { $0.hasPrefix("inspected") })
        let second = try await watch(reproducible: reproducible) { $0.count == 6 }
        #expect(
            second.prefix(first.count) == ArraySlice(first.map { $0.replacing("inspected", with: "known") })
        )
        #expect(second.dropFirst(first.count).allSatisfy { $0.hasPrefix("inspected") })
        #expect(try lines(of: "out/records.ndjson") == 6)
    }

    @Test("a file whose content was replaced while nobody watched is inspected again")
    func replacedWhileDown() async throws {
        try folder.write(TestPicture.png(), to: "drop/a.png")
        _ = try await watch { $0.count == 1 }
        try folder.write(TestPicture.png(seed: 5, width: 100), to: "drop/a.png")
        #expect(try await watch { $0.count == 1 } == ["inspected a.png"])
        let record = try RecordCoder.record(
            from: FileContents.read(folder["out/records/a.png.json"], limit: 1 << 20)
        )
        #expect(record.capture.width == 100)
    }

    @Test("a file that is written again with the same bytes is not inspected again")
    func sameBytes() async throws {
        try folder.write(TestPicture.png(), to: "drop/a.png")
        let folder = folder
        let reported = try await watch { reported in
            if reported.count == 1 {
                try folder.write(TestPicture.png(), to: "drop/a.png")
                try folder.write(TestPicture.png(seed: 2), to: "drop/b.png")
            }
            return reported.count == 2
        }
        #expect(reported == ["inspected a.png", "inspected b.png"])
        #expect(try lines(of: "out/records.ndjson") == 2)
    }

    @Test("the results may lie inside the watched folder")
    func outputInside() async throws {
        try folder.write(TestPicture.png(), to: "drop/a.png")
        let folder = folder
        let reported = try await watch(output: "drop/results") { reported in
            if reported.count == 1 { try folder.write(TestPicture.png(seed: 2), to: "drop/b.png") }
            return reported.count == 2
        }
        #expect(reported == ["inspected a.png", "inspected b.png"])
    }

    @Test("a tick brings the summary up to date while the watch runs")
    func ticks() async throws {
        try folder.write(TestPicture.png(), to: "drop/a.png")
        let (ticks, clock) = AsyncStream.makeStream(of: Void.self)
        let (inspected, report) = AsyncStream.makeStream(of: Void.self)
        let stop = StopSignal()
        let run = try WatchRun(inspector: Inspector(), drop: folder["drop"], output: folder["out"])
        let watching = Task {
            try await run.run(stop: stop, ticks: ticks) { _ in report.yield() }
        }
        for await _ in inspected { break }
        // Ticks until the file is there: the first may come before the event was counted.
        while (try? FileContents.read(folder["out/summary.json"], limit: 1 << 20)) == nil {
            clock.yield()
            await Task.yield()
        }
        stop.raise()
        #expect(try await watching.value.files.inspected == 1)
    }

    @Test("a folder that goes away ends the watch with its error, and the summary is written")
    func gone() async throws {
        try folder.write(TestPicture.png(), to: "drop/a.png")
        let folder = folder
        await #expect(throws: Errno.noSuchFileOrDirectory) {
            try await watch { reported in
                if reported.count == 1 { try FileManager.default.removeItem(atPath: folder["drop"].string) }
                return false
            }
        }
        #expect(try lines(of: "out/records.ndjson") == 1)
    }
}
