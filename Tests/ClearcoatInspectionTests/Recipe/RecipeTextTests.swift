import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct RecipeTextTests {
    @Test func theDefaultIsCompleteAndReadsBack() throws {
        let text = Recipe().yaml
        #expect(try Recipe(yaml: text, file: "default") == Recipe())
        #expect(Recipe.check(yaml: text, file: "default") == [])
        for key in [
            "name", "scale", "surface", "detect", "station", "zones", "ignore", "classes", "limits",
        ] {
            #expect(text.contains("\n\(key):") || text.hasPrefix("\(key):"))
        }
    }

    @Test func hasOneFixedForm() {
        var recipe = Recipe()
        recipe.name = "hood: \"left\"\u{7}"
        recipe.scale = PhysicalScale(mmPerPixelX: 0.065, mmPerPixelY: 0.07)
        recipe.detect.minimumSize = Length(0.2, .millimetres)
        recipe.detect.per = .squareMetre
        let corners = [Point(x: 0, y: 0), Point(x: 4096, y: 0), Point(x: 0.5, y: 1800)]
        recipe.zones = [Zone(name: "A", polygon: Polygon(corners: corners))]
        recipe.classes = [
            ClassRule(
                .scratch,
                when: [.init(.elongation, .above(5)), .init(.width, .below(12, .pixels))]
            ),
            ClassRule(.stain, polarity: .dark, when: []),
        ]
        recipe.limits = [
            Limit(
                zone: "A",
                class: .inclusion,
                size: .above(0.5, .millimetres),
                count: .above(3),
                spacing: Length(20, .millimetres),
                verdict: .reject
            ),
            Limit(verdict: .rework),
        ]
        #expect(
            recipe.yaml == """
                name: "hood: \\"left\\"\\U00000007"
                scale: { mmPerPixelX: 0.065, mmPerPixelY: 0.07 }
                surface: { polarity: both, illumination: diffuse }
                detect:
                  size: { min: 0.2 mm, max: 128 px }
                  falseAlarms: 0.1 per m2
                  thresholdFactor: 1
                station:
                  focus: { min: 0 }
                  exposure: { min: 0.02, max: 0.98 }
                  saturation: { max: 0.2 }
                  glare: { max: 0.2 }
                  noise: { max: 0.4 }
                zones:
                  - { name: A, polygon: [[0, 0], [4096, 0], [0.5, 1800]] }
                ignore: []
                classes:
                  - { class: scratch, polarity: any, when: { elongation: "> 5", width: "< 12 px" } }
                  - { class: stain, polarity: dark, when: {} }
                limits:
                  - { zone: A, class: inclusion, size: "> 0.5 mm", count: "> 3", spacing: 20 mm, verdict: reject }
                  - { zone: any, class: any, size: any, count: any, spacing: any, verdict: rework }

                """
        )
    }

    /// Recipes that say nothing of grain keep the hash they had before there was such a thing.
    @Test func grainIsWrittenWhereItIsNotTheUsual() throws {
        var recipe = Recipe()
        #expect(!recipe.yaml.contains("grain"))
        recipe.station.minimumGrain = 0.2
        #expect(recipe.yaml.contains("  focus: { min: 0 }\n  grain: { min: 0.2 }\n  exposure"))
        #expect(try Recipe(yaml: recipe.yaml, file: "r.yaml") == recipe)
    }

    @Test func theLightIsANoteThatDecidesNothing() throws {
        func warnings(_ light: String) -> [String] {
            Recipe.check(yaml: "surface: { illumination: \(light) }", file: "r.yaml").map { "\($0)" }
                .filter { $0.contains("surface.illumination") }
        }
        #expect(warnings("diffuse") == [])
        let directional = warnings("directional")
        #expect(directional.count == 1)
        #expect(directional[0].hasPrefix("r.yaml:1:26: warning: surface.illumination decides nothing"))
        let recipe = try Recipe(yaml: "surface: { illumination: directional }", file: "r.yaml")
        #expect(recipe.surface.illumination == .directional)
    }

    @Test func readsTheExampleOfTheGuide() throws {
        let recipe = try Recipe(
            yaml: """
                name: hood-solid-white
                scale: { mmPerPixel: 0.065 }            # or from the file's own density, or a calibration
                surface: { polarity: both, illumination: diffuse }
                detect:
                  size: { min: 0.2 mm, max: 8 mm }
                  falseAlarms: 0.1 per image             # the threshold follows from this
                zones:
                  - { name: A, polygon: [[0,0],[4096,0],[4096,1800],[0,1800]] }
                ignore: []
                limits:                                   # zone x class x size x count x spacing, after VDA 16
                  - { zone: A, class: inclusion, size: "> 0.5 mm", verdict: reject }
                  - { zone: A, class: any, size: "0.2 .. 0.5 mm", count: "> 3", verdict: rework }
                """,
            file: "hood.yaml"
        )
        #expect(recipe.name == "hood-solid-white")
        #expect(recipe.scale == PhysicalScale(mmPerPixel: 0.065))
        #expect(recipe.detect.minimumSize == Length(0.2, .millimetres))
        #expect(recipe.detect.maximumSize == Length(8, .millimetres))
        #expect(recipe.zones[0].area.polygon?.corners[2] == Point(x: 4096, y: 1800))
        #expect(
            recipe.limits == [
                Limit(zone: "A", class: .inclusion, size: .above(0.5, .millimetres), verdict: .reject),
                Limit(
                    zone: "A",
                    size: Bounds(lower: 0.2, upper: 0.5, unit: .millimetres),
                    count: .above(3),
                    verdict: .rework
                ),
            ]
        )
        #expect(recipe.classes == ClassRule.builtIn)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func everyRecipeReadsBackAsItself(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let recipe = Recipe.random(using: &generator)
        let text = recipe.yaml
        let back = try Recipe(yaml: text, file: "random")
        #expect(back == recipe, "seed \(seed):\n\(text)")
        #expect(back.yaml == text)
    }
}

