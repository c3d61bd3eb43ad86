import ClearcoatCodecs
import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports
import Foundation
import Testing

@Suite struct ExplainDirectoryTests {
    @Test func everyFileIsThereAndThePageShowsIt() async throws {
        let folder = try TemporaryFolder()
        let panel = try SyntheticPanel(width: 128, height: 96, shade: 0.7, count: 2, seed: 81)
        let trace = try await Inspection(recipe: Recipe()).trace(on: panel.image)
        #expect(trace.stages.count > 3)
        let path = folder.path + "/why"
        let names = try ExplainDirectory.write(panel.record, of: panel.image, stages: trace.stages, to: path)
        #expect(try folder.names("why").sorted() == names.sorted())
        #expect(names.count == trace.stages.count + 3)
        let page = try folder.text("why/explain.html")
        for (name, stage) in zip(names.dropFirst(), trace.stages) {
            #expect(page.contains("src=\"\(name)\""))
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
            let decoded = try ImageDecoder().decodeGray(Array(bytes))
            #expect(decoded.pixels == .uint8(stage.image))
        }
        #expect(try RecordCoder.record(from: Array(folder.text("why/record.json").utf8)) == panel.record)
        #expect(page.contains("Tür_links"))
    }

    @Test func anEarlierExplanationIsReplacedWithAllOfItsStages() async throws {
        let folder = try TemporaryFolder()
        let panel = try SyntheticPanel(width: 64, height: 48, shade: 0.7, count: 1, seed: 83)
        let stages = try await Inspection(recipe: Recipe()).trace(on: panel.image).stages
        let path = folder.path + "/why"
        try ExplainDirectory.write(panel.record, of: panel.image, stages: stages, to: path)
        try folder.put("why/07-mine.png")
        let names = try ExplainDirectory.write(panel.record, of: panel.image, stages: [stages[1]], to: path)
        #expect(names.count == 4)
        #expect(try Set(folder.names("why")) == Set(names + ["07-mine.png"]))
    }

    @Test(arguments: ["annotated.png", "record.json", "explain.html"])
    func whatSomebodyElseWroteIsRefusedAndStays(name: String) throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.path + "/why",
            withIntermediateDirectories: false
        )
        try folder.put("why/" + name)
        let panel = try SyntheticPanel(width: 20, height: 20, shade: 0.7, count: 0, seed: 84)
        let path = folder.path + "/why"
        #expect(throws: ResultsError.foreignFile(path: path + "/" + name, command: "explain")) {
            try ExplainDirectory.write(panel.record, of: panel.image, stages: [], to: path)
        }
        #expect(try folder.names("why") == [name])
    }

    @Test func thePictureItselfIsNeverWrittenOver() async throws {
        let folder = try TemporaryFolder()
        let panel = try SyntheticPanel(width: 64, height: 48, shade: 0.7, count: 1, seed: 85)
        let stages = try await Inspection(recipe: Recipe()).trace(on: panel.image).stages
        let path = folder.path + "/why"
        let names = try ExplainDirectory.write(panel.record, of: panel.image, stages: stages, to: path)
        // Whether it would be replaced or removed, and by whatever path it is named.
        for name in [names[0], names[2]] {
            #expect(throws: ResultsError.isInput(path: path + "/" + name)) {
                try ExplainDirectory.write(
                    panel.record,
                    of: panel.image,
                    stages: [],
                    from: Array((folder.path + "/why/../why/" + name).utf8),
                    to: path
                )
            }
        }
        #expect(try folder.names("why").sorted() == names.sorted())
    }

    @Test func anOutputThatIsAFileIsRefused() throws {
        let folder = try TemporaryFolder()
        try folder.put("file")
        let panel = try SyntheticPanel(width: 20, height: 20, shade: 0.7, count: 0, seed: 82)
        #expect(throws: ResultsError.notADirectory(path: folder.path + "/file")) {
            try ExplainDirectory.write(panel.record, of: panel.image, stages: [], to: folder.path + "/file")
        }
    }
}
