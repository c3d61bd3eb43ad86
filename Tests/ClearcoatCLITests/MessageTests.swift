import ClearcoatFileTestSupport
import Foundation
import SystemPackage
import Testing

/// What the command says to people, and where it goes.
@Suite("clearcoat and its messages", .timeLimit(.minutes(watchdogMinutes)))
struct MessageTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(TestPicture.png(), to: "in/a.png")
    }

    private func path(_ name: String) -> String { folder[name].string }

    @Test("what goes wrong begins with the program's name, whoever found it")
    func oneStyle() throws {
        try folder.write([1, 2, 3], to: "broken.png")
        for arguments in [
            ["inspect"], ["inspect", "--nonsense"], ["inspect", "x", "-o", "out", "--jobs", "many"],
            ["nonsense"],
            ["inspect", path("in"), "-o", path("in")], ["inspect", path("broken.png"), "-o", path("out")],
            ["inspect", path("in"), "--ndjson", "--recipe", ""], ["recipe", "show", "--recipe", ""],
            ["recipe", "show", path("none.yaml")], ["recipe", "check", ""],
            ["recipe", "check", path("none.yaml")],
            ["explain", path("broken.png"), "-o", path("why")], ["explain", "", "-o", path("why")],
            ["measure", path("broken.png")], ["measure", ""],
            ["filter", "gaussian", path("broken.png"), path("x.png")],
            ["filter", "nonsense", "a", "b.png"], ["filter", "gaussian", "", path("x.png")],
            ["watch", path("none"), "-o", path("out")], ["audit", path("none")], ["audit"],
            ["simulate", "-o", path("out"), "--count", "0"],
        ] {
            let run = try CommandRun(list: arguments)
            #expect(run.status != 0)
            #expect(run.errors.hasPrefix("clearcoat: "), "\(arguments): \(run.errors)")
            let rest = run.errors.dropFirst("clearcoat: ".count)
            #expect(!rest.isEmpty && !rest.hasPrefix(":") && !rest.hasPrefix("Error"), "\(rest)")
        }
    }

    @Test("a stream that is closed gets neither records nor messages, and no file in its place")
    func closedStreams() throws {
        let clearcoat = "'\(CommandRun.executable.path)'"
        let shown = try CommandRun.shell("\(clearcoat) recipe show >&-", in: folder)
        #expect(shown.status == 74)
        #expect(shown.errors == "clearcoat: cannot write to standard output: it is closed\n")
        // Standard error is where the first file would be written to.
        let batch = try CommandRun.shell("\(clearcoat) inspect in -o out <&- >&- 2>&-", in: folder)
        #expect(batch.status == 0)
        #expect(try CommandRun("audit", path("out"), "--input", path("in")).status == 0)
        let list = try CommandRun.shell("\(clearcoat) inspect --files-from - --ndjson <&-", in: folder)
        #expect(list.status == 74 && list.output.isEmpty)
    }
}
