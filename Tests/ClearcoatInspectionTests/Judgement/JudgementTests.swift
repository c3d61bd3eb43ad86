import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct JudgementTests {
    private static let scale = PhysicalScale(mmPerPixel: 0.1)

    /// A recipe with zone A in columns 0 ..< 100 and zone B in columns 100 ..< 200.
    private static func recipe(_ limits: [Limit]) -> Recipe {
        func square(_ x: Double) -> Polygon {
            Polygon(
                corners: [
                    Point(x: x, y: 0), Point(x: x + 100, y: 0), Point(x: x + 100, y: 100),
                    Point(x: x, y: 100),
                ]
            )
        }
        var recipe = Recipe()
        recipe.zones = [Zone(name: "A", polygon: square(0)), Zone(name: "B", polygon: square(100))]
        recipe.limits = limits
        return recipe
    }

    private static func judged(
        _ findings: [Finding],
        _ limits: [Limit],
        quality: Quality? = nil
    ) throws -> (findings: [Finding], verdict: Verdict, reasons: [String]) {
        var findings = findings
        let quality = try quality ?? .sample()
        let result = judge(findings: &findings, quality: quality, recipe: recipe(limits), scale: scale)
        return (findings, result.verdict, result.reasons)
    }

    private static func crater(_ id: Int = 1, sizePx: Double = 6.2, x: Double = 10, y: Double = 10)
        throws -> Finding
    {
        try .sample(id, .crater, sizePx: sizePx, x: x, y: y, scale: scale)
    }

    private static let craterLimit = Limit(
        zone: "A",
        class: .crater,
        size: .above(0.5, .millimetres),
        verdict: .reject
    )

    @Test func namesTheFindingTheLimitAndTheDistance() throws {
        let result = try Self.judged([Self.crater(3)], [Self.craterLimit])
        #expect(result.verdict == .reject)
        #expect(
            result.reasons == [
                "finding 3: crater, 0.62 ± 0.05 mm, in zone A, is 24 % over the limit "
                    + "'crater > 0.5 mm in zone A' → reject"
            ]
        )
        let explanation = result.findings[0].explanation
        #expect(result.findings[0].zone == "A")
        #expect(explanation.limits.map(\.limit) == [1])
        #expect(explanation.limits[0].text == "crater > 0.5 mm in zone A")
        #expect(explanation.limits[0].conditions.map(\.feature) == ["size"])
        #expect(explanation.limits[0].conditions.map(\.bound) == ["> 0.5 mm"])
        #expect(abs(explanation.limits[0].conditions[0].margin - 0.24) < 1e-9)
        #expect(explanation.text == "; judged: limit 1 'crater > 0.5 mm in zone A' decides → reject")
    }

    @Test func acceptsWithoutAReason() throws {
        let result = try Self.judged([Self.crater(sizePx: 4)], [Self.craterLimit])
        #expect(result.verdict == .accept)
        #expect(result.reasons == [])
        #expect(result.findings[0].explanation.limits == [])
        #expect(result.findings[0].explanation.text == "; judged: within all limits")
        #expect(try Self.judged([], []).verdict == .accept)
        #expect(try Self.judged([Self.crater()], []).verdict == .accept)
    }

    /// Where, what, how large, whether the limit "crater > 0.5 mm in zone A" takes it.
    @Test(
        arguments: [
            (10.0, DefectClass.crater, 6.2, true), (10, .crater, 5.0, false), (10, .crater, 5.01, true),
            (150, .crater, 6.2, false), (300, .crater, 6.2, false), (10, .dent, 6.2, false),
            (150, .dent, 2, false),
            (99.5, .crater, 6.2, true), (100, .crater, 6.2, false),
        ] as [(Double, DefectClass, Double, Bool)]
    )
    func takesZoneClassAndSize(x: Double, name: DefectClass, sizePx: Double, takes: Bool) throws {
        let finding = try Finding.sample(1, name, sizePx: sizePx, x: x, y: 10, scale: Self.scale)
        #expect(try Self.judged([finding], [Self.craterLimit]).verdict == (takes ? .reject : .accept))
    }

    @Test func anyZoneIsAlsoNoZone() throws {
        let limit = Limit(class: .crater, verdict: .rework)
        for x in [10.0, 150, 300] {
            let result = try Self.judged([Self.crater(x: x)], [limit])
            #expect(result.verdict == .rework)
        }
        let outside = try Self.judged([Self.crater(x: 300)], [limit])
        #expect(outside.findings[0].zone == nil)
        #expect(
            outside.reasons == [
                "finding 1: crater, 0.62 ± 0.05 mm, where none is allowed ('crater') → rework"
            ]
        )
    }

    @Test func sizesInPixelsNeedNoScale() throws {
        var findings = [try Finding.sample(1, .dent, sizePx: 30, x: 10, y: 10)]
        let result = judge(findings: &findings, quality: try .sample(), recipe: Recipe(), scale: nil)
        #expect(result.verdict == .reject)
        #expect(
            result.reasons == [
                "finding 1: dent, 30.0 ± 0.5 px, is 25 % over the limit 'any finding > 24 px' → reject"
            ]
        )
        #expect(findings[0].explanation.limits.map(\.limit) == [1, 2])
        // A limit in millimetres never fires without a size in millimetres.
        var recipe = Recipe()
        recipe.limits = [Limit(size: .above(0.001, .millimetres), verdict: .reject)]
        #expect(
            judge(findings: &findings, quality: try .sample(), recipe: recipe, scale: nil).verdict
                == .accept
        )
    }

    /// How many findings, bounds on the count, whether too many.
    @Test(
        arguments: [
            (3, Bounds.above(3), false), (4, .above(3), true), (3, Bounds(lower: 3), true),
            (2, Bounds(lower: 3), false),
            (2, Bounds(lower: 2, upper: 3), true), (4, Bounds(lower: 2, upper: 3), false),
            (0, Bounds(lower: 0), false),
            (1, Bounds(lower: 0), true),
        ] as [(Int, Bounds, Bool)]
    )
    func counts(number: Int, bounds: Bounds, isTooMany: Bool) throws {
        let findings = try (0..<number).map { try Self.crater($0 + 1, x: Double($0) * 20 + 10) }
        let result = try Self.judged(findings, [Limit(zone: "A", count: bounds, verdict: .rework)])
        #expect(result.verdict == (isTooMany ? .rework : .accept))
        #expect(result.findings.allSatisfy { $0.explanation.limits.isEmpty != isTooMany })
    }

    @Test func countsOnlyWhatTheRestOfTheLimitTakes() throws {
        let findings = try [
            Self.crater(1), Self.crater(2, x: 30), Self.crater(3, sizePx: 2, x: 50),
            Self.crater(4, x: 150),
            .sample(5, .dent, sizePx: 9, x: 70, y: 10, scale: Self.scale),
        ]
        var limit = Self.craterLimit
        limit.count = .above(1)
        let result = try Self.judged(findings, [limit])
        #expect(
            result.reasons == [
                "2 findings (1, 2) together exceed the limit 'crater > 0.5 mm in zone A, count > 1' → reject"
            ]
        )
        #expect(result.findings.map { $0.explanation.limits.count } == [1, 1, 0, 0, 0])
        #expect(
            result.findings[0].explanation.limits[0].conditions.map(\.feature) == ["size", "count"]
        )
        #expect(result.findings[0].explanation.limits[0].conditions[1].value == 2)
        #expect(result.findings[0].explanation.limits[0].conditions[1].margin == 1)
        limit.count = .above(2)
        #expect(try Self.judged(findings, [limit]).verdict == .accept)
    }

    @Test func theHighestVerdictDecides() throws {
        let rework = Limit(verdict: .rework)
        let unsure = Limit(class: .dent, verdict: .cannotJudge)
        let findings = try [
            Self.crater(1), .sample(2, .dent, sizePx: 9, x: 60, y: 60, scale: Self.scale),
        ]
        for limits in [[rework, Self.craterLimit], [Self.craterLimit, rework]] {
            let result = try Self.judged(findings, limits)
            #expect(result.verdict == .reject)
            #expect(result.reasons[0].hasSuffix("→ reject"))
            #expect(result.findings[0].explanation.limits.map(\.verdict) == [.reject, .rework])
        }
        #expect(try Self.judged(findings, [rework, Self.craterLimit, unsure]).verdict == .cannotJudge)
    }

    @Test func judgingAgainReplacesTheOldJudgement() throws {
        let first = try Self.judged([Self.crater()], [Self.craterLimit])
        let again = try Self.judged(first.findings, [Limit(verdict: .rework)])
        #expect(again.verdict == .rework)
        #expect(again.findings[0].explanation.limits.map(\.verdict) == [.rework])
        #expect(again.findings[0].explanation.text == "; judged: limit 1 'any finding' decides → rework")
    }

    @Test func manyFindingsGiveFewReasons() throws {
        let findings = try (1...30).map { try Self.crater($0, sizePx: Double($0), x: 150, y: 50) }
        let result = try Self.judged(findings, [Limit(size: .above(10, .pixels), verdict: .rework)])
        // The last is about finding 10, of which nobody knows.
        #expect(result.reasons.count == 5 && result.reasons[4].hasPrefix("uncertain: finding 10: "))
        #expect(
            result.reasons[0]
                == "finding 30: crater, 3.00 ± 0.05 mm (30.0 ± 0.5 px), in zone B, is 3 times the limit "
                + "'any finding > 10 px' → rework"
        )
        #expect(
            result.reasons[3]
                == "17 more findings (17 × crater; numbers 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22 "
                + "and 5 more) exceed the limit 'any finding > 10 px' → rework"
        )
    }

    @Test func eachFindingIsSpokenOfUnderItsDecidingLimitOnly() throws {
        let findings = try [
            Self.crater(1, sizePx: 20), Self.crater(2, sizePx: 3, x: 40),
            .sample(3, .dent, sizePx: 2, x: 60, y: 60, scale: Self.scale),
        ]
        let limits = [
            Limit(verdict: .rework), Limit(size: .above(15, .pixels), verdict: .reject),
            Limit(count: .above(2), verdict: .rework),
        ]
        let result = try Self.judged(findings, limits)
        #expect(
            result.reasons == [
                "finding 1: crater, 2.00 ± 0.05 mm (20.0 ± 0.5 px), in zone A, is 33 % over the limit "
                    + "'any finding > 15 px' → reject",
                "finding 2: crater, 0.30 ± 0.05 mm, in zone A, where none is allowed ('any finding') → rework",
                "finding 3: dent, 0.20 ± 0.05 mm, in zone A, where none is allowed ('any finding') → rework",
            ]
        )
        // All limits stay in the explanation, the deciding one first.
        #expect(result.findings[0].explanation.limits.map(\.limit) == [2, 1, 3])
        // A limit on the number speaks for all that it counts once it decides about any of them.
        let counted = try Self.judged(findings, Array(limits.dropFirst()))
        #expect(
            counted.reasons.last
                == "3 findings (1, 2, 3) together exceed the limit 'any finding, count > 2' → rework"
        )
    }

    @Test(
        arguments: [
            (19.63, 1.57, "19.6 ± 1.6"), (302, 24.2, "300 ± 20"), (0.29, 0.067, "0.29 ± 0.07"),
            (12.6, 1.01, "12.6 ± 1.0"), (5, 0.99, "5.0 ± 1.0"), (1234.5, 0.5, "1234.5 ± 0.5"),
            (0.04, 0.3, "0.0 ± 0.3"), (96, 9.6, "96 ± 10"), (3, 0, "3"), (2.5, .nan, "2.5"),
        ] as [(Double, Double, String)]
    )
    func sizesHaveTheDigitsThatCount(value: Double, uncertainty: Double, text: String) {
        #expect(readable(value, plusMinus: uncertainty) == text)
    }
}

