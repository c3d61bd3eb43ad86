import Clearcoat
import ClearcoatFileTestSupport
import ClearcoatInspection
import Foundation
import SystemPackage
import Testing

/// The classifier that a recipe names, as a file beside it. The model is the one that ships.
@Suite("classifier files") struct RecipeClassifierTests {
    private let folder: TemporaryFolder
    private let model: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        let models = FilePath(#filePath).removingLastComponent().appending("../../Models")
        model = try FileContents.read(models.appending("paint-defects.json"), limit: 1 << 24)
    }

    private func recipe(_ classifier: String) throws -> Recipe {
        try Recipe(yaml: "classifier: \(classifier)", file: "r")
    }

    @Test("the path is relative to the recipe, and the recipe's hash tells models apart")
    func read() async throws {
        try folder.write(model, to: "models/m.json")
        let plain = try recipe("models/m.json")
        let read = try plain.readingClassifier(besides: folder["hood.yaml"])
        #expect(read.classifier?.model != nil)
        #expect(read.classifier?.sha256 == SHA256Digest(of: model).hexadecimal)
        #expect(Inspector(recipe: read).recipeSHA256 != Inspector(recipe: plain).recipeSHA256)
        // Its text names the hash, so it is held to the same bytes from now on.
        let pinned = try Recipe(yaml: read.yaml, file: "r")
        #expect(try pinned.readingClassifier(besides: folder["hood.yaml"]) == read)
        let absolute = try recipe(folder["models/m.json"].string)
        #expect(try absolute.readingClassifier(besides: "elsewhere/hood.yaml").classifier?.model != nil)
        #expect(try Recipe().readingClassifier() == Recipe())
    }

    @Test("what is not there, not the one agreed on or broken is refused with the path")
    func refused() throws {
        try folder.write(model, to: "m.json")
        try folder.write(Array(model.prefix(1000)), to: "cut.json")
        let zeros = String(repeating: "0", count: 64)
        for (text, message) in [
            ("none.json", "no such file"), ("cut.json", "not a classifier"),
            ("{ model: m.json, sha256: \"\(zeros)\" }", "the recipe asks for \(zeros)"),
        ] {
            let error = #expect(throws: ClassifierFileError.self) {
                try recipe(text).readingClassifier(besides: folder["hood.yaml"])
            }
            let description = error.map { "\($0)" } ?? ""
            #expect(description.lowercased().contains(message), "\(description)")
            #expect(description.contains(folder.path.string))
        }
    }

    @Test("a capture is not inspected by half a recipe")
    func notRead() async throws {
        let inspector = Inspector(recipe: try recipe("m.json"))
        #expect(inspector.missingScale == nil)
        let capture = Capture(id: "a", source: .bytes(try TestPicture.png()))
        guard case .failed(let failure) = await inspector.inspect(capture) else {
            Issue.record("inspected without the classifier")
            return
        }
        #expect(failure.code == .classifierMissing)
    }
}
