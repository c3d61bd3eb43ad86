import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct BoundsTests {
    /// Value, bounds, whether inside, margin.
    @Test(
        arguments: [
            (0.62, Bounds.above(0.5), true, 0.24),
            (0.5, Bounds.above(0.5), false, 0.0),
            (0.5, Bounds(lower: 0.5), true, 0.0),
            (0.38, Bounds.above(0.5), false, -0.24),
            (0.5, Bounds.below(0.5), false, 0.0),
            (0.5, Bounds(upper: 0.5), true, 0.0),
            (0.4, Bounds.below(0.5), true, 0.2),
            (0.6, Bounds.below(0.5), false, -0.2),
            (0.3, Bounds(lower: 0.2, upper: 0.5), true, 0.4),
            (0.2, Bounds(lower: 0.2, upper: 0.5), true, 0.0),
            (0.2, Bounds(lower: 0.2, includesLower: false, upper: 0.5), false, 0.0),
            (1.0, Bounds(lower: 0.2, upper: 0.5), false, -1.0),
            (-45.0, Bounds(lower: -90, upper: 0), true, 0.5),
            (3.0, Bounds.above(0), true, 3.0),
            (0.0, Bounds.above(0), false, 0.0),
            (7.0, Bounds(), true, 1.0),
            (.nan, Bounds(), false, -1.0),
            (.nan, Bounds.above(1), false, -1.0),
            (.infinity, Bounds.above(1), true, 1.0),
            (.infinity, Bounds.below(1), false, -1.0),
        ] as [(Double, Bounds, Bool, Double)]
    )
    func knowsWhatIsInsideAndHowFar(value: Double, bounds: Bounds, isInside: Bool, margin: Double) {
        #expect(bounds.contains(value) == isInside)
        #expect(abs(bounds.margin(of: value) - margin) < 1e-12)
    }

    @Test func marginsStayFinite() {
        let ends = [-Double.greatestFiniteMagnitude, -1e-300, 0, 1e-300, 1, .greatestFiniteMagnitude]
        for end in ends {
            for value in ends + [.infinity, -.infinity, .nan] {
                #expect(Bounds.above(end).margin(of: value).isFinite, "\(value) above \(end)")
                #expect(Bounds.below(end).margin(of: value).isFinite, "\(value) below \(end)")
            }
        }
    }

    @Test(
        arguments: [
            (Bounds.above(5), Feature.Dimension.none, "> 5"),
            (Bounds.below(0.1), .none, "< 0.1"),
            (Bounds(lower: 2), .none, ">= 2"),
            (Bounds(upper: 2), .none, "<= 2"),
            (Bounds.above(0.5, .millimetres), .length, "> 0.5 mm"),
            (Bounds.above(20, .millimetres), .area, "> 20 mm2"),
            (Bounds.above(20, .pixels), .area, "> 20 px2"),
            (Bounds(lower: 0.2, upper: 0.5, unit: .millimetres), .length, "0.2 .. 0.5 mm"),
            (
                Bounds(lower: 0.2, includesLower: false, upper: 3, unit: .pixels), .length, "> 0.2, <= 3 px"
            ),
            (Bounds(lower: -90, upper: -80, includesUpper: false), .angle, ">= -90, < -80"),
            (Bounds(), .length, "any"),
        ] as [(Bounds, Feature.Dimension, String)]
    )
    func isWrittenAsARecipeHasIt(bounds: Bounds, dimension: Feature.Dimension, text: String) {
        #expect(bounds.text(dimension) == text)
    }

    /// Other ways to write the same bounds.
    @Test(
        arguments: [
            (">5px", Bounds.above(5, .pixels)),
            ("  >  5   px ", .above(5, .pixels)),
            ("0.2mm..0.5mm", Bounds(lower: 0.2, upper: 0.5, unit: .millimetres)),
            ("0.2..0.5mm", Bounds(lower: 0.2, upper: 0.5, unit: .millimetres)),
            (
                "< 3 px, > 1",
                Bounds(lower: 1, includesLower: false, upper: 3, includesUpper: false, unit: .pixels)
            ),
            ("> 5e-1 mm", .above(0.5, .millimetres)),
        ] as [(String, Bounds)]
    )
    func readsOtherSpellings(text: String, bounds: Bounds) throws {
        let recipe = try Recipe(yaml: "limits: [ { size: \"\(text)\", verdict: reject } ]", file: "r")
        #expect(recipe.limits[0].size == bounds)
    }

    @Test(arguments: [
        "1...5 px", "> 0x10 px", "> 1e999 px", "> px", "5 ..", ">> 5 px", "> 5 px,", "= 5 px", "",
        "> 5 5 px",
    ])
    func refusesWhatIsNoBound(text: String) {
        let yaml = "limits: [ { size: \"\(text)\", verdict: reject } ]"
        #expect(throws: RecipeProblems.self) { try Recipe(yaml: yaml, file: "r") }
    }
}
