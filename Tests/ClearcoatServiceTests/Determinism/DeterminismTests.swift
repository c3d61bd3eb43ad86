import Clearcoat
import ClearcoatFileTestSupport
import ClearcoatService
import SystemPackage
import Testing

/// The whole results directory, byte for byte, whatever cannot matter: promise 1 of DESIGN §7.
@Suite("Determinism", .timeLimit(.minutes(watchdogMinutes)))
struct DeterminismTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for index in 0..<3 {
            try folder.write(TestPanel.png(index), to: "left/\(index).png")
            try folder.write(TestPanel.png(index + 3), to: "right/deep/\(index).png")
        }
        try folder.write(TestPicture.jpeg(seed: 9, width: 301, height: 203), to: "left/z.jpg")
        try folder.write(Array(TestPicture.png().prefix(200)), to: "right/broken.png")
        try folder.write([], to: "left/empty.png")
        try folder.makeFolder("nothing")
        try folder.makeFolder("none")
    }

    private static let inputs = ["left", "right", "nothing", "none", "missing.png"]

    private func contents(
        jobs: Int,
        bandHeight: Int = 64,
        inputs: [String] = inputs
    ) async throws -> [String: [UInt8]] {
        var options = InspectorOptions(jobs: jobs)
        options.isReproducible = true
        options.bandHeight = bandHeight
        let output = try TemporaryFolder()
        let batch = try BatchRun(inspector: Inspector(options: options), output: output["out"].string)
        _ = try await batch.run(on: InputListing(of: inputs.map { folder[$0] }))
        return try output.contents(of: "out")
    }

    @Test(
        "the results are the same for any number of jobs, any height of the bands and any order of the inputs"
    )
    func sameBytes() async throws {
        let expected = try await contents(jobs: 1)
        for name in [
            "records/left/0.png.json", "annotated/right/deep/2.png.png", "summary.json", "report.html",
            "records.ndjson", "findings.csv", "failures.ndjson",
        ] { #expect(expected.keys.contains(name)) }
        for (jobs, bandHeight, inputs) in [
            (2, 64, Self.inputs), (7, 64, Self.inputs), (1, 7, Self.inputs), (2, 1000, Self.inputs),
            (2, 64, Self.inputs.reversed()), (7, 33, Self.inputs.shuffled()),
        ] {
            let found = try await contents(jobs: jobs, bandHeight: bandHeight, inputs: inputs)
            #expect(Set(found.keys) == Set(expected.keys))
            for (name, bytes) in expected {
                #expect(found[name] == bytes, "\(name): \(jobs) jobs, \(bandHeight) rows, \(inputs)")
            }
        }
    }
}
