import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct RecipeUnitsTests {
    @Test func theDefaultNeedsNoScale() { #expect(Recipe().placesInMillimetres == []) }

    @Test func namesEveryPlace() throws {
        let recipe = try Recipe(
            yaml: """
                detect: { size: { min: 0.2 mm, max: 8 mm }, falseAlarms: 1 per m2 }
                classes:
                  - { class: stain, when: { elongation: "< 2", area: "> 3 mm2" } }
                  - { class: scratch, when: { width: "< 12 px", length: "> 2 mm" } }
                limits:
                  - { size: "> 5 px", verdict: rework }
                  - { size: "> 0.5 mm", spacing: 20 mm, verdict: rework }
                """,
            file: "r"
        )
        #expect(
            recipe.placesInMillimetres == [
                "detect.size.min", "detect.size.max", "detect.falseAlarms", "classes[1].when.area",
                "classes[2].when.length", "limits[2].size", "limits[2].spacing",
            ]
        )
    }

    @Test func boundsBecomePixelsByLengthOrArea() throws {
        let scale = try #require(PhysicalScale(mmPerPixelX: 0.125, mmPerPixelY: 0.5))
        let bounds = Bounds.above(8, .millimetres)
        #expect(bounds.pixels(.length, at: scale) == .above(32, .pixels))
        #expect(bounds.pixels(.area, at: scale) == .above(128, .pixels))
        #expect(bounds.pixels(.length, at: nil) == nil)
        #expect(Bounds.above(8, .pixels).pixels(.length, at: nil) == .above(8, .pixels))
    }
}
