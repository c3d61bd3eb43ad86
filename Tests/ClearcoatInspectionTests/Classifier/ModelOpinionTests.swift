import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct ModelOpinionTests {
    private func recipe(_ least: Double) throws -> Recipe {
        var recipe = Recipe()
        recipe.classifier = Recipe.Classifier(file: "m.json", minimumConfidence: least).with(
            try .sample(),
            sha256: "0"
        )
        return recipe
    }

    /// Long and dark, yet so soft and wide that the rules call it a run.
    private var features: FeatureVector {
        var features = FeatureVector()
        features[.elongation] = 9.00004
        features[.width] = 12
        features[.edgeSharpness] = 0.05
        features[.curvature] = 1
        return features
    }

    @Test func aSureModelDecides() throws {
        let byRules = classify(features, nil, polarity: .dark, recipe: Recipe())
        #expect(byRules.class == .run && byRules.model == nil)
        let result = classify(features, nil, polarity: .dark, recipe: try recipe(0.8))
        #expect(result.class == .scratch)
        #expect(result.rule == byRules.rule && result.conditions == byRules.conditions)
        #expect(abs(result.confidence - 0.875) < 1e-12)
        let opinion = try #require(result.model)
        #expect(opinion.decides && opinion.class == .scratch && opinion.ruleClass == .run)
        #expect(opinion.probability == 0.875 && opinion.minConfidence == 0.8)
        // What the record has, four decimals.
        #expect(opinion.strongest.map(\.feature) == ["elongation", "polarity"])
        #expect(opinion.strongest.map(\.value) == [9, -1])
        #expect(opinion.strongest[0].contribution > opinion.strongest[1].contribution)
        #expect(
            result.words
                == "named scratch by the model with a probability of 87.5 % (most by elongation 9, polarity -1), at least "
                + "80 % asked; the rules say run"
        )
    }

    @Test func anUnsureModelLeavesItToTheRules() throws {
        let result = classify(features, nil, polarity: .dark, recipe: try recipe(0.9))
        #expect(result.class == .run)
        let opinion = try #require(result.model)
        #expect(!opinion.decides && opinion.class == .scratch && opinion.ruleClass == .run)
        // It does not know runs, so the rule's confidence stays.
        #expect(
            result.confidence == classify(features, nil, polarity: .dark, recipe: Recipe()).confidence
        )
        #expect(result.words.hasPrefix("named run by rule 3 "))
        #expect(
            result.words.contains(
                "; the model leaves it to the rules, since its scratch has a probability of 87.5 %"
            )
        )
        #expect(result.words.hasSuffix("below the 90 % asked"))
    }

    @Test func confidenceIsTheProbabilityOfTheClassTaken() throws {
        var features = features
        features[.width] = 3
        features[.elongation] = 2
        features[.edgeSharpness] = 0.3
        var recipe = try recipe(0.95)
        recipe.classes = [ClassRule(.scratch, when: [])]
        // The model says inclusion with 0.875, too little; the rule's scratch then has 0.125.
        let result = classify(features, nil, polarity: .dark, recipe: recipe)
        #expect(result.class == .scratch)
        #expect(abs(result.confidence - 0.125) < 1e-12)
    }

    @Test func aRecipeWithoutItsModelIsNotRun() {
        var recipe = Recipe()
        recipe.classifier = Recipe.Classifier(file: "m.json")
        #expect(throws: InspectionError.classifierNotRead("m.json")) { try Inspection(recipe: recipe) }
    }
}
