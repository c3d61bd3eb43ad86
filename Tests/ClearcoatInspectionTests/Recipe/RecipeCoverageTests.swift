import ClearcoatInspection
import Testing

/// Findings that no limit covers, and limits that never decide.
@Suite struct RecipeCoverageTests {
    private static func warnings(_ yaml: String) -> [String] {
        Recipe.check(yaml: yaml, file: "r").map { String("\($0)".dropFirst(2)) }
    }

    private static let rules = "classes: [ { class: crater, when: { snr: \"> 9\" } }, { class: stain } ]\n"

    @Test func namesTheClassesAndSizesThatNoLimitCovers() {
        let yaml =
            Self.rules + """
                detect: { size: { min: 5 px, max: 90 px } }
                limits:
                  - { class: crater, size: "> 8 px", verdict: reject }
                  - { size: "5 .. 20 px", count: "> 3", verdict: rework }
                """
        #expect(
            Self.warnings(yaml) == [
                "4:3: warning: stain, unknown above 20 px are not covered by any limit, so they are accepted"
            ]
        )
    }

    @Test func aHoleBetweenTwoLimitsHasTwoEnds() {
        let yaml =
            Self.rules + """
                detect: { size: { min: 0.2 mm, max: 9 mm } }
                limits:
                  - { size: "< 0.5 mm", verdict: rework }
                  - { size: "> 1 mm", verdict: reject }
                """
        #expect(
            Self.warnings(yaml) == [
                "4:3: warning: nothing of any class from 0.5 mm to 1 mm is covered, so it is accepted"
            ]
        )
        #expect(Self.warnings(yaml.replacing("> 1 mm", with: ">= 0.5 mm")) == [])
        // A millimetre bound beside pixels cannot be told without a scale.
        #expect(Self.warnings(yaml.replacing("> 1 mm", with: "> 20 px")) == [])
    }

    @Test func saysWhereTheHoleIs() {
        let yaml =
            Self.rules + """
                zones: [ { name: A, polygon: [[0,0],[9,0],[0,9]] }, { name: B, polygon: [[0,0],[99,0],[0,99]] } ]
                limits: [ { zone: A, verdict: reject }, { zone: B, size: "> 9 px", verdict: rework } ]
                """
        #expect(
            Self.warnings(yaml) == [
                "3:9: warning: nothing of any class from 4 px outside of the zones is covered, so it is accepted",
                "3:9: warning: nothing of any class from 4 px to 9 px in zone B is covered, so it is accepted",
            ]
        )
    }

    @Test(
        arguments: [
            // A stricter limit on everything.
            (
                "{ size: \"> 5 px\", verdict: reject }",
                "{ class: crater, size: \"> 9 px\", verdict: rework }", true
            ),
            (
                "{ size: \"> 9 px\", verdict: reject }",
                "{ class: crater, size: \"> 5 px\", verdict: rework }", false
            ),
            (
                "{ class: stain, size: \"> 5 px\", verdict: reject }",
                "{ size: \"> 9 px\", verdict: rework }", false
            ),
            // Equal verdicts: the first decides.
            ("{ verdict: rework }", "{ size: \"> 9 px\", verdict: rework }", true),
            ("{ verdict: rework }", "{ size: \"> 9 px\", verdict: reject }", false),
            // More of them, nearer to each other, denser.
            (
                "{ count: \"> 3\", verdict: reject }", "{ class: crater, count: \"> 5\", verdict: rework }",
                true
            ),
            (
                "{ count: \"> 5\", verdict: reject }", "{ class: crater, count: \"> 3\", verdict: rework }",
                false
            ),
            ("{ count: \">= 1\", verdict: reject }", "{ class: crater, verdict: rework }", true),
            (
                "{ spacing: 20 px, verdict: reject }", "{ spacing: 10 px, count: \"> 2\", verdict: rework }",
                true
            ),
            ("{ spacing: 10 px, verdict: reject }", "{ spacing: 20 px, verdict: rework }", false),
            (
                "{ density: \"> 2 per Mpx\", verdict: reject }",
                "{ density: \"> 3 per Mpx\", verdict: rework }", true
            ),
        ]
    )
    func limitsThatNeverDecideAreTold(_ strong: String, _ weak: String, isShadowed: Bool) {
        let yaml =
            "limits:\n  - \(strong)\n  - \(weak)\n  - { size: \"< 200 px\", count: \"> 100\", verdict: rework }"
        let told = Self.warnings(yaml).contains { $0.hasPrefix("3:5: warning: limits[2] never decides:") }
        #expect(told == isShadowed, "\(Self.warnings(yaml))")
    }
}
