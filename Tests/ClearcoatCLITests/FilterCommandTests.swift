import Clearcoat
import ClearcoatCodecs
import ClearcoatFileTestSupport
import ClearcoatImage
import Foundation
import SystemPackage
import Testing

@Suite("clearcoat filter", .timeLimit(.minutes(watchdogMinutes)))
struct FilterCommandTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func path(_ name: String) -> String { folder[name].string }

    private func image(_ name: String) throws -> GrayImage {
        try ImageDecoder().decodeGray(FileContents.read(folder[name], limit: 1 << 24)).pixels
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

    @Test("the picture itself is never written over")
    func ownInput() throws {
        let png = try ImageEncoder.png(TestPicture.image())
        try folder.write(png, to: "p.png")
        let run = try CommandRun("filter", "median", path("p.png"), path("./p.png"))
        #expect(run.status == 64 && run.errors.contains("is the picture itself"))
        #expect(try FileContents.read(folder["p.png"], limit: 1 << 20) == png)
        #expect(try CommandRun("filter", "zzzzzz", "a", "b").errors.contains("\"zzzzzz\". There are "))
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
            ["canny", "--low", "100", "--high", "40"], ["hysteresis", "--low", "9", "--high", "8"],
        ] {
            let arguments = ["filter", wrong[0], path("in.png"), path("wrong.png")] + wrong.dropFirst()
            #expect(try CommandRun(list: arguments).status == 64, "\(wrong)")
        }
        #expect(!FileManager.default.fileExists(atPath: path("wrong.png")))
        let misspelt = try CommandRun("filter", "gausian", path("in.png"), path("wrong.png"))
        #expect(misspelt.status == 64 && misspelt.errors.contains("did you mean gaussian?"))
        // A PNG that is called a JPEG would be taken for one.
        let jpeg = try CommandRun("filter", "median", path("in.png"), path("wrong.jpg"))
        #expect(jpeg.status == 64 && jpeg.errors.contains("name it .png"))
        #expect(!FileManager.default.fileExists(atPath: path("wrong.jpg")))
        #expect(try CommandRun("filter", "median", path("none.png"), path("wrong.png")).status == 2)
        #expect(try CommandRun("filter", "median", path("in.png"), "/proc/wrong.png").status == 74)
    }
}
