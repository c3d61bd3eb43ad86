import Clearcoat
import ClearcoatCodecs
import ClearcoatFileTestSupport
import ClearcoatImage
import ClearcoatReports
import ClearcoatService
import Foundation
import SystemPackage
import Testing

/// Batches that are killed, whose disk or folders go, and whose inputs are as nobody would make them.
@Suite("clearcoat survives", .timeLimit(.minutes(30)))
struct SurvivalTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func path(_ name: String) -> String { folder[name].string }

    /// The long form: `CLEARCOAT_KILLS=100 swift test -c release --filter SurvivalTests`.
    private static let wantedKills = ProcessInfo.processInfo.environment["CLEARCOAT_KILLS"].flatMap {
        Int($0)
    }

    @Test("a batch killed at any instant and resumed comes to the same bytes as one that nothing interrupted")
    func killed() throws {
        let kills = Self.wantedKills ?? 5
        let count = Self.wantedKills == nil ? 60 : 300
        for index in 0..<count {
            let picture = try TestPicture.png(seed: UInt64(index), width: 160, height: 120)
            try folder.write(index % 12 == 5 ? Array(picture.prefix(300)) : picture, to: "in/\(index).png")
        }
        let arguments = ["inspect", path("in"), "--reproducible", "-o"]
        #expect(try CommandRun(list: arguments + [path("whole")]).status == 2)
        let whole = try folder.contents(of: "whole")

        var generator = SplitMix64(seed: 2026)
        var killed = 0
        while killed < kills {
            let batch = try RunningCommand(
                "inspect",
                path("in"),
                "--reproducible",
                "-o",
                path("out"),
                "--resume"
            )
            let before = folder.recordCount()
            let wanted = before + Int(generator.next() % UInt64(max(1, count / kills)))
            batch.wait { folder.recordCount() >= wanted }
            usleep(UInt32(generator.next() % 4000))
            batch.send(SIGKILL)
            if batch.end() == -SIGKILL { killed += 1 }
            let isDone = try expectSound()
            if isDone {
                #expect(try folder.contents(of: "out") == whole)
                try FileManager.default.removeItem(atPath: path("out"))
            }
        }
        let rest = try CommandRun(list: arguments + [path("out"), "--resume"])
        #expect(rest.status == 2)
        let resumed = try folder.contents(of: "out")
        #expect(Set(resumed.keys) == Set(whole.keys))
        for (name, bytes) in whole { #expect(resumed[name] == bytes, "\(name)") }
        #expect(try CommandRun("audit", path("out"), "--input", path("in")).lines == [])
    }

    /// Whatever stands under a final name is whole, and what is not the whole run does not say that it is.
    ///
    /// - Returns: whether the run was done.
    private func expectSound() throws -> Bool {
        let contents = try folder.contents(of: "out")
        for (name, bytes) in contents where !name.hasSuffix(".tmp") {
            if name.hasPrefix("records/") {
                #expect(RecordSchema.violations(in: bytes) == [], "\(name)")
                #expect(contents[name.replacing("records/", with: "annotated/").dropLast(4) + "png"] != nil)
            } else if name.hasPrefix("annotated/") {
                #expect(throws: Never.self, "\(name)") { try ImageDecoder().decodeColor(bytes) }
            }
        }
        guard let bytes = contents["summary.json"] else { return false }
        return try JSONDecoder().decode(RunSummary.self, from: Data(bytes)).state == .complete
    }

    @Test("an output that is removed while the batch runs ends it with 74")
    func outputRemoved() throws {
        let (batch, _) = try folder.frozenBatch()
        try FileManager.default.removeItem(atPath: path("out"))
        batch.thaw()
        #expect(batch.end() == 74)
        #expect(batch.errors.contains("the output was removed while running"), "\(batch.errors)")
        #expect(!folder.exists("out"))
    }

    @Test("of two runs on the same output the second is refused with the first one's process id")
    func twoRuns() throws {
        try folder.write(TestPicture.png(), to: "drop/a.png")
        let first = try RunningCommand("watch", path("drop"), "-o", path("out"))
        first.wait { folder.exists("out/records/a.png.json") }
        let second = try CommandRun("inspect", path("drop"), "-o", path("out"))
        #expect(second.status == 74)
        #expect(second.errors.contains("another run (process \(first.processID)) is writing to"))
        first.send(SIGTERM)
        #expect(first.end() == 0)
    }

    @Test("files of any name come to a record each, in one folder, deep below and in a loop of links")
    func strangeNames() throws {
        var names: [[UInt8]] = [
            "a b.png", "it's \"x\".png", "two\nlines.png", "größe.png", "-dash.png", "$HOME `x`.png",
            "\\x41.png",
        ].map { Array($0.utf8) }
        names.append([0x66, 0xff, 0xfe] + Array(".png".utf8))
        names.append(Array((String(repeating: "n", count: 251) + ".png").utf8))
        names.append(Array((String(repeating: "ü", count: 125) + ".png").utf8))
        names.append(Array((String(repeating: "deep/", count: 100) + "a.png").utf8))
        for (index, name) in names.enumerated() {
            try AtomicFile.write(
                TestPicture.png(seed: UInt64(index)),
                to: Array((path("in") + "/").utf8) + name
            )
        }
        try folder.link("in/loop", to: folder["in"])
        try folder.link("in/self.png", to: folder["in/self.png"])
        let run = try CommandRun("inspect", path("in"), "-o", path("out"))
        #expect(run.status == 2)
        #expect(run.errors.contains("\(names.count + 1) files: \(names.count) records"), "\(run.errors)")
        #expect(run.errors.contains("1 failure"))
        let audit = try CommandRun("audit", path("out"), "--input", path("in"))
        #expect(audit.lines == [] && audit.status == 0, "\(audit.output)")
        #expect(
            try CommandRun("inspect", path("in"), "-o", path("out"), "--resume").errors.contains("11 kept")
        )
    }

    @Test("thousands of files in one folder come out one by one")
    func manyFiles() throws {
        let count = 1500
        for index in 0..<count {
            _ = FileManager.default.createFile(atPath: path("\(index).png"), contents: Data("no".utf8))
        }
        let run = try CommandRun("inspect", folder.path.string, "-o", path("out"))
        #expect(run.status == 2)
        #expect(run.errors.contains("1500 files: 0 records, 1500 failures"), "\(run.errors.suffix(300))")
        let failures = try FileContents.read(folder["out/failures.ndjson"], limit: 1 << 26)
        let ids = failures.split(separator: UInt8(ascii: "\n")).compactMap {
            try? InspectionFailure(line: Array($0)).id
        }
        #expect(Set(ids).count == count)
    }

    @Test("each failure has its code in failures.ndjson and on the page")
    func failureCodes() throws {
        try folder.write([], to: "in/empty.png")
        try folder.write(Array("GIF89a".utf8), to: "in/wrong.png")
        _ = try CommandRun("inspect", path("in"), path("missing.png"), "-o", path("out"))
        let page = String(
            decoding: try FileContents.read(folder["out/report.html"], limit: 1 << 24),
            as: UTF8.self
        )
        let lines = try FileContents.read(folder["out/failures.ndjson"], limit: 1 << 20)
        let failures = try lines.split(separator: UInt8(ascii: "\n")).map {
            try InspectionFailure(line: Array($0))
        }
        #expect(failures.map(\.code) == ["image.empty", "image.unknown-format", "file.not-found"])
        #expect(failures.map(\.id) == ["in/empty.png", "in/wrong.png", "missing.png"])
        for failure in failures { #expect(page.contains("<td>\(failure.code)</td>"), "\(failure.code)") }
    }
}
