import ClearcoatImage
import ClearcoatInspection
import ClearcoatTestSupport
import Testing

@Suite struct RejudgerTests {
    private static let scale = PhysicalScale(mmPerPixel: 0.1)

    /// A capture of 200 x 100 px with inclusions of some sizes in a row, judged by a recipe.
    private static func capture(_ sizes: [Double], by recipe: Recipe) throws -> RecordedCapture {
        var findings = try sizes.enumerated().map {
            try Finding.sample($0 + 1, .inclusion, sizePx: $1, x: Double(15 + 30 * $0), y: 20, scale: scale)
        }
        let result = judge(findings: &findings, quality: try .sample(), recipe: recipe, scale: scale)
        var capture = RecordedCapture()
        (capture.id, capture.width, capture.height) = ("a.png", 200, 100)
        capture.mmPerPixel = 0.1
        capture.verdict = result.verdict
        capture.reasons = result.reasons
        capture.quality = try .sample()
        capture.findings = findings
        capture.features = sizes.map { size in
            var features = FeatureVector()
            for (feature, value) in [
                (Feature.size, size), (.length, size), (.width, size), (.elongation, 1),
                (.edgeSharpness, 0.4),
                (.circularity, 0.9), (.curvature, 1),
            ] { features[feature] = value }
            return features
        }
        return capture
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func theSameRecipeFlipsNothing(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var recipe = Recipe()
        let verdicts = [Verdict.rework, .reject, .cannotJudge]
        recipe.limits = (0..<generator.next() % 4).map { _ in
            Limit(
                size: .above(Double(generator.next() % 30) / 10, .millimetres),
                count: generator.next() % 2 == 0 ? .above(Double(generator.next() % 3)) : nil,
                spacing: generator.next() % 2 == 0
                    ? Length(Double(1 + generator.next() % 5), .millimetres) : nil,
                verdict: verdicts[Int(generator.next() % 3)]
            )
        }
        recipe.uncertainSizes = Recipe.UncertainSizes.allCases[Int(generator.next() % 3)]
        let sizes = (0..<generator.next() % 6).map { _ in 4 + 25 * generator.nextUnit() }
        let capture = try Self.capture(sizes, by: recipe)
        var rejudger = try Rejudger(recipe)
        let result = rejudger.rejudge(capture)
        #expect(result.after == capture.verdict, "seed \(seed)")
        #expect(!result.isFlip && result.notes == [] && result.leftOut == 0 && result.renamed == 0)
        #expect(result.findings == sizes.count)
    }

    @Test func newLimitsFlipWithTheirReasons() throws {
        let capture = try Self.capture([8, 12], by: Recipe())
        #expect(capture.verdict == .rework)
        var strict = Recipe()
        strict.limits = [Limit(class: .inclusion, size: .above(1, .millimetres), verdict: .reject)]
        var rejudger = try Rejudger(strict)
        let result = rejudger.rejudge(capture)
        #expect(result.before == .rework && result.after == .reject && result.isFlip)
        #expect(result.reasonsBefore == capture.reasons)
        #expect(
            result.reasons == [
                "finding 2: inclusion, 1.20 ± 0.05 mm, is 20 % over the limit 'inclusion > 1 mm' → reject"
            ]
        )
    }

    @Test func classesZonesAndIgnoredAreasAreThoseOfTheRecipe() throws {
        let capture = try Self.capture([8, 12], by: Recipe())
        var recipe = Recipe()
        recipe.classes = [ClassRule(.crater, when: [.init(.size, .above(1, .millimetres))])]
        recipe.limits = [Limit(class: .crater, verdict: .reject)]
        var rejudger = try Rejudger(recipe)
        let renamed = rejudger.rejudge(capture)
        #expect(renamed.after == .reject && renamed.renamed == 2)
        recipe.ignore = [
            Area(
                polygon: Polygon(corners: [
                    Point(x: 30, y: 0), Point(x: 99, y: 0), Point(x: 99, y: 99), Point(x: 30, y: 99),
                ])
            )
        ]
        rejudger = try Rejudger(recipe)
        let ignored = rejudger.rejudge(capture)
        #expect(ignored.after == .accept && ignored.leftOut == 1 && ignored.findings == 1)
        recipe = Recipe()
        recipe.detect.minimumSize = Length(1, .millimetres)
        rejudger = try Rejudger(recipe)
        #expect(rejudger.rejudge(capture).leftOut == 1)
    }

