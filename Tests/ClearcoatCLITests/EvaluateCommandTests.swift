import ClearcoatFileTestSupport
import ClearcoatReports
import Foundation
import SystemPackage
import Testing

@Suite("clearcoat evaluate", .timeLimit(.minutes(watchdogMinutes)))
struct EvaluateCommandTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: String...) throws -> CommandRun {
        try CommandRun(list: ["evaluate"] + arguments, in: folder)
    }

    private func scores(_ name: String) throws -> JSONValue {
        let bytes = try folder.contents(of: name)["evaluation.json"] ?? []
        return try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    }

    @Test("what simulate painted is scored, by paint, and from records the same is found")
    func simulated() throws {
        let painted = try CommandRun(
            list: [
                "simulate", "-o", "panels", "--count", "3", "--seed", "5", "--width", "320", "--height",
                "240",
                "--clean", "0.3", "--surface", "smoothLight",
            ],
            in: folder
        )
        #expect(painted.status == 0, "\(painted.errors)")
        let fresh = try run("panels", "-o", "scores", "--jobs", "2")
        #expect(fresh.status == 0, "\(fresh.errors)")
        let evaluation = try scores("scores")
        #expect(evaluation["dataset"]?["scored"] == 3)
        #expect(evaluation["dataset"]?["layout"] == "simulated")
        #expect(
            evaluation["detection"]?["falseAlarmsByPaint"]?["smoothLight"]?["perImage"]?["exposure"]?.double
                == 3
        )
        #expect(try run("panels", "-o", "again", "--jobs", "1").status == 0)
        #expect(try folder.contents(of: "again") == folder.contents(of: "scores"))

        let inspected = try CommandRun(
            list: ["inspect", "panels", "-o", "results", "--no-pictures"],
            in: folder
        )
        #expect(inspected.status == 0, "\(inspected.errors)")
        let earlier = try run("panels", "-o", "earlier", "--results", "results")
        #expect(earlier.status == 0, "\(earlier.errors)")
        #expect(try scores("earlier")["detection"] == evaluation["detection"])
    }

    @Test("what cannot be scored is told, and what is no data set refused")
    func rubbish() throws {
        try folder.write(TestPicture.png(), to: "set/good/a.png")
        try folder.write([0x89, 0x50, 0x4E, 0x47], to: "set/good/broken.png")
        let some = try run("set", "-o", "scores")
        #expect(some.status == 2 && some.errors.contains("good/broken.png: "))
        #expect(try run("nowhere", "-o", "scores").status == 64)
        #expect(try run("set", "-o", "scores", "--jobs", "0").status == 64)
        #expect(try run("set", "-o", "scores", "--results", "set").status == 74)
        try folder.write([1], to: "mine/evaluation.html")
        #expect(try run("set", "-o", "mine").status == 74)
        let repeated = try run("set", "-o", "scores", "--repeat")
        #expect(repeated.status == 2 && repeated.errors.contains("one capture of this part only"))
    }
}
