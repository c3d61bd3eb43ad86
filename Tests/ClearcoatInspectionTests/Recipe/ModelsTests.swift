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

    @Test func allAreListed() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path())
        let guide = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
        for file in files where file.hasSuffix(".yaml") { #expect(guide.contains(file)) }
        #expect(files.filter { $0.hasSuffix(".yaml") }.count >= 4)
    }
}