    @Test func uncertainSizesFallAsTheRecipeSays() throws {
        var recipe = Recipe()
        recipe.limits = [Limit(size: .above(0.8, .millimetres), verdict: .reject)]
        let capture = try Self.capture([7.8], by: recipe)
        #expect(capture.verdict == .accept && capture.reasons.count == 1)
        recipe.uncertainSizes = .stricter
        var rejudger = try Rejudger(recipe)
        let result = rejudger.rejudge(capture)
        #expect(result.after == .reject)
        #expect(result.reasons.count == 1 && result.reasons[0].contains("by the recipe's stricter side"))
    }

    /// Long, wide and soft: the rules say run, the model scratch, and it decides where it is sure enough.
    @Test func theClassifierIsAskedAsWhenInspecting() throws {
        func recipe(_ least: Double) throws -> Recipe {
            var recipe = Recipe()
            recipe.limits = [Limit(class: .scratch, verdict: .reject), Limit(verdict: .rework)]
            recipe.classifier = .init(file: "m.json", minimumConfidence: least)
                .with(try .sample(), sha256: "0")
            return recipe
        }
        let rules = Recipe()
        for (least, elongation) in [(0.8, 9.0), (0.9, 9), (0.8, 2)] {
            let asked = try recipe(least)
            var capture = try Self.capture([8, 12], by: rules)
            for index in capture.findings.indices {
                capture.features[index][.elongation] = elongation
                if elongation == 9 {
                    capture.features[index][.width] = 12
                    capture.features[index][.edgeSharpness] = 0.05
                }
                // As the inspection names and judges them.
                capture.findings[index].class =
                    classify(capture.features[index], nil, polarity: .dark, recipe: asked).class
            }
            let result = judge(
                findings: &capture.findings,
                quality: capture.quality,
                recipe: asked,
                scale: Self.scale
            )
            #expect(result.verdict == (least == 0.8 && elongation == 9 ? .reject : .rework))
            (capture.verdict, capture.reasons) = result
            var rejudger = try Rejudger(asked)
            let same = rejudger.rejudge(capture)
            #expect(same.after == capture.verdict && same.renamed == 0 && same.notes == [])
            // And with the rules alone what they say.
            var plain = asked
            plain.classifier = nil
            rejudger = try Rejudger(plain)
            #expect(rejudger.rejudge(capture).renamed == (capture.verdict == .reject ? 2 : 0))
            capture.features[0][.elongation] = .nan
            rejudger = try Rejudger(asked)
            #expect(rejudger.rejudge(capture).notes == [.featureMissing])
        }
    }

    @Test func aClassifierThatWasNotReadIsNotJudgedBy() {
        var recipe = Recipe()
        recipe.classifier = .init(file: "m.json")
        #expect(throws: InspectionError.classifierNotRead("m.json")) { try Rejudger(recipe) }
    }

    @Test func whatRecordsDoNotSayIsNoted() throws {
        var capture = try Self.capture([8], by: Recipe())
        func notes(_ recipe: Recipe, _ capture: RecordedCapture) throws -> [Rejudgement.Note] {
            var rejudger = try Rejudger(recipe)
            return rejudger.rejudge(capture).notes
        }
        capture.dropped = [.init(reason: .tooSmall, polarity: .dark, sizePx: 3.2)]
        #expect(try notes(Recipe(), capture) == [])
        var recipe = Recipe()
        recipe.detect.minimumSize = Length(3, .pixels)
        #expect(try notes(recipe, capture) == [.candidatesDropped])
        capture.ignored = [[Point(x: 100, y: 40), Point(x: 150, y: 40), Point(x: 150, y: 90)]]
        #expect(try notes(Recipe(), capture) == [.areaWasIgnored])
        recipe = Recipe()
        recipe.scale = PhysicalScale(mmPerPixel: 0.2)
        capture.ignored = []
        #expect(try notes(recipe, capture) == [.scaleChanged])
        capture.features = [.unknown]
        #expect(try notes(Recipe(), capture) == [.featureMissing])
        capture.verdict = .cannotJudge
        capture.reasons = ["cannot judge: dark"]
        #expect(try notes(Recipe(), capture) == [.couldNotBeJudged])
        capture = try Self.capture([], by: Recipe())
        capture.mmPerPixel = nil
        recipe = Recipe()
        recipe.limits = [Limit(size: .above(1, .millimetres), verdict: .reject)]
        #expect(try notes(recipe, capture) == [.scaleUnknown])
    }
}