extension Recipe {
    /// Any recipe that the language can say.
    fileprivate static func random(using generator: inout SplitMix64) -> Recipe {
        func pick<Value>(_ values: [Value]) -> Value {
            values[Int(generator.next() % UInt64(values.count))]
        }
        func number(_ range: ClosedRange<Double>) -> Double {
            pick([
                range.lowerBound + (range.upperBound - range.lowerBound) * generator.nextUnit(),
                range.upperBound,
            ])
        }
        func some<Value>(_ value: () -> Value) -> Value? { generator.next() % 2 == 0 ? value() : nil }
        func name() -> String {
            let words = [
                "A", "hood left", "é", "any one", "yes", "5", "- x", "a: b", "#1", "\"q\"", "\\", "漆面",
                "null", "🚗", "'",
            ]
            return pick(words) + pick(["", "x", "_2"]) + "\(generator.next() % 100)"
        }
        func polygon() -> Polygon {
            let x = number(-10...4000)
            let y = number(0...4000)
            return Polygon(
                corners: [Point(x: x, y: y), Point(x: x + 10, y: y), Point(x: x, y: y + number(1...500))]
                    + (some { [Point(x: x - 5, y: y - 1)] } ?? [])
            )
        }
        func bounds(_ range: ClosedRange<Double>, _ dimension: Feature.Dimension) -> Bounds {
            let least = max(range.lowerBound, -1000)
            let most = min(range.upperBound, 1000)
            let low = number(least...(least + most) / 2)
            let high = number((least + most) / 2...most)
            let unit = dimension == .length || dimension == .area ? pick(Length.Unit.allCases) : nil
            // Open ends stay off the ends of the range, where nothing would be left inside.
            switch generator.next() % 3 {
            case 0:
                return Bounds(lower: low, includesLower: low == most || pick([true, false]), unit: unit)
            case 1:
                return Bounds(upper: high, includesUpper: high == least || pick([true, false]), unit: unit)
            default:
                guard low < high else { return Bounds(lower: low, upper: high, unit: unit) }
                return Bounds(
                    lower: low,
                    includesLower: pick([true, false]),
                    upper: high,
                    includesUpper: pick([true, false]),
                    unit: unit
                )
            }
        }
        var recipe = Recipe()
        recipe.name = name()
        recipe.scale =
            some { PhysicalScale(mmPerPixelX: number(0.01...0.2), mmPerPixelY: number(0.01...0.2)) }
            ?? nil
        recipe.surface.polarity = pick(Surface.Polarities.allCases)
        recipe.surface.illumination = pick(Surface.Illumination.allCases)
        let unit = pick(Length.Unit.allCases)
        recipe.detect.minimumSize = Length(number(1...5), unit)
        recipe.detect.maximumSize = Length(number(6...90), unit)
        recipe.detect.falseAlarms = number(0.001...10)
        recipe.detect.per = pick(Detect.Per.allCases)
        recipe.uncertainSizes = pick(UncertainSizes.allCases)
        recipe.station.minimumFocus = number(0...1)
        recipe.station.exposure = number(0...0.4)...number(0.5...1)
        recipe.station.maximumSaturation = number(0...1)
        recipe.station.maximumGlare = number(0...1)
        recipe.station.maximumNoise = number(0...1)
        let names = Set((0..<generator.next() % 4).map { _ in name() }).sorted()
        recipe.zones = names.map { Zone(name: $0, polygon: polygon()) }
        recipe.ignore = (0..<generator.next() % 3).map { _ in Area(polygon: polygon()) }
        recipe.classes = (0..<generator.next() % 5).map { _ in
            let features = Feature.allCases.filter { _ in generator.next() % 4 == 0 }.shuffled(
                using: &generator
            )
            return ClassRule(
                pick(DefectClass.allCases),
                polarity: some { pick(Polarity.allCases) },
                when: features.map { .init($0, bounds($0.range, $0.dimension)) }
            )
        }
        recipe.limits = (0..<generator.next() % 5).map { _ in
            Limit(
                zone: names.isEmpty ? nil : some { pick(names) },
                class: some { pick(DefectClass.allCases) },
                size: some { bounds(0...100, .length) },
                count: some {
                    Bounds(lower: Double(generator.next() % 20), includesLower: pick([true, false]))
                },
                spacing: some { Length(number(0.5...30), pick(Length.Unit.allCases)) },
                verdict: pick([.rework, .reject, .cannotJudge])
            )
        }
        return recipe
    }
}
