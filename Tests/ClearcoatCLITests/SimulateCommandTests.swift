import Clearcoat
import ClearcoatCodecs
import ClearcoatFileTestSupport
import ClearcoatImage
import Foundation
import SystemPackage
import Testing

@Suite("clearcoat simulate", .timeLimit(.minutes(watchdogMinutes)))
struct SimulateCommandTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func path(_ name: String) -> String { folder[name].string }

    @Test("simulated panels come with their truth, and the same seed gives the same files")
    func simulate() throws {
        func simulate(_ name: String, seed: String) throws -> [String: [UInt8]] {
            let run = try CommandRun(
                "simulate",
                "--output",
                path(name),
                "--count",
                "2",
                "--seed",
                seed,
                "--width",
                "200",
                "--height",
                "150",
                "--clean",
                "0",
                "--surface",
                "smoothLight"
            )
            #expect(run.status == 0, "\(run.errors)")
            return try folder.contents(of: name)
        }
        let first = try simulate("a", seed: "3")
        #expect(
            Set(first.keys) == [
                "panel-0001.png", "panel-0002.png", "ground_truth/panel-0001.png.json",
                "ground_truth/panel-0001.png.png", "ground_truth/panel-0002.png.json",
                "ground_truth/panel-0002.png.png",
            ]
        )
        #expect(try simulate("b", seed: "3") == first)
        #expect(try simulate("c", seed: "4") != first)
        #expect(try CommandRun("simulate", "--output", path("d"), "--clean", "2").status == 64)
        let both = try CommandRun("simulate", "--output", path("d"), "--samples", "--count", "4")
        #expect(both.status == 64 && both.errors.contains("--count does not go with it"))
        #expect(!FileManager.default.fileExists(atPath: path("d")))
    }

    @Test("panels painted earlier are replaced, other pictures of their names are not")
    func foreign() throws {
        func simulate() throws -> CommandRun {
            try CommandRun("simulate", "-o", path("p"), "--count", "2", "--width", "64", "--height", "64")
        }
        try folder.write([1, 2, 3], to: "p/panel-0002.png")
        let refused = try simulate()
        #expect(refused.status == 74 && refused.errors.contains("p/panel-0002.png was not written by"))
        #expect(try folder.contents(of: "p") == ["panel-0002.png": [1, 2, 3]])
        try FileManager.default.removeItem(atPath: path("p"))
        #expect(try simulate().status == 0)
        let painted = try folder.contents(of: "p")
        #expect(try simulate().status == 0)
        #expect(try folder.contents(of: "p") == painted)
    }
}
