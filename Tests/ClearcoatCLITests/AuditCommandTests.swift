import ClearcoatFileTestSupport
import ClearcoatService
import Foundation
import SystemPackage
import Testing

@Suite("clearcoat audit", .timeLimit(.minutes(watchdogMinutes)))
struct AuditCommandTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(TestPicture.png(), to: "in/a.png")
        try folder.write(TestPicture.png(seed: 2), to: "in/b.png")
        _ = try CommandRun("inspect", folder["in"].string, "-o", folder["out"].string)
    }

    @Test("whole results end with 0 and one line that says so")
    func whole() throws {
        let run = try CommandRun("audit", folder["out"].string, "--input", folder["in"].string)
        #expect(run.status == 0)
        #expect(run.output.isEmpty)
        #expect(run.errors == "2 records, 0 failures, 2 inputs: nothing is wrong\n")
    }

    @Test("with --moved, pictures that went on to another folder are found there")
    func moved() throws {
        try folder.move("in/a.png", to: "archive/a.png")
        let inputs = ["--input", folder["in"].string, "--input", folder["archive"].string]
        let strict = try CommandRun(list: ["audit", folder["out"].string] + inputs)
        #expect(strict.status == 3)
        let run = try CommandRun(list: ["audit", folder["out"].string, "--moved"] + inputs)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.errors == "2 records, 0 failures, 2 inputs, 0 no longer there: nothing is wrong\n")
        #expect(try CommandRun("audit", folder["out"].string, "--moved").status == 64)
    }

    @Test("what is wrong is a line each, as text or as JSON, and ends with 3")
    func damaged() throws {
        try FileManager.default.removeItem(atPath: folder["out/annotated/b.png.png"].string)
        let text = try CommandRun("audit", folder["out"].string)
        #expect(text.status == 3)
        #expect(text.lines == ["annotated/b.png.png: there is no such picture [picture.missing]"])
        #expect(text.errors.hasSuffix(": 1 thing is wrong\n"))
        let json = try CommandRun("audit", folder["out"].string, "--json")
        #expect(json.status == 3)
        let finding = try JSONDecoder().decode(AuditFinding.self, from: Data(json.output.utf8))
        #expect(finding.code == .pictureMissing && finding.path == "annotated/b.png.png")
    }

    @Test("a folder that is not there ends with 74, an empty name with 64")
    func missing() throws {
        let run = try CommandRun("audit", folder["nowhere"].string)
        #expect(run.status == 74)
        #expect(run.errors.hasPrefix("clearcoat: there are no results in "))
        #expect(try CommandRun("audit", "").status == 64)
    }
}
