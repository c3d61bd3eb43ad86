import Clearcoat
import ClearcoatFileTestSupport
import ClearcoatInspection
import ClearcoatReports
import ClearcoatService
import Foundation
import SystemPackage
import Testing

@Suite("WatchRun", .timeLimit(.minutes(watchdogMinutes)))
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
        recipe: Recipe = Recipe(),
        events: (any FolderEvents)? = nil,
        until isEnough: @Sendable (_ reported: [String]) throws -> Bool
    ) async throws -> [String] {
        var options = InspectorOptions(jobs: 2)
        options.isReproducible = reproducible
        let run = try WatchRun(
            inspector: Inspector(recipe: recipe, options: options),
            drop: folder["drop"],
            output: folder[output]
        )
        let stop = StopSignal()
        var reported: [String] = []
        if try isEnough(reported) { stop.raise() }
        let source = try events ?? Inotify()
        _ = try await run.run(events: source, stop: stop, ticks: ticks ?? AsyncStream { nil }) { event in
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

    @Test("what is called a picture and is no file is listed, and the audit misses nothing")
    func noFiles() async throws {
        try folder.write(TestPicture.png(), to: "drop/a.png")
        try folder.makePipe("drop/pipe.png")
        try folder.makePipe("drop/pipe")
        try folder.link("drop/device.png", to: "/dev/null")
        try folder.link("drop/nowhere.png", to: folder["none.png"])
        try folder.link("drop/loop.png", to: folder["drop/loop.png"])
        let folder = folder
        let reported = try await watch { reported in
            // Only a listing shows a pipe that comes later.
            reported.count == 5
        }
        #expect(
            Set(reported) == [
                "inspected a.png", "file.not-a-file device.png", "file.not-a-file pipe.png",
                "file.not-found nowhere.png", "file.read-failed loop.png",
            ]
        )
        let audit = try await Audit(of: folder["out"].string, inputs: [folder["drop"]]).run()
        #expect(audit.findings == [] && audit.failures == 4)
        // What a link leads to may come later.
        try folder.write(TestPicture.png(seed: 2), to: "none.png")
        let later = try await watch { $0.count == 5 }
        #expect(later.contains("inspected nowhere.png"))
        #expect(try await Audit(of: folder["out"].string, inputs: [folder["drop"]]).run().findings == [])
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

    private func summary() throws -> RunSummary {
        try JSONDecoder().decode(
            RunSummary.self,
            from: Data(FileContents.read(folder["out/summary.json"], limit: 1 << 20))
        )
    }

    @Test("a restart with another recipe inspects again, and the new records take the place of the old ones")
    func restartWithAnotherRecipe() async throws {
        for index in 0..<3 { try folder.write(TestPicture.png(seed: UInt64(index)), to: "drop/\(index).png") }
        _ = try await watch { $0.count == 3 }
        try FileManager.default.removeItem(atPath: folder["drop/2.png"].string)
        var recipe = Recipe()
        recipe.name = "another"
        let again = try await watch(recipe: recipe) { $0.count == 2 }
        #expect(again == ["inspected 0.png", "inspected 1.png"])
        #expect(try lines(of: "out/records.ndjson") == 3)
        #expect(try summary().files.total == 3 && summary().files.earlierRecipes == 1)
        #expect(try await watch(recipe: recipe) { $0.count == 2 } == ["known 0.png", "known 1.png"])
        #expect(try await Audit(of: folder["out"].string).run().findings == [])
    }

    @Test("a picture that is replaced, mended or broken counts once, also after a restart")
    func latestOutcome() async throws {
        let cut = Array(try TestPicture.png(seed: 7).prefix(150))
        try folder.write(TestPicture.png(seed: 1), to: "drop/a.png")
        try folder.write(cut, to: "drop/b.png")
        try folder.write(TestPicture.png(seed: 3), to: "drop/c.png")
        let folder = folder
        let reported = try await watch { reported in
            switch reported.count {
            case 3: try folder.write(TestPicture.png(seed: 4, width: 100), to: "drop/a.png")
            case 4: try folder.write(TestPicture.png(seed: 7), to: "drop/b.png")
            case 5: try folder.write(cut, to: "drop/c.png")
            default: break
            }
            return reported.count == 6
        }
        #expect(reported.suffix(3) == ["inspected a.png", "inspected b.png", "image.truncated c.png"])
        try expectLatest()
        #expect(!FileManager.default.fileExists(atPath: folder["out/records/c.png.json"].string))
        #expect(!FileManager.default.fileExists(atPath: folder["out/annotated/c.png.png"].string))
        // What failed is tried once more; and what was moved away stays in the books.
        #expect(try await watch { $0.count == 3 } == ["known a.png", "known b.png", "image.truncated c.png"])
        try expectLatest()
        for name in ["b.png", "c.png"] {
            try FileManager.default.removeItem(atPath: folder["drop/\(name)"].string)
        }
        #expect(try await watch { $0.count == 1 } == ["known a.png"])
        try expectLatest()
    }

    /// One outcome for each of three files, in every place that speaks of them.
    private func expectLatest() throws {
        #expect(try lines(of: "out/records.ndjson") == 2)
        #expect(try lines(of: "out/failures.ndjson") == 1)
        let summary = try summary()
        #expect(summary.files.total == 3 && summary.files.inspected == 2 && summary.state == .complete)
        #expect(summary.failures == ["image.truncated": 1])
        let records = try FileContents.read(folder["out/records.ndjson"], limit: 1 << 20)
        let widths = try records.split(separator: UInt8(ascii: "\n")).map {
            try RecordCoder.record(from: Array($0)).capture.width
        }
        #expect(widths.sorted() == [64, 100])
    }

    @Test("links are found though nobody announces them")
    func links() async throws {
        try folder.write(TestPicture.png(), to: "drop/a.png")
        try folder.write(TestPicture.png(seed: 2), to: "elsewhere/b.png")
        let folder = folder
        let reported = try await watch(events: Inotify(listingEvery: .milliseconds(2))) { reported in
            if reported.count == 1 {
                try folder.link("drop/b.png", to: folder["elsewhere/b.png"])
                try FileManager.default.linkItem(
                    atPath: folder["elsewhere/b.png"].string,
                    toPath: folder["drop/c.png"].string
                )
            }
            return reported.count == 3
        }
        #expect(reported == ["inspected a.png", "inspected b.png", "inspected c.png"])
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