/// What the picture itself allows.
@Suite struct StationCheckTests {
    private func reasons(_ quality: Quality, _ station: Recipe.Station = Recipe.Station()) -> [String] {
        var recipe = Recipe()
        recipe.station = station
        var findings: [Finding] = []
        let result = judge(findings: &findings, quality: quality, recipe: recipe, scale: nil)
        #expect((result.verdict == .cannotJudge) == !result.reasons.isEmpty)
        return result.reasons
    }

    @Test func aGoodPictureHasNoReason() throws { #expect(reasons(try .sample()) == []) }

    @Test func everyBoundIsAsked() throws {
        var station = Recipe.Station()
        station.minimumFocus = 0.25
        station.exposure = 0.2...0.8
        station.maximumSaturation = 0.01
        station.maximumGlare = 0
        station.maximumNoise = 0.1
        let bad = try Quality.sample(focus: 0.125, exposure: 0.9, saturation: 0.02, glare: 0.5, noise: 0.2)
        #expect(
            reasons(bad, station) == [
                "cannot judge: focus 0.125 is outside the station's >= 0.25 (by 50 %); check focus and motion",
                "cannot judge: exposure 0.9 is outside the station's 0.2 .. 0.8 (by 13 %); "
                    + "check light and exposure time",
                "cannot judge: saturated share 0.02 is outside the station's <= 0.01 (by 100 %); "
                    + "reduce light or exposure time",
                "cannot judge: glare share 0.5 is outside the station's <= 0 (by 50 %); move or diffuse the light",
                "cannot judge: noise 0.2 is outside the station's <= 0.1 (by 100 %); more light, less gain",
            ]
        )
        #expect(reasons(try .sample(focus: 0.25, exposure: 0.8, saturation: 0.01), station) == [])
    }

