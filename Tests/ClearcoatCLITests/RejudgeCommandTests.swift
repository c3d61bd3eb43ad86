import ClearcoatFileTestSupport
import Foundation
import SystemPackage
import Testing

@Suite("clearcoat rejudge", .timeLimit(.minutes(watchdogMinutes)))
struct RejudgeCommandTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(TestPicture.png(), to: "in/a.png")
        try folder.write(TestPicture.png(seed: 2), to: "in/b.png")
        _ = try CommandRun("inspect", folder["in"].string, "-o", folder["out"].string, "--no-pictures")
        try folder.write(Array("limits: [ { size: \"> 2 px\", verdict: reject } ]".utf8), to: "strict.yaml")
        try folder.write(Array(CommandRun("recipe", "show").output.utf8), to: "same.yaml")
    }

    @Test("the same recipe flips nothing, from the lines and from the files")
    func same() throws {
        let lines = try CommandRun("rejudge", folder["out"].string, "--recipe", folder["same.yaml"].string)
        #expect(lines.status == 0 && lines.output.isEmpty)
        #expect(lines.errors.hasPrefix("2 records, 2 findings: no verdict flips\n"))
        try FileManager.default.removeItem(atPath: folder["out/records.ndjson"].string)
        let files = try CommandRun("rejudge", folder["out"].string, "--recipe", folder["same.yaml"].string)
        #expect(files.errors == lines.errors)
    }

    @Test("flips are told with their reasons, as text, as JSON and in a file")
    func flips() throws {
        let strict = folder["strict.yaml"].string
        let text = try CommandRun("rejudge", folder["out"].string, "--recipe", strict, "--gate")
        #expect(text.status == 20)
        #expect(text.lines.first == "a.png: rework -> reject")
        #expect(text.errors.hasPrefix("2 records, 2 findings: 2 verdicts flipped (2 rework -> reject)\n"))
        let json = try CommandRun("rejudge", folder["out"].string, "--recipe", strict, "--json")
        #expect(json.status == 0 && json.lines.count == 3)
        #expect(json.lines[0].hasPrefix("{\"after\":\"reject\",\"before\":\"rework\",\"capture\":\"a.png\""))
        #expect(json.lines[2].contains("\"changes\":{\"rework->reject\":2}"))
        let file = try CommandRun(
            "rejudge",
            folder["out/records.ndjson"].string,
            "--recipe",
            strict,
            "-o",
            folder["flips.ndjson"].string
        )
        #expect(file.status == 0 && file.output == text.output)
        let written = try String(contentsOfFile: folder["flips.ndjson"].string, encoding: .utf8)
        #expect(written == json.output)
    }

    @Test("what cannot be read ends with 2, no results with 74, no recipe with 64")
    func broken() throws {
        let same = folder["same.yaml"].string
        try folder.write(Array("{\"schemaVersion\":1}\n".utf8), to: "broken.ndjson")
        #expect(try CommandRun("rejudge", folder["broken.ndjson"].string, "--recipe", same).status == 2)
        #expect(try CommandRun("rejudge", folder["nowhere"].string, "--recipe", same).status == 74)
        #expect(try CommandRun("rejudge", folder["out"].string).status == 64)
    }
}
