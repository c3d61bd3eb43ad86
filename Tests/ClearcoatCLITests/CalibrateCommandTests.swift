import ClearcoatFileTestSupport
import SystemPackage
import Testing

@Suite("clearcoat calibrate", .timeLimit(.minutes(watchdogMinutes)))
struct CalibrateCommandTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: String...) throws -> CommandRun {
        try CommandRun(list: ["calibrate"] + arguments, in: folder)
    }

    @Test("good parts give a recipe that inspect can use, with what it promises")
    func goodParts() throws {
        let painted = try CommandRun(
            list: [
                "simulate", "-o", "good", "--count", "3", "--width", "320", "--height", "240", "--clean", "1",
            ],
            in: folder
        )
        #expect(painted.status == 0, "\(painted.errors)")
        let calibrated = try run("good", "--false-alarms", "0.2", "--output", "calibrated.yaml")
        #expect(calibrated.status == 0, "\(calibrated.errors)")
        #expect(calibrated.errors.contains("on 3 good pictures"))
        let printed = try run("good", "--false-alarms", "0.2")
        #expect(printed.output.contains("falseAlarms: 0.2 per image\n  thresholdFactor: "))
        let used = try CommandRun(
            list: ["inspect", "good", "--recipe", "calibrated.yaml", "--ndjson", "--gate"],
            in: folder
        )
        #expect(used.status == 0, "\(used.errors)")
    }

    @Test("what is no good part is told")
    func rubbish() throws {
        try folder.write([0x89, 0x50, 0x4E, 0x47], to: "good/broken.png")
        let broken = try run("good")
        #expect(broken.status == 2 && broken.errors.contains("no picture of a good part could be judged"))
        #expect(try run("good", "--false-alarms", "0").status == 64)
        #expect(try run().status == 64)
    }
}
