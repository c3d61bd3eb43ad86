import ClearcoatCodecs
import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports
import Foundation
import Testing

/// What becomes of the results of an earlier run in the same directory.
@Suite struct EarlierResultsTests {
    private let folder: TemporaryFolder
    private var run = RunDescription(generator: SyntheticRecords.generator, recipe: SyntheticRecords.recipe)

    init() throws {
        folder = try TemporaryFolder()
        run.isReproducible = true
    }

    private var out: String { folder.path + "/out" }

    private func picture(_ level: UInt8 = 99) -> GrayImage {
        .uint8(Image(width: 64, height: 48, filledWith: level))
    }

    private func record(_ id: String, seed: UInt64 = 1, findings: Int = 1) throws -> InspectionRecord {
        var generator = SplitMix64(seed: seed)
        let findings = (0..<findings).map { SyntheticRecords.finding($0 + 1, using: &generator) }
        return try SyntheticRecords.record(
            id: id,
            width: 64,
            height: 48,
            findings: findings,
            using: &generator
        )
    }

    private func summary(_ name: String = "out") throws -> RunSummary {
        try JSONDecoder().decode(RunSummary.self, from: Data(folder.text(name + "/summary.json").utf8))
    }

    /// A whole run over some captures.
    private func write(_ ids: [String], to name: String = "out") async throws {
        let results = try ResultsDirectory(at: folder.path + "/" + name, for: run)
        for (order, id) in ids.enumerated() {
            try await results.write(record(id), picture: picture(), at: order)
        }
        try await results.finish()
    }

