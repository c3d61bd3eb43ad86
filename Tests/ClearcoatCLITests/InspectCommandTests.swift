import Clearcoat
import ClearcoatCodecs
import ClearcoatFileTestSupport
import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports
import Foundation
import SystemPackage
import Testing

@Suite("clearcoat inspect", .timeLimit(.minutes(watchdogMinutes)))
struct InspectCommandTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(TestPicture.png(), to: "in/a.png")
        try folder.write(TestPicture.jpeg(seed: 2), to: "in/b/c.jpg")
    }

    private func path(_ name: String) -> String { folder[name].string }

    private func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    @Test("a folder comes to records and a summary")
    func inspects() throws {
        let run = try CommandRun("inspect", path("in"), "--output", path("out"))
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("2 files: 2 records"))
        #expect(exists("out/records/a.png.json") && exists("out/records/b/c.jpg.json"))
        #expect(exists("out/annotated/a.png.png") && exists("out/report.html"))
        #expect(exists("out/summary.json") && exists("out/records.ndjson") && exists("out/findings.csv"))
    }

    @Test("equal names with different extensions stay apart")
    func equalNames() throws {
        try folder.write(TestPicture.jpeg(), to: "in/a.jpg")
        #expect(try CommandRun("inspect", path("in"), "-o", path("out")).status == 0)
        #expect(exists("out/records/a.png.json") && exists("out/records/a.jpg.json"))
    }

    @Test(
        "missing, empty, truncated, wrong-type, zero-size and over-limit files are named, and the rest is done"
    )
    func badFiles() throws {
        let png = try TestPicture.png()
        try folder.write([], to: "in/empty.png")
        try folder.write(Array(png.prefix(120)), to: "in/truncated.png")
        try folder.write(Array("GIF89a and more".utf8), to: "in/wrong.png")
        var sized = png
        sized.replaceSubrange(16..<24, with: [0, 0, 0, 0, 0, 0, 0, 0])
        try folder.write(sized, to: "in/zero.png")
        sized.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])
        try folder.write(sized, to: "in/huge.png")
        let run = try CommandRun("inspect", path("in"), path("missing.png"), "--output", path("out"))
        #expect(run.status == 2)
        for name in ["empty.png", "truncated.png", "wrong.png", "zero.png", "huge.png", "missing.png"] {
            #expect(run.errors.contains("\(name): "), "\(name)")
        }
        #expect(run.errors.contains("8 files: 2 records"))
        #expect(run.errors.contains("6 failures"))
        let listed = try FileContents.read(folder["out/failures.ndjson"], limit: 1 << 20)
        #expect(listed.split(separator: UInt8(ascii: "\n")).count == 6)
        #expect(exists("out/records/in/a.png.json"))
        for name in try folder.contents(of: "out").keys { #expect(!name.hasSuffix(".tmp"), "\(name)") }
    }

    @Test("a folder, a pipe and an unreadable path as a file each have their message")
    func notFiles() throws {
        #expect(unsafe mkfifo(path("in/pipe.png"), 0o600) == 0)
        let run = try CommandRun("inspect", path("in"), "/proc/self/mem", "--output", path("out"))
        #expect(run.status == 2)
        #expect(run.errors.contains("this is a pipe, not a file"))
        #expect(run.errors.contains("/proc/self/mem: "))
    }

    @Test("a folder with no images says so")
    func noImages() throws {
        try folder.makeFolder("none")
        let run = try CommandRun("inspect", path("none"), "--output", path("out"))
        #expect(run.status == 2)
        #expect(run.errors.contains("there are no PNG or JPEG images in this folder"))
    }

    @Test("an output that is a file, cannot be made or lies on a full disk ends with 74")
    func badOutput() throws {
        try folder.write([1], to: "file")
        #expect(try CommandRun("inspect", path("in"), "-o", path("file")).status == 74)
        #expect(try CommandRun("inspect", path("in"), "-o", path("file/below")).status == 74)
        let forbidden = try CommandRun("inspect", path("in"), "-o", "/proc/clearcoat")
        #expect(forbidden.status == 74)
        #expect(forbidden.errors.contains("/proc/clearcoat"))
        #expect(forbidden.output.isEmpty)
    }

    @Test(
        "a full disk ends with 74 and leaves nothing half-written",
        .enabled(if: SmallDisk.isPossible, "no tmpfs here")
    )
    func fullDisk() throws {
        let disk = try SmallDisk(at: folder.makeFolder("disk"))
        defer { disk.unmount() }
        for index in 0..<40 { try folder.write(TestPicture.png(seed: UInt64(index)), to: "in/\(index).png") }
        let run = try CommandRun("inspect", path("in"), "-o", path("disk/out"))
        #expect(run.status == 74, "\(run.errors)")
        #expect(run.errors.contains("free some space"))
        let left = try folder.contents(of: "disk/out")
        // Whoever wrote when the disk was found full has come to an end before the program did.
        #expect(left.keys.filter { $0.hasSuffix(".tmp") } == [])
        for (name, bytes) in left where name.hasPrefix("records/") {
            #expect(throws: Never.self, "\(name)") { try RecordCoder.record(from: bytes) }
        }
    }

    @Test("a broken recipe ends with 65 and says where it is broken")
    func badRecipe() throws {
        try folder.write(Array("detect:\n  sice: { min: 3 px }\n".utf8), to: "bad.yaml")
        let run = try CommandRun("inspect", path("in"), "-o", path("out"), "--recipe", path("bad.yaml"))
        #expect(run.status == 65)
        #expect(run.errors.contains("bad.yaml:2:3: error:"))
        #expect(!exists("out"))
        let missing = try CommandRun("inspect", path("in"), "-o", path("out"), "--recipe", path("none.yaml"))
        #expect(missing.status == 65)
    }

    @Test("millimetres without any scale are refused before anything is begun")
    func missingScale() throws {
        try folder.write(Array("limits: [{ size: \"> 0.5 mm\", verdict: reject }]\n".utf8), to: "mm.yaml")
        let refused = try CommandRun("inspect", path("in"), "-o", path("out"), "--recipe", path("mm.yaml"))
        #expect(refused.status == 65)
        #expect(!exists("out"))
        // One picture with a scale, and the others fail one by one.
        var options = PNGOptions()
        options.scale = PhysicalScale(mmPerPixel: 0.1)
        try folder.write(ImageEncoder.png(TestPicture.image(), options: options), to: "in/scaled.png")
        let done = try CommandRun("inspect", path("in"), "-o", path("out"), "--recipe", path("mm.yaml"))
        #expect(done.status == 2)
        #expect(exists("out/records/scaled.png.json") && !exists("out/records/a.png.json"))
    }

    @Test("usage errors end with 64")
    func usage() throws {
        for arguments in [
            ["inspect"], ["inspect", "a.png"], ["inspect", "a.png", "-o", "out", "--ndjson"],
            ["inspect", "a.png", "--files-from", "-", "--ndjson"],
            ["inspect", "a.png", "-o", "out", "--jobs", "0"],
            ["inspect", "a.png", "-o", "out", "--nonsense"], ["nonsense"], ["inspect", "a.png", "-o", ""],
            ["inspect", "", "-o", "out"], ["watch", "drop", "-o", ""], ["audit"],
        ] {
            let run = try CommandRun(list: arguments)
            #expect(run.status == 64, "\(arguments)")
            #expect(!run.errors.isEmpty)
        }
    }

    @Test("the results cannot go among the pictures, but into a folder beside them")
    func outputIsInput() throws {
        let refused = try CommandRun("inspect", path("in"), "-o", path("in/."))
        #expect(refused.status == 64)
        #expect(refused.errors.contains("Usage: clearcoat inspect "))
        #expect(try CommandRun("inspect", path("in/a.png"), "-o", path("in")).status == 64)
        #expect(!exists("in/records"))
        #expect(try CommandRun("watch", path("in"), "-o", path("in")).status == 64)
        for _ in 0..<2 {
            #expect(try CommandRun("inspect", path("in"), "-o", path("in/results")).status == 0)
        }
        #expect(exists("in/results/records/a.png.json") && !exists("in/results/records/results"))
    }

    @Test("records go to standard output in the order of the paths, with a line for each")
    func stream() throws {
        let list = [path("in/b/c.jpg"), path("missing.png"), path("in/a.png")].joined(separator: "\n")
        for input in ["-", path("list")] {
            try folder.write(Array(list.utf8), to: "list")
            let run = try CommandRun(
                "inspect",
                "--files-from",
                input,
                "--ndjson",
                "--reproducible",
                input: list
            )
            #expect(run.status == 2, "\(run.errors)")
            #expect(run.lines.count == 3)
            if input == "-" {
                #expect(run.lines[0].contains(#""source":"\#(path("in/b/c.jpg"))""#))
                #expect(run.lines[1].contains(#""error":{"code":"file.not-found""#))
                #expect(run.lines[2].contains(#""source":"\#(path("in/a.png"))""#))
            }
            let records = run.lines.filter { !$0.contains(#""error""#) }
            for line in records {
                #expect(throws: Never.self) { try RecordCoder.record(from: Array(line.utf8)) }
            }
        }
    }

    @Test("a list without pictures ends with 2, one that cannot be read with 74")
    func uselessLists() throws {
        let empty = try CommandRun("inspect", "--files-from", "-", "--ndjson", input: "\n")
        #expect(empty.status == 2)
        #expect(empty.lines.count == 1)
        #expect(empty.lines.first?.contains(#""code":"input.no-images""#) ?? false)
        try folder.write([], to: "list")
        let none = try CommandRun("inspect", "--files-from", path("list"), "-o", path("out"))
        #expect(none.status == 2)
        #expect(none.errors.contains("names no pictures"))
        let folder = try CommandRun("inspect", "--files-from", path("in"), "-o", path("other"))
        #expect(folder.status == 74)
        #expect(folder.errors.contains("cannot be read"))
        #expect(!exists("other"))
    }

    @Test("with -0 the names of a list may hold line ends, as find -print0 writes them")
    func zeroBytes() throws {
        try folder.write(TestPicture.png(seed: 7), to: "odd/new\nline.png")
        let clearcoat = "'\(CommandRun.executable.path)' inspect --files-from"
        let batch = try CommandRun.shell("find odd -print0 -type f | \(clearcoat) - -0 -o out", in: folder)
        #expect(batch.status == 2, "odd itself is a folder")
        #expect(exists("out/records/odd/new\nline.png.json"))
        let stream = try CommandRun.shell(
            "find odd -type f -print0 | \(clearcoat) - --null --ndjson",
            in: folder
        )
        #expect(stream.status == 0 && stream.lines.count == 1)
        let file = try CommandRun.shell(
            "find odd -type f -print0 >list; \(clearcoat) list -0 --ndjson --reproducible",
            in: folder
        )
        #expect(file.status == 0 && file.lines.count == 1)
        #expect(file.output.contains(#""id":"odd/new\nline.png""#))
        #expect(try CommandRun("inspect", path("in"), "-0", "-o", path("out")).status == 64)
    }

    @Test("a listed picture in the output folder is refused as a named one is")
    func listedInOutput() throws {
        for list in [path("in/a.png") + "\n", path("in") + "\n"] {
            let run = try CommandRun("inspect", "--files-from", "-", "-o", path("in"), input: list)
            #expect(run.status == 64)
            #expect(run.errors.contains("name another folder for the results"))
        }
        #expect(!exists("in/summary.json"))
    }

    @Test("--gate tells the worst verdict")
    func gate() throws {
        func status(_ limits: String) throws -> Int32 {
            try folder.write(Array("limits: \(limits)\n".utf8), to: "gate.yaml")
            return try CommandRun(
                "inspect",
                path("in"),
                "-o",
                path("out"),
                "--gate",
                "--recipe",
                path("gate.yaml")
            ).status
        }
        #expect(try status("[]") == 0)
        #expect(try status("[{ verdict: rework }]") == 10)
        #expect(try status("[{ verdict: reject }]") == 20)
        try folder.write(Array("station: { exposure: { min: 0.9, max: 1 } }\n".utf8), to: "dark.yaml")
        let unjudged = try CommandRun(
            "inspect",
            path("in"),
            "-o",
            path("out"),
            "--gate",
            "-r",
            path("dark.yaml")
        )
        #expect(unjudged.status == 30, "\(unjudged.errors)")
    }

    @Test("--resume keeps what is right")
    func resume() throws {
        #expect(try CommandRun("inspect", path("in"), "-o", path("out")).status == 0)
        let again = try CommandRun("inspect", path("in"), "-o", path("out"), "--resume")
        #expect(again.status == 0)
        #expect(again.errors.contains("2 kept from before, 0 done again, 0 new"))
        try folder.write(TestPicture.png(seed: 3), to: "in/a.png")
        try folder.write(TestPicture.png(seed: 4), to: "in/d.png")
        let changed = try CommandRun("inspect", path("in"), "-o", path("out"), "--resume")
        #expect(changed.errors.contains("1 kept from before, 1 done again, 1 new"))
    }

    @Test("the final line counts in words that fit and says what it took")
    func finalLine() throws {
        let one = try CommandRun("inspect", path("in/a.png"), path("in/./a.png"), "-o", path("out"))
        #expect(one.errors.contains("1 file: 1 record ("))
        #expect(one.errors.contains(", 0 failures, 1 named twice and inspected once, "))
        #expect(one.errors.contains(" MP/s, at most "))
        #expect(one.errors.contains(" MB of memory -> "))
    }

    @Test("an output with somebody else's results is refused, an earlier run's are replaced")
    func earlierResults() throws {
        try folder.write([1], to: "foreign/report.html")
        let refused = try CommandRun("inspect", path("in"), "-o", path("foreign"))
        #expect(refused.status == 74)
        #expect(refused.errors.contains("holds report.html but no summary.json of clearcoat"))
        #expect(try folder.contents(of: "foreign") == ["report.html": [1]])
        #expect(try CommandRun("inspect", path("in"), "-o", path("out")).status == 0)
        let other = try CommandRun("inspect", path("in/a.png"), "-o", path("out"))
        #expect(other.errors.contains("2 files of an earlier run removed"))
        #expect(exists("out/records/a.png.json") && !exists("out/records/b"))
    }

    @Test("--no-pictures leaves the pictures out")
    func noPictures() throws {
        #expect(try CommandRun("inspect", path("in"), "-o", path("out"), "--no-pictures").status == 0)
        #expect(!exists("out/annotated"))
    }
}

/// A disk of 256 KiB in memory, where the system lets us have one.
private struct SmallDisk {
    private let path: FilePath

    static let isPossible: Bool = {
        guard let folder = try? TemporaryFolder(), let disk = try? SmallDisk(at: folder.path) else {
            return false
        }
        disk.unmount()
        return true
    }()

    init(at path: FilePath) throws {
        self.path = path
        try Self.run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", path.string)
    }

    func unmount() { try? Self.run("umount", path.string) }

    private static func run(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Errno.notPermitted }
    }
}
