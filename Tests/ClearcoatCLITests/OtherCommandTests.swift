import Clearcoat
import ClearcoatCodecs
import ClearcoatFileTestSupport
import ClearcoatImage
import ClearcoatInspection
import Foundation
import SystemPackage
import Testing

@Suite("clearcoat recipe, measure, explain", .timeLimit(.minutes(watchdogMinutes)))
struct OtherCommandTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func path(_ name: String) -> String { folder[name].string }

    @Test("help and version go to standard output")
    func help() throws {
        let commands = ["inspect", "watch", "explain", "measure", "filter", "simulate", "train", "recipe"]
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
        // What is no mask would give a region for each gray level.
        try folder.write(ImageEncoder.jpeg(mask), to: "mask.jpg")
        let jpeg = try CommandRun("measure", path("mask.jpg"))
        #expect(jpeg.status == 64 && jpeg.errors.contains("is a JPEG") && jpeg.output.isEmpty)
        try folder.write(ImageEncoder.png(TestPicture.image()), to: "photo.png")
        let photo = try CommandRun("measure", path("photo.png"))
        #expect(photo.status == 64 && photo.errors.contains("filter threshold") && photo.output.isEmpty)
        #expect(try CommandRun("measure", path("small.png")).output.isEmpty)
    }

    @Test("an explanation has every stage and the record")
    func explain() throws {
        try folder.write(TestPicture.png(), to: "a.png")
        let run = try CommandRun("explain", path("a.png"), "--output", path("why"))
        #expect(run.status == 0, "\(run.errors)")
        let contents = try folder.contents(of: "why")
        #expect(contents["record.json"] != nil)
        let page = String(decoding: contents["explain.html"] ?? [], as: UTF8.self)
        #expect(page.contains("a.png") && page.contains("src=\"annotated.png\""))
        #expect(run.errors.contains("explain.html"))
        try folder.write([], to: "taken")
        #expect(try CommandRun("explain", path("a.png"), "--output", path("taken")).status == 74)
        #expect(contents["annotated.png"] != nil)
        #expect(contents.keys.contains { $0.hasPrefix("01-") && $0.hasSuffix(".png") })
        #expect(try CommandRun("explain", path("none.png"), "--output", path("why")).status == 2)
        let own = try CommandRun("explain", path("why/annotated.png"), "--output", path("why"))
        #expect(own.status == 74 && own.errors.contains("is the picture itself"))
        #expect(try folder.contents(of: "why") == contents)
    }

    @Test("an unknown command is named, with the one that is meant")
    func unknownCommand() throws {
        let run = try CommandRun("inspct", "x")
        #expect(run.status == 64)
        #expect(run.errors.contains("there is no command \"inspct\"; did you mean inspect?"))
        #expect(try CommandRun("help", "inspect").status == 0)
    }
}
