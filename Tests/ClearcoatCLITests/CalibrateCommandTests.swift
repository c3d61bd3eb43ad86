import ClearcoatFileTestSupport
import Foundation
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

    @Test(
        "sharp pictures of textured paint teach the least focus, and pictures out of focus are then not judged"
    )
    func focus() throws {
        func paint(_ folder: String, _ more: String...) throws {
            let run = try CommandRun(
                list: [
                    "simulate", "-o", folder, "--surface", "metallicSilver", "--width", "480", "--height",
                    "360",
                    "--clean", "1", "--count", "6",
                ] + more,
                in: self.folder
            )
            #expect(run.status == 0, "\(run.errors)")
        }
        func verdicts(_ folder: String) throws -> String {
            let run = try CommandRun(
                list: ["inspect", folder, "--recipe", "calibrated.yaml", "--ndjson", "--gate"],
                in: self.folder
            )
            return "\(run.status): \(run.output.components(separatedBy: "cannot judge: focus").count - 1)"
        }
        try paint("good", "--seed", "1")
        try paint("sharp", "--seed", "2")
        try paint("soft", "--seed", "2", "--blur", "3")
        let calibrated = try run("good", "--output", "calibrated.yaml")
        #expect(calibrated.errors.contains("on 6 good pictures; the least that is accepted is"))
        #expect(try verdicts("sharp").hasSuffix(": 0"))
        #expect(try verdicts("soft") == "30: 6")
    }

    @Test("smooth paint has nothing to see focus by, and that is told")
    func noFocus() throws {
        let painted = try CommandRun(
            list: [
                "simulate", "-o", "good", "--surface", "smoothLight", "--width", "320", "--height", "240",
                "--clean", "1", "--count", "5",
            ],
            in: folder
        )
        #expect(painted.status == 0, "\(painted.errors)")
        let printed = try run("good")
        #expect(printed.errors.contains("focus cannot be learnt: on "))
        #expect(printed.errors.contains("good pictures no texture of the paint stands out of the noise"))
        #expect(printed.output.contains("  focus: { min: 0 }"))
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