    @Test func nothingToLookAtIsNotGood() throws {
        #expect(
            reasons(try .sample(judgedShare: 0)) == [
                "cannot judge: no part of the picture is left to look at; check ignored areas and glare"
            ]
        )
        #expect(
            reasons(try .sample(focus: nil, grain: 0, noise: 0)) == [
                "cannot judge: the picture has no detail at all, every pixel is like its neighbours; "
                    + "check camera and light"
            ]
        )
    }

    @Test func aSmoothedPictureIsNotGood() throws {
        let smoothed = reasons(try .sample(focus: nil, grain: 0.01))
        #expect(smoothed.count == 1)
        #expect(smoothed.first?.hasPrefix("cannot judge: the picture is smoothed: its finest detail") == true)
        // What cannot be told is no reason, and neither is what the recipe does not ask.
        #expect(reasons(try .sample(focus: nil, grain: nil)) == [])
        var station = Recipe.Station()
        station.minimumGrain = 0
        #expect(reasons(try .sample(grain: 0), station) == [])
    }

    @Test func focusThatIsAskedForMustBeSeen() throws {
        var station = Recipe.Station()
        station.minimumFocus = 0.2
        #expect(
            reasons(try .sample(focus: nil), station) == [
                "cannot judge: no texture of the paint stands out of the noise, and the station asks for a focus of "
                    + "at least 0.2; check focus, light and motion"
            ]
        )
    }

    @Test func whatIsNoNumberIsNotGood() throws {
        var quality = try Quality.sample()
        quality.exposure = .nan
        #expect(reasons(quality).count == 1)
        quality = try .sample()
        quality.focus = .nan
        #expect(reasons(quality).count == 1)
        quality = try .sample()
        quality.glare = .infinity
        #expect(reasons(quality).count == 1)
    }

    @Test func aBadPictureIsNeverJudgedAndKeepsItsFindings() throws {
        var findings = [try Finding.sample(1, .dent, sizePx: 90, x: 100, y: 100)]
        let quality = try Quality.sample(exposure: 0.001)
        let result = judge(findings: &findings, quality: quality, recipe: Recipe(), scale: nil)
        #expect(result.verdict == .cannotJudge)
        #expect(result.reasons.count == 2)
        #expect(result.reasons[0].hasPrefix("cannot judge: exposure 0.001"))
        #expect(result.reasons[1].hasSuffix("→ reject"))
        #expect(findings[0].explanation.limits.map(\.verdict) == [.reject, .rework])
    }
}
