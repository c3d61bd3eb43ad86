import Clearcoat
import ClearcoatCodecs
import ClearcoatFileTestSupport
import ClearcoatImage
import Foundation
import Testing

@Suite("clearcoat's other commands", .timeLimit(.minutes(1)))
struct OtherCommandTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func path(_ name: String) -> String { folder[name].string }

    private func image(_ name: String) throws -> GrayImage {
        try ImageDecoder().decodeGray(FileContents.read(folder[name], limit: 1 << 24)).pixels
    }

    @Test("help and version go to standard output")
    func help() throws {
        let commands = ["inspect", "watch", "explain", "measure", "filter", "simulate", "recipe"]
        let help = try CommandRun("--help")
        #expect(help.status == 0)
        for command in commands {
            #expect(help.output.contains(command))
            let own = try CommandRun(command, "--help")
            #expect(own.status == 0)
            #expect(own.output.contains("clearcoat \(command) "), "an example of \(command)")
        }
        #expect(try CommandRun("--version").output == "clearcoat \(Inspector.generator.version)\n")
    }

    @Test("the built-in recipe is printed, is good, and printing it again changes nothing")
    func recipe() throws {
        let shown = try CommandRun("recipe", "show")
        #expect(shown.status == 0)
        try folder.write(Array(shown.output.utf8), to: "r.yaml")
        #expect(try CommandRun("recipe", "check", path("r.yaml")).status == 0)
        #expect(try CommandRun("recipe", "show", path("r.yaml")).output == shown.output)
        #expect(try CommandRun("recipe", "show", "--recipe", path("r.yaml")).output == shown.output)
    }

    @Test("a broken recipe has each problem on a line of its own")
    func brokenRecipe() throws {
        try folder.write(Array("nane: x\nscale: { mmPerPixel: -1 }\n".utf8), to: "bad.yaml")
        let check = try CommandRun("recipe", "check", path("bad.yaml"))
        #expect(check.status == 65)
        #expect(check.lines.count == 2)
        #expect(check.lines[0].contains("bad.yaml:1:1: error:") && check.lines[0].contains("name"))
        #expect(try CommandRun("recipe", "check", path("none.yaml")).status == 65)
    }

    @Test("a mask is measured region by region")
    func measure() throws {
        var mask = Image<UInt8>(width: 20, height: 10, filledWith: 0)
        for y in 2..<5 { for x in 3..<9 { mask[x, y] = 255 } }
        mask[15, 7] = 255
        try folder.write(ImageEncoder.png(mask), to: "mask.png")
        try folder.write(
            ImageEncoder.png(Image<UInt16>(width: 20, height: 10, filledWith: 1000)),
            to: "gray.png"
        )
        let run = try CommandRun("measure", path("mask.png"), "--intensity", path("gray.png"))
        #expect(run.status == 0)
        #expect(run.lines.count == 2)
        #expect(run.lines[0].contains(#""areaPx":18"#))
        #expect(run.lines[0].contains(#""boundingBox":{"height":3,"width":6,"x":3,"y":2}"#))
        #expect(run.lines[0].contains(#""centroid":{"x":5.5,"y":3}"#))
        #expect(run.lines[0].contains(#""mean":1000"#))
        #expect(run.lines[1].contains(#""label":2"#))
        try folder.write(ImageEncoder.png(Image<UInt8>(width: 2, height: 2, filledWith: 0)), to: "small.png")
        #expect(try CommandRun("measure", path("mask.png"), "--intensity", path("small.png")).status == 64)
        #expect(try CommandRun("measure", path("none.png")).status == 2)
        #expect(try CommandRun("measure", path("small.png")).output.isEmpty)
    }

    @Test("every filter runs on 8 and on 16 bits with its defaults")
    func filters() throws {
        try folder.write(ImageEncoder.png(TestPicture.image()), to: "8.png")
        let deep = Image<UInt16>(
            width: 64,
            height: 48,
            samples: TestPicture.image().samples.map { UInt16($0) * 257 }
        )
        try folder.write(ImageEncoder.png(deep), to: "16.png")
        let listing = try CommandRun("filter", "--list")
        let names = listing.lines.filter { !$0.hasPrefix(" ") }.map { String($0.prefix { $0 != ":" }) }
        #expect(names.count >= 18)
        for name in names {
            for depth in ["8", "16"] {
                let run = try CommandRun(
                    "filter",
                    name,
                    path("\(depth).png"),
                    path("out/\(name)-\(depth).png")
                )
                #expect(run.status == 0, "\(name): \(run.errors)")
                let result = try image("out/\(name)-\(depth).png")
                #expect((result.width, result.height) == (64, 48), "\(name)")
            }
        }
        guard case .uint16 = try image("out/median-16.png"), case .uint8 = try image("out/median-8.png")
        else {
            Issue.record("the depth changed")
            return
        }
    }

    @Test("a filter's settings are used and checked")
    func filterSettings() throws {
        try folder.write(ImageEncoder.png(TestPicture.image()), to: "in.png")
        let threshold = try CommandRun(
            "filter",
            "threshold",
            path("in.png"),
            path("out.png"),
            "--level",
            "100"
        )
        #expect(threshold.status == 0, "\(threshold.errors)")
        guard case .uint8(let mask) = try image("out.png") else {
            Issue.record("not 8 bits")
            return
        }
        #expect(mask.samples == TestPicture.image().samples.map { $0 > 100 ? 255 : 0 })
        for wrong in [
            ["gaussian", "--sigma", "0"], ["gaussian", "--sigma"], ["gaussian", "--width", "3"],
            ["box", "--width", "4"], ["erode", "--element", "star"], ["nonsense"],
        ] {
            let arguments = ["filter", wrong[0], path("in.png"), path("wrong.png")] + wrong.dropFirst()
            #expect(try CommandRun(list: arguments).status == 64, "\(wrong)")
        }
        #expect(!FileManager.default.fileExists(atPath: path("wrong.png")))
        #expect(try CommandRun("filter", "median", path("none.png"), path("wrong.png")).status == 2)
        #expect(try CommandRun("filter", "median", path("in.png"), "/proc/wrong.png").status == 74)
    }

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
    }

    @Test("an explanation has every stage and the record")
    func explain() throws {
        try folder.write(TestPicture.png(), to: "a.png")
        let run = try CommandRun("explain", path("a.png"), "--output", path("why"))
        #expect(run.status == 0, "\(run.errors)")
        let contents = try folder.contents(of: "why")
        #expect(contents["record.json"] != nil)
        #expect(contents["explanation.txt"] != nil)
        #expect(try CommandRun("explain", path("none.png"), "--output", path("why")).status == 2)
    }
}
