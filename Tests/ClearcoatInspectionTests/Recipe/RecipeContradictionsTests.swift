import ClearcoatInspection
import Testing

/// Recipes that can be used but hardly do what was meant.
@Suite struct RecipeContradictionsTests {
    @Test(
        arguments: [
            (
                "classes:\n  - { class: stain, when: { elongation: \"< 5\" } }\n"
                    + "  - { class: run, when: { elongation: \"< 3\", snr: \"> 9\" } }",
                [
                    "3:5: warning: classes[2] (run) never decides: whatever fits it fits classes[1] (stain) first"
                ]
            ),
            (
                "classes:\n  - { class: stain, polarity: dark, when: { elongation: \"< 5\" } }\n"
                    + "  - { class: run, when: { elongation: \"< 3\" } }",
                []
            ),
            (
                "classes:\n  - { class: stain, when: { width: \"<= 5 px\" } }\n"
                    + "  - { class: run, when: { width: \"< 5 px\" } }\n  - { class: dent, when: { width: \"< 0.1 mm\" } }",
                [
                    "3:5: warning: classes[2] (run) never decides: whatever fits it fits classes[1] (stain) first"
                ]
            ),
            (
                "scale: { mmPerPixel: 0.1 }\nclasses:\n  - { class: stain, when: { width: \"<= 5 px\" } }\n"
                    + "  - { class: dent, when: { width: \"< 0.1 mm\" } }",
                [
                    "4:5: warning: classes[2] (dent) never decides: whatever fits it fits classes[1] (stain) first"
                ]
            ),
            (
                "detect: { size: { min: 0.2 mm, max: 8 mm } }\nlimits:\n"
                    + "  - { class: crater, size: \"> 9 mm\", verdict: reject }\n"
                    + "  - { class: scratch, size: \"> 9 mm\", verdict: reject }\n"
                    + "  - { size: \"< 0.2 mm\", verdict: rework }",
                [
                    "3:5: warning: limits[1] never fires: nothing compact of size > 9 mm is looked for, "
                        + "detect.size.max is 8 mm",
                    "5:5: warning: limits[3] never fires: nothing of size < 0.2 mm is looked for, detect.size.min is 0.2 mm",
                ]
            ),
            (
                "classes: [ { class: stain } ]\nlimits: [ { class: crater, verdict: reject } ]",
                ["2:11: warning: limits[1] never fires: no rule in classes gives \"crater\""]
            ),
            (
                "limits:\n  - { class: crater, verdict: rework }\n  - { class: crater, verdict: reject }",
                ["3:5: warning: limits[2] asks the same as limits[1]; the higher verdict decides"]
            ),
            (
                "zones:\n  - { name: A, polygon: [[0,0],[9,0],[0,9]] }\n  - { name: B, polygon: [[0,0],[9,0],[0,9]] }",
                ["3:5: warning: zone \"B\" is hidden by zone \"A\", which has the same outline"]
            ),
            (
                "zones:\n  - { name: A, polygon: [[0,0],[9,0],[0,9]] }\n"
                    + "  - { name: B, polygon: [[-1,0],[-9,0],[-2,9]] }\nlimits: [ { zone: B, verdict: reject } ]",
                [
                    "2:5: warning: zone \"A\" has no limit, so everything in it is accepted",
                    "3:25: warning: zones[2].polygon lies outside of every picture: coordinates begin at 0",
                ]
            ),
            ("name: x\nlimits: []", ["2:9: warning: there are no limits, so everything is accepted"]),
        ] as [(String, [String])]
    )
    func areWarnedOf(yaml: String, warnings: [String]) throws {
        let found = Recipe.check(yaml: yaml, file: "r").map { String("\($0)".dropFirst(2)) }
        // What no limit covers has tests of its own: RecipeCoverageTests.
        #expect(
            found.filter { !$0.hasSuffix(", so it is accepted") && !$0.hasSuffix(", so they are accepted") }
                == warnings
        )
        _ = try Recipe(yaml: yaml, file: "r")
    }
}
