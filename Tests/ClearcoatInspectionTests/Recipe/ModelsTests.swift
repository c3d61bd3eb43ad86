import ClearcoatInspection
import Foundation
import Testing

/// The recipes that ship.
@Suite struct ModelsTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Models")

    @Test(arguments: ["solid-light", "solid-dark", "metallic", "texture"])
    func haveNoProblem(name: String) throws {
        let bytes = try [UInt8](Data(contentsOf: Self.folder.appending(path: name + ".yaml")))
        #expect(Recipe.check(bytes: bytes, file: name) == [])
        let recipe = try Recipe(bytes: bytes, file: name)
        #expect(recipe.name == name)
        #expect(recipe.scale == nil)
        #expect(recipe.placesInMillimetres.isEmpty == (name == "texture"))
        #expect(try Recipe(yaml: recipe.yaml, file: name) == recipe)
    }

    /// Small enough to be read, better than the rules on panels it has not seen, and as the guide says.
    @Test func theClassifierIsWhatItsCardSays() throws {
        let bytes = try [UInt8](Data(contentsOf: Self.folder.appending(path: "paint-defects.json")))
        #expect(bytes.count < 300_000)
        let model = try ClassifierModel(json: bytes)
        #expect(model.classes == DefectClass.allCases.filter { $0 != .unknown })
        let unseen = try #require(model.training.tests.first)
        #expect(unseen.model.total > 1000)
        #expect(unseen.model.accuracy > unseen.rules.accuracy + 0.05)
        let guide = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
        for row in unseen.model.rows {
            let cells = row.counts.map { $0 == 0 ? "·" : "\($0)" }.joined(separator: " | ")
            #expect(guide.contains("| \(row.class.rawValue) | \(cells) |"))
        }
    }

    @Test func allAreListed() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path())
        let guide = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
        for file in files where file.hasSuffix(".yaml") { #expect(guide.contains(file)) }
        #expect(files.filter { $0.hasSuffix(".yaml") }.count >= 4)
    }
}