    @Test func whatARunDoesNotWriteAgainIsRemovedAndNothingElseIs() async throws {
        try await write(["a.png", "old/deep/b.png", "old/c.png"])
        for name in ["records/notes.json", "annotated/old/mine.png", "records/old/readme.txt", "other.txt"] {
            try folder.put("out/" + name)
        }
        // A picture that somebody else drew, called as ours would be.
        let foreign = try ImageEncoder.png(RGBImage<UInt8>(red: plane, green: plane, blue: plane))
        try Data(foreign).write(to: URL(fileURLWithPath: out + "/annotated/foreign.png"))

        let results = try ResultsDirectory(at: out, for: run)
        try await results.write(record("a.png"), picture: picture(), at: 0)
        try await results.write(record("new.png"), picture: picture(), at: 1)
        try await results.finish()
        #expect(await results.removedCount == 4)
        #expect(
            try folder.tree("out").keys.sorted() == [
                "annotated/a.png.png", "annotated/foreign.png", "annotated/new.png.png",
                "annotated/old/mine.png", "failures.ndjson", "findings.csv", "other.txt",
                "records.ndjson", "records/a.png.json", "records/new.png.json", "records/notes.json",
                "records/old/readme.txt", "report.html", "summary.json",
            ]
        )
        #expect(!FileManager.default.fileExists(atPath: out + "/records/old/deep"))
    }

    private var plane: Image<UInt8> { Image(width: 8, height: 8, filledWith: 7) }

    @Test func aRunWithoutPicturesLeavesNoneOfAnEarlierOne() async throws {
        try await write(["a.png", "b/c.png"])
        var plain = run
        plain.drawsPictures = false
        let results = try ResultsDirectory(at: out, for: plain)
        for (order, id) in ["a.png", "b/c.png"].enumerated() {
            try await results.include(record(id), at: order)
        }
        try await results.finish()
        #expect(!FileManager.default.fileExists(atPath: out + "/annotated"))
    }

    @Test func untilItsEndARunSaysThatItGoesOn() async throws {
        try await write(["a.png", "b.png"])
        #expect(try summary().state == .complete)
        do {
            let results = try ResultsDirectory(at: out, for: run)
            #expect(try summary().state == .running)
            for name in ["records.ndjson", "findings.csv", "failures.ndjson", "report.html"] {
                #expect(!FileManager.default.fileExists(atPath: out + "/" + name), "\(name)")
            }
            // Stopped early: what is there may serve a run that resumes.
            try await results.write(record("a.png"), picture: picture(), at: 0)
            try await results.finish(.stopped)
            #expect(try summary().state == .stopped)
            #expect(try results.existingRecord(of: CapturePath(id: "b.png")) != nil)
        }
        try await write(["a.png", "b.png"])
        try await write(["a.png", "b.png"], to: "fresh")
        #expect(try folder.tree("out") == folder.tree("fresh"))
    }

    @Test(arguments: ["report.html", "records.ndjson", "summary.json"])
    func somebodyElsesResultsAreRefusedAndNotTouched(name: String) throws {
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        try folder.put("out/" + name, #"{"generator":{"name":"other","version":"1"}}"#)
        #expect(throws: ResultsError.foreign(path: out, name: name)) {
            try ResultsDirectory(at: out, for: run)
        }
        #expect(try folder.tree("out").keys.sorted() == [name])
    }

    @Test func aFolderThatHoldsSomethingElseTakesResults() async throws {
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        try folder.put("out/notes.txt")
        try await write(["a.png"])
        #expect(try folder.names("out").contains("notes.txt"))
    }

    @Test func aLaterOutcomeTakesThePlaceOfTheEarlierOne() async throws {
        let results = try ResultsDirectory(at: out, for: run)
        let path = try CapturePath(id: "b.png")
        let failure = InspectionFailure(
            code: "image.empty",
            message: "no bytes",
            path: "/in/a.png",
            id: "a.png"
        )
        try await results.write(failure, at: 0)
        try await results.write(record("b.png", seed: 1, findings: 4), picture: picture(), at: 1)
        try await results.write(record("c.png", seed: 2), picture: picture(1), at: 2)
        try await results.finish(.running)
        // Mended, broken, replaced.
        try await results.write(record("a.png", seed: 3), picture: picture(2), at: 0)
        let broken = InspectionFailure(
            code: "image.empty",
            message: "no bytes",
            path: "/in/b.png",
            id: "b.png"
        )
        try await results.write(broken, at: 1, replacingRecordAt: path)
        try await results.write(record("c.png", seed: 4), picture: picture(3), at: 2)
        try await results.finish()

        let fresh = try ResultsDirectory(at: folder.path + "/fresh", for: run)
        try await fresh.write(record("a.png", seed: 3), picture: picture(2), at: 0)
        try await fresh.write(broken, at: 1)
        try await fresh.write(record("c.png", seed: 4), picture: picture(3), at: 2)
        try await fresh.finish()
        #expect(try folder.tree("out") == folder.tree("fresh"))
        #expect(try summary().files.total == 3)
    }

    @Test func aCaptureThatIsReplacedAgainAndAgainStaysOne() async throws {
        var run = run
        run.drawsPictures = false
        let results = try ResultsDirectory(at: out, for: run)
        // More than the megabyte after which the room of what was replaced is given back.
        for seed in 0..<50 {
            try await results.write(record("a.png", seed: UInt64(seed), findings: 60), at: 0)
        }
        try await results.finish(.running)
        try await results.write(record("b.png"), at: 1)
        try await results.finish()
        let fresh = try ResultsDirectory(at: folder.path + "/fresh", for: run)
        try await fresh.write(record("a.png", seed: 49, findings: 60), at: 0)
        try await fresh.write(record("b.png"), at: 1)
        try await fresh.finish()
        #expect(try folder.tree("out") == folder.tree("fresh"))
    }

    @Test func aRunThatContinuesTakesUpEverything() async throws {
        do {
            let results = try ResultsDirectory(at: out, for: run)
            for (order, id) in ["a.png", "b/c.png", "d.png"].enumerated() {
                try await results.write(record(id, seed: UInt64(order)), picture: picture(), at: order)
            }
            try await results.write(
                InspectionFailure(code: "image.empty", message: "no bytes", path: "/in/e.png", id: "e.png"),
                at: 3
            )
            try await results.finish()
        }
        let before = try folder.tree("out")
        try folder.put("out/records/foreign.json", "{}")
        do {
            let results = try ResultsDirectory(at: out, for: run, continuing: true)
            #expect(try summary().state == .running)
            #expect(try summary().files.total == 4)
            let places = try await results.takeUpEarlierResults()
            #expect(places.keys.sorted() == ["a.png", "b/c.png", "d.png", "e.png"])
            #expect(places.values.sorted() == [0, 1, 2, 3])
            try await results.finish()
        }
        var after = try folder.tree("out")
        #expect(after.removeValue(forKey: "records/foreign.json") != nil)
        #expect(Set(after.keys) == Set(before.keys))
        #expect(after["summary.json"] == before["summary.json"])
        let lines = { (tree: [String: Data]) in
            Set(String(decoding: tree["records.ndjson"] ?? Data(), as: UTF8.self).split(separator: "\n"))
        }
        #expect(lines(after) == lines(before) && lines(after).count == 3)
    }

    @Test func recordsOfAnotherRecipeAreCountedAsSuch() async throws {
        try await write(["a.png", "b.png"])
        var run = run
        run.recipe.sha256 = String(repeating: "f", count: 64)
        let results = try ResultsDirectory(at: out, for: run, continuing: true)
        _ = try await results.takeUpEarlierResults()
        #expect(try await results.finish().files.earlierRecipes == 2)
    }

    @Test func whatIsNoFileIsNotWaitedFor() async throws {
        try await write(["a.png"])
        try FileManager.default.removeItem(atPath: out + "/records/a.png.json")
        #expect(unsafe mkfifo(out + "/records/a.png.json", 0o600) == 0)
        let results = try ResultsDirectory(at: out, for: run)
        #expect(throws: ResultsError.self) { try results.existingRecord(of: CapturePath(id: "a.png")) }
        try await results.write(record("a.png"), picture: picture(), at: 0)
        try await results.finish()
        #expect(try results.existingRecord(of: CapturePath(id: "a.png")) != nil)
    }

    @Test func foldersMayBeDeeperThanAPathMayBeLong() async throws {
        let id = String(repeating: String(repeating: "deep", count: 62) + "/", count: 20) + "a.png"
        for _ in 0..<2 {
            let results = try ResultsDirectory(at: out, for: run)
            try await results.write(record(id), picture: picture(), at: 0)
            try await results.finish()
            #expect(try results.existingRecord(of: CapturePath(id: id))?.capture.id == id)
        }
        // And so may those that go.
        try await write(["b.png"])
        #expect(!FileManager.default.fileExists(atPath: out + "/records/" + id.prefix(248)))
    }

    @Test(.enabled(if: ReadOnlyDisk.isAllowed, "only root may mount the disk that this writes to"))
    func aWriteProtectedMediumIsCalledThat() async throws {
        let disk = try #require(ReadOnlyDisk(at: folder.path + "/disk"))
        for path in [disk.path, disk.path + "/new/deeper"] {
            #expect {
                _ = try ResultsDirectory(at: path, for: run)
            } throws: { error in
                "\(error)".contains("Read-only file system; the medium is write-protected")
            }
        }
        withExtendedLifetime(disk) {}
    }
}

/// A disk that nothing can be written to.
private final class ReadOnlyDisk {
    let path: String

    init?(at path: String) {
        self.path = path
        guard unsafe mkdir(path, 0o777) == 0,
            unsafe mount("none", path, "tmpfs", UInt(MS_RDONLY), "size=16k") == 0
        else { return nil }
    }

    deinit { unsafe umount2(path, Int32(MNT_DETACH)) }

    static var isAllowed: Bool {
        guard let folder = try? TemporaryFolder() else { return false }
        return withExtendedLifetime(folder) { ReadOnlyDisk(at: folder.path + "/probe") != nil }
    }
}
