import ClearcoatInspection
import Testing

@Suite struct RecipeClassifierTests {
    private let hash = String(repeating: "0a", count: 32)

    @Test func isReadInBothForms() throws {
        #expect(try Recipe(yaml: "name: a", file: "r").classifier == nil)
        #expect(try Recipe(yaml: "classifier: none", file: "r").classifier == nil)
        let short = try Recipe(yaml: "classifier: models/x.json", file: "r").classifier
        #expect(short == Recipe.Classifier(file: "models/x.json", minimumConfidence: 0.5))
        let yaml = "classifier: { model: \"a b.json\", minConfidence: 0.75, sha256: \(hash) }"
        let long = try Recipe(yaml: yaml, file: "r").classifier
        #expect(long == Recipe.Classifier(file: "a b.json", minimumConfidence: 0.75, sha256: hash))
    }

    @Test func theEffectiveRecipeHasItOnlyWhenThereIsOne() throws {
        #expect(!Recipe().yaml.contains("classifier"))
        var recipe = Recipe()
        recipe.classifier = Recipe.Classifier(file: "a \"b\".json", minimumConfidence: 0.75)
        #expect(recipe.yaml.contains("\nclassifier: { model: \"a \\\"b\\\".json\", minConfidence: 0.75 }\n"))
        #expect(try Recipe(yaml: recipe.yaml, file: "r") == recipe)
        let other = recipe.yaml
        recipe.classifier = recipe.classifier?.with(try .sample(), sha256: hash)
        #expect(recipe.yaml != other)
        #expect(try Recipe(yaml: recipe.yaml, file: "r") == recipe)
    }

    @Test(
        arguments: [
            ("classifier: {}", "\"model\" is missing in classifier"),
            ("classifier: { model: x, minConfidence: 2 }", "classifier.minConfidence is 2; allowed: 0 .. 1"),
            ("classifier: { model: x, minconfidence: 1 }", "minConfidence"),
            ("classifier: { model: [x] }", "classifier.model is a single value"),
            ("classifier: \"\"", "classifier is the path of a file"),
            ("classifier: \"a\\nb\"", "classifier is the path of a file"),
            (
                "classifier: { model: x, sha256: 12ab }",
                "classifier.sha256 is 64 digits 0-9 and a-f, not \"12ab\""
            ),
        ]
    )
    func mistakesAreNamed(yaml: String, message: String) {
        let problems = Recipe.check(yaml: yaml, file: "r")
        #expect(
            problems.contains { $0.kind == .error && $0.line == 1 && $0.message.contains(message) },
            "\(problems)"
        )
    }
}
