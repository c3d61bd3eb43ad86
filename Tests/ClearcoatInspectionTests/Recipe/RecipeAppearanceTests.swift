import ClearcoatInspection
import Testing

@Suite struct RecipeAppearanceTests {
    private static let zones = "zones: [{ name: A, polygon: [[0,0],[9,0],[9,9]] }]\n"

    @Test func readsAndWritesLimits() throws {
        let text =
            Self.zones + """
                scale: { mmPerPixel: 0.1 }
                appearance:
                  - { zone: A, waviness: "> 2 %", wavelength: "1 .. 10 mm", verdict: rework }
                  - { mottling: ">= 0.5 %, < 3 %", verdict: reject }
                  - { zone: any, unevenness: "> 25%", verdict: cannotJudge }
                """
        let recipe = try Recipe(yaml: text, file: "r.yaml")
        #expect(
            recipe.appearance == [
                AppearanceLimit(
                    zone: "A",
                    .waviness,
                    percent: .above(2),
                    wavelengths: .init(1...10, .millimetres),
                    verdict: .rework
                ),
                AppearanceLimit(
                    .mottling,
                    percent: Bounds(lower: 0.5, upper: 3, includesUpper: false),
                    verdict: .reject
                ),
                AppearanceLimit(.unevenness, percent: .above(25), verdict: .cannotJudge),
            ]
        )
        #expect(recipe.appearance[0].text == "waviness > 2 % of 1 .. 10 mm in zone A")
        #expect(recipe.appearance[1].text == "mottling >= 0.5, < 3 %")
        #expect(recipe.placesInMillimetres == ["appearance[1].wavelength"])
        #expect(try Recipe(yaml: recipe.yaml, file: "again") == recipe)
        #expect(!Recipe().yaml.contains("appearance"))
    }

    @Test(arguments: [
        ("{ waviness: \"> 2\", verdict: rework }", "the unit % is missing"),
        ("{ waviness: \"< 2 %\", verdict: rework }", "has no lower end"),
        ("{ waviness: \"2 %\", verdict: rework }", "is no bound"),
        ("{ verdict: rework }", "asks about one of waviness, mottling, unevenness, not 0 of them"),
        ("{ waviness: \"> 2 %\", mottling: \"> 2 %\", verdict: rework }", "not 2 of them"),
        ("{ waviness: \"> 2 %\" }", "verdict"),
        ("{ waviness: \"> 2 %\", verdict: accept }", "cannot be \"accept\""),
        ("{ zone: B, waviness: \"> 2 %\", verdict: rework }", "\"B\" is no zone of this recipe"),
        ("{ waviness: \"> 2 %\", wavelength: 3 mm, verdict: rework }", "appearance[1].wavelength"),
        ("{ waviness: \"> 2 %\", wavelength: \"0 .. 3 mm\", verdict: rework }", "is a range above 0"),
        ("{ mottling: \"> 2 %\", wavelength: \"1 .. 3 mm\", verdict: rework }", "goes with waviness"),
        ("{ wavines: \"> 2 %\", verdict: rework }", "waviness"),
    ])
    func namesWhatIsWrong(limit: String, words: String) throws {
        let problems = Recipe.check(yaml: Self.zones + "appearance:\n  - " + limit, file: "r.yaml")
        #expect(problems.contains { $0.kind == .error && $0.message.contains(words) }, "\(problems)")
    }

    @Test func warnsOfLimitsThatCannotDecide() throws {
        let text =
            Self.zones + """
                scale: { mmPerPixel: 0.1 }
                appearance:
                  - { waviness: "> 2 %", verdict: rework }
                  - { waviness: "> 3 %", verdict: rework }
                  - { zone: A, waviness: "> 3 %", verdict: rework }
                  - { waviness: "> 3 %", wavelength: "1 .. 30 mm", verdict: rework }
                """
        let warnings = Recipe.check(yaml: text, file: "r.yaml").filter { $0.message.contains("appearance") }
        #expect(warnings.map(\.line) == [5, 7], "\(warnings)")
        #expect(warnings[0].message.hasPrefix("appearance[2] never decides"))
        #expect(warnings[1].message.hasPrefix("appearance[4] cannot be asked"))
    }
}
