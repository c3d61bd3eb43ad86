import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports
import Foundation
import Testing

@Suite struct ResultsDirectoryTests {
    private let run = RunDescription(generator: SyntheticRecords.generator, recipe: SyntheticRecords.recipe)

    @Test func everyFileIsInTheOrderOfTheInputs() async throws {
        let folder = try TemporaryFolder()
        let results = try ResultsDirectory(at: folder.path + "/out/deep", for: run)
        var generator = SplitMix64(seed: 31)
        let finding = SyntheticRecords.finding(1, using: &generator)
        for order in [3, 0, 4, 1] {
            try await results.write(
                SyntheticRecords.record(id: "x/\(order).png", findings: [finding], using: &generator),
                at: order
            )
        }
        try await results.write(
            InspectionFailure(code: "decode.truncated", message: "cut \"short\"", path: "x/5.png"),
            at: 5
        )
        try await results.write(InspectionFailure(code: "read", message: "no", path: "x/2.png"), at: 2)
        let summary = try await results.finish()
        #expect(summary.files.total == 6)
        #expect(summary.files.inspected == 4)
        #expect(summary.files.failed == 2)

        let lines = try folder.text("out/deep/records.ndjson").split(separator: "\n")
        #expect(
            try lines.map { try RecordCoder.record(from: Array($0.utf8)).capture.id } == [
                "x/0.png", "x/1.png", "x/3.png", "x/4.png",
            ]
        )
        let failures = try folder.text("out/deep/failures.ndjson")
        #expect(
            failures == """
                {"code":"read","id":"x/2.png","message":"no","path":"x/2.png"}
                {"code":"decode.truncated","id":"x/5.png","message":"cut \\"short\\"","path":"x/5.png"}

                """
        )
        let table = try folder.text("out/deep/findings.csv").split(separator: "\r\n")
        #expect(table.dropFirst().map { $0.prefix(7) } == ["x/0.png", "x/1.png", "x/3.png", "x/4.png"])
        let own = try RecordCoder.record(from: Array(folder.text("out/deep/records/x/3.png.json").utf8))
        #expect(own.capture.id == "x/3.png")
        #expect(try folder.names("out/deep").filter { $0.hasPrefix(".") } == [])
    }

    @Test func reproducibleResultsAreTheSameInAnyOrder() async throws {
        let folder = try TemporaryFolder()
        var reproducible = run
        reproducible.isReproducible = true
        var trees: [[String: Data]] = []
        for (name, order) in [("a", [0, 1, 2, 3]), ("b", [2, 3, 1, 0])] {
            let results = try ResultsDirectory(at: folder.path + "/" + name, for: reproducible)
            for index in order {
                var generator = SplitMix64(seed: UInt64(index))
                let id = "d\(index % 2)/\(index).png"
                var record = try SyntheticRecords.random(id: id, using: &generator)
                record.timings?.inspectMs = name == "a" ? 1 : 2
                try await results.write(record, at: index)
            }
            try await results.finish(timings: RunTimings(startedAt: name, seconds: 1, megapixelsPerSecond: 1))
            trees.append(try folder.tree(name))
        }
        #expect(trees[0] == trees[1])
        #expect(trees[0].count >= 8)
        #expect(!trees[0].values.contains { String(decoding: $0, as: UTF8.self).contains("timings") })
    }

    @Test func anotherRunOnTheSameDirectoryIsRefused() async throws {
        let folder = try TemporaryFolder()
        do {
            let first = try ResultsDirectory(at: folder.path, for: run)
            #expect {
                _ = try ResultsDirectory(at: folder.path, for: run)
            } throws: { error in
                guard case .inUse(_, let holder)? = error as? ResultsError else { return false }
                return holder == nil || holder == Int(getpid())
            }
            try await first.finish()
        }
        _ = try ResultsDirectory(at: folder.path, for: run)
    }

    @Test func whatAKilledRunLeftIsRemovedAndNothingElse() async throws {
        let folder = try TemporaryFolder()
        _ = try ResultsDirectory(at: folder.path, for: run)
        for name in ["records/a", "another/records"] {
            try FileManager.default.createDirectory(
                atPath: folder.path + "/" + name,
                withIntermediateDirectories: true
            )
        }
        for name in ["records/a/.clearcoat-1x.tmp", ".clearcoat-zz.tmp"] { try folder.put(name) }
        // The last of them is another run's, which may be at work.
        for name in [
            "records/a/b.png.json", ".hidden", "clearcoat-1.tmp", ".clearcoat-1.json",
            "another/records/.clearcoat-1x.tmp",
        ] { try folder.put(name) }
        _ = try ResultsDirectory(at: folder.path, for: run)
        #expect(
            try folder.tree("").keys.sorted() == [
                ".clearcoat-1.json", ".hidden", "another/records/.clearcoat-1x.tmp", "clearcoat-1.tmp",
                "records/a/b.png.json", "summary.json",
            ]
        )
    }

    @Test func anOutputThatIsAFileIsRefused() throws {
        let folder = try TemporaryFolder()
        try folder.put("file")
        for path in ["file", "file/below", "file/far/below"] {
            #expect(throws: ResultsError.notADirectory(path: folder.path + "/" + path)) {
                _ = try ResultsDirectory(at: folder.path + "/" + path, for: run)
            }
        }
    }

    @Test func anOutputThatCannotBeWrittenIsRefusedWithTheReason() throws {
        #expect {
            _ = try ResultsDirectory(at: "/proc/clearcoat", for: run)
        } throws: { error in
            guard let error = error as? ResultsError, case .system = error else { return false }
            return error.description.contains("/proc/clearcoat") && error.code == "output.not-writable"
        }
    }

    @Test func aRecordThatCannotBeWrittenLeavesNothingAndIsNotCounted() async throws {
        let folder = try TemporaryFolder()
        let results = try ResultsDirectory(at: folder.path, for: run)
        var generator = SplitMix64(seed: 32)
        var record = try SyntheticRecords.record(id: "n.png", findings: [], using: &generator)
        record.quality.focus = .nan
        await #expect(throws: ResultsError.record(path: "n.png", .notFinite(path: "quality.focus"))) {
            try await results.write(record, at: 0)
        }
        record.quality.focus = 1
        record.capture.id = "../n.png"
        await #expect(throws: ResultsError.unsafePath("../n.png")) { try await results.write(record, at: 0) }
        try folder.put("records")
        record.capture.id = "m.png"
        await #expect(throws: ResultsError.self) { try await results.write(record, at: 0) }
        let summary = try await results.finish()
        #expect(summary.files.total == 0)
        #expect(try folder.text("records.ndjson").isEmpty)
    }

    @Test func aSymbolicLinkInsideIsNotFollowed() async throws {
        let folder = try TemporaryFolder()
        let elsewhere = try TemporaryFolder()
        let results = try ResultsDirectory(at: folder.path, for: run)
        try FileManager.default.createDirectory(
            atPath: folder.path + "/records",
            withIntermediateDirectories: false
        )
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/records/x",
            withDestinationPath: elsewhere.path
        )
        var generator = SplitMix64(seed: 33)
        let record = try SyntheticRecords.record(id: "x/a.png", findings: [], using: &generator)
        await #expect(throws: ResultsError.self) { try await results.write(record, at: 0) }
        #expect(try elsewhere.names("") == [])
    }

    @Test func hostileNamesKeepTheirOwnFiles() async throws {
        let folder = try TemporaryFolder()
        let results = try ResultsDirectory(at: folder.path, for: run)
        let long = String(repeating: "ü", count: 127)
        let names: [[UInt8]] = [
            Array("new\nline \"q\" <b>.png".utf8), [0x66, 0xFF, 0x2E, 0x70], [0x66, 0xFE, 0x2E, 0x70],
            Array(#"f\xff.p"#.utf8), Array((long + "a").utf8), Array((long + "b").utf8),
            Array((String(repeating: "d", count: 255) + "/").utf8)
                + Array(repeating: UInt8(ascii: "n"), count: 255),
        ]
        var generator = SplitMix64(seed: 34)
        for (order, name) in names.enumerated() {
            let path = try CapturePath(bytes: name)
            let record = try SyntheticRecords.record(id: path.id, findings: [], using: &generator)
            try await results.write(record, at: order)
            #expect(try results.existingRecord(of: path) == record)
        }
        #expect(try results.existingRecord(of: CapturePath(id: "none/there.png")) == nil)
        let summary = try await results.finish()
        #expect(summary.files.inspected == names.count)
    }

    @Test(.enabled(if: SmallDisk.isAllowed, "only root may mount the small disk that this fills"))
    func aFullDiskLeavesNothingHalfWritten() async throws {
        let folder = try TemporaryFolder()
        let disk = try #require(SmallDisk(at: folder.path + "/disk"))
        var generator = SplitMix64(seed: 35)
        let findings = (1...10).map { SyntheticRecords.finding($0, using: &generator) }
        var full: ResultsError?
        do {
            let results = try ResultsDirectory(at: disk.path, for: run)
            for order in 0..<40 where full == nil {
                do {
                    try await results.write(
                        SyntheticRecords.record(id: "\(order).png", findings: findings, using: &generator),
                        at: order
                    )
                } catch let error as ResultsError { full = error }
            }
            #expect(full?.code == "output.disk-full")
            #expect(full?.description.contains("free some space") == true)
        }
        for (name, bytes) in try folder.tree("disk") where name.hasPrefix("records/") {
            #expect(RecordSchema.violations(in: Array(bytes)) == [], "\(name)")
        }
        withExtendedLifetime(disk) {}
    }
}

/// A disk of 96 kB in memory.
private final class SmallDisk {
    let path: String

    init?(at path: String) {
        self.path = path
        guard unsafe mkdir(path, 0o777) == 0, unsafe mount("none", path, "tmpfs", 0, "size=96k") == 0 else {
            return nil
        }
    }

    deinit { unsafe umount2(path, Int32(MNT_DETACH)) }

    static var isAllowed: Bool {
        guard let folder = try? TemporaryFolder() else { return false }
        return withExtendedLifetime(folder) { SmallDisk(at: folder.path + "/probe") != nil }
    }
}
