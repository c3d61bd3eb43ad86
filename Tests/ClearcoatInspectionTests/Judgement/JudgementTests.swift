import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct JudgementTests {
    private static let scale = PhysicalScale(mmPerPixel: 0.1)

    private static func recipe(_ limits: [Limit]) -> Recipe {
        var recipe = Recipe()
        let left = [Point(x: 0, y: 0), Point(x: 100, y: 0), Point(x: 100, y: 100), Point(x: 0, y: 100)]
        recipe.zones = [Zone(name: "A", polygon: Polygon(corners: left))]
        recipe.limits = limits
        return recipe
    }

    @Test func namesTheFindingTheLimitAndTheDistance() throws {
        var findings = [try Finding.sample(3, .crater, sizePx: 6.2, x: 10, y: 10, scale: Self.scale)]
        let recipe = Self.recipe([
            Limit(zone: "A", class: .crater, size: .above(0.5, .millimetres), verdict: .reject)
        ])
        let result = judge(findings: &findings, quality: try .sample(), recipe: recipe, scale: Self.scale)
        #expect(result.verdict == .reject)
        #expect(
            result.reasons == [
                "finding 3: crater, 0.62 ± 0.05 mm, in zone A is over the limit "
                    + "'crater > 0.5 mm in zone A' by 24 % → reject"
            ]
        )
        #expect(findings[0].zone == "A")
        let outcome = findings[0].explanation.limits[0]
        #expect(outcome.limit == 1)
        #expect(outcome.conditions.map(\.bound) == ["> 0.5 mm"])
        #expect(abs(outcome.conditions[0].margin - 0.24) < 1e-9)
    }

    @Test func acceptsWithoutAReason() throws {
        var findings = [try Finding.sample(1, .crater, sizePx: 5, x: 10, y: 10, scale: Self.scale)]
        let recipe = Self.recipe([Limit(class: .crater, size: .above(0.5, .millimetres), verdict: .reject)])
        let result = judge(findings: &findings, quality: try .sample(), recipe: recipe, scale: Self.scale)
        #expect(result.verdict == .accept)
        #expect(result.reasons.isEmpty)
        #expect(findings[0].explanation.limits.isEmpty)
    }
}
