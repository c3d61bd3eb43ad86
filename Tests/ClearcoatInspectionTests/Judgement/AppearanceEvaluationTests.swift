import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct AppearanceEvaluationTests {
    private func surface(
        _ zone: String?,
        waviness: Double? = 1.5,
        mottling: Double? = 0.4,
        unevenness: Double? = 12
    ) -> Appearance {
        var surface = Appearance.unmeasured
        surface.zone = zone
        surface.wavinessPercent = waviness
        surface.mottlingPercent = mottling
        surface.unevennessPercent = unevenness
        for (from, contrast) in [(8.0, 0.5), (16, 1), (32, 2)] {
            var band = Appearance.Band.unmeasured
            (band.fromPx, band.toPx, band.contrastPercent) = (from, 2 * from, contrast)
            surface.bands.append(band)
        }
        return surface
    }

    private func judged(
        _ appearance: [Appearance],
        _ limits: [AppearanceLimit]
    ) throws -> (verdict: Verdict, reasons: [String], appearance: [Appearance]) {
        var recipe = Recipe()
        recipe.appearance = limits
        let overlay = try RecipeOverlay(fitting: recipe, calibration: nil, width: 200, height: 100)
        var findings: [Finding] = []
        var appearance = appearance
        let result = judge(
            findings: &findings,
            appearance: &appearance,
            quality: try .sample(),
            by: overlay
        )
        var short = appearance
        #expect(
            verdict(of: &findings, appearance: &short, quality: try .sample(), by: overlay) == result.verdict
        )
        return (result.verdict, result.reasons, appearance)
    }

    @Test func sayWhatWasMeasuredTheLimitAndTheMargin() throws {
        let result = try judged(
            [surface(nil), surface("A", waviness: 2.5)],
            [
                AppearanceLimit(zone: "A", .waviness, percent: .above(2), verdict: .rework),
                AppearanceLimit(.unevenness, percent: .above(5), verdict: .reject),
                AppearanceLimit(.mottling, percent: .above(0.4), verdict: .reject),
            ]
        )
        #expect(result.verdict == .reject)
        #expect(
            result.reasons == [
                "unevenness of the picture is 12 %, which is 2.4 times the limit 'unevenness > 5 %' → reject",
                "waviness in zone A is 2.5 %, which is 25 % over the limit 'waviness > 2 % in zone A' → rework",
            ]
        )
        let outcome = try #require(result.appearance[1].limits.first)
        #expect(outcome.limit == 1 && outcome.verdict == .rework && outcome.conditions[0].margin == 0.25)
        #expect(result.appearance[0].limits.map(\.limit) == [2])
    }

    @Test func wavelengthsAreThoseThatTheLimitAsksFor() throws {
        func limit(_ range: ClosedRange<Double>, above percent: Double) -> AppearanceLimit {
            AppearanceLimit(
                .waviness,
                percent: .above(percent),
                wavelengths: .init(range, .pixels),
                verdict: .rework
            )
        }
        // √(1² + 2²) over both octaves, 1 over the first, 2·√½ over half of the second.
        #expect(try judged([surface(nil)], [limit(16...64, above: 2.23)]).verdict == .rework)
        #expect(try judged([surface(nil)], [limit(16...64, above: 2.24)]).verdict == .accept)
        #expect(try judged([surface(nil)], [limit(16...32, above: 0.99)]).verdict == .rework)
        #expect(try judged([surface(nil)], [limit(16...32, above: 1.01)]).verdict == .accept)
        #expect(try judged([surface(nil)], [limit(32...45.2548, above: 1.4)]).verdict == .rework)
        #expect(try judged([surface(nil)], [limit(32...45.2548, above: 1.42)]).verdict == .accept)
    }

    @Test func whatCannotBeMeasuredIsNotCalledGood() throws {
        let limit = AppearanceLimit(zone: "A", .mottling, percent: .above(3), verdict: .rework)
        let result = try judged([surface(nil), surface("A", mottling: nil)], [limit])
        #expect(result.verdict == .cannotJudge)
        #expect(
            result.reasons.count == 1
                && result.reasons[0].hasPrefix("mottling in zone A could not be measured")
        )
        let long = AppearanceLimit(
            .waviness,
            percent: .above(3),
            wavelengths: .init(16...500, .pixels),
            verdict: .rework
        )
        #expect(try judged([surface(nil)], [long]).verdict == .cannotJudge)
        #expect(try judged([surface(nil)], []).verdict == .accept)
    }

    @Test func recordsCanBeJudgedAgain() throws {
        var capture = RecordedCapture()
        (capture.width, capture.height, capture.verdict) = (200, 100, .accept)
        capture.quality = try .sample()
        capture.appearance = [surface(nil)]
        var recipe = Recipe()
        recipe.appearance = [AppearanceLimit(.waviness, percent: .above(1), verdict: .rework)]
        var rejudger = try Rejudger(recipe)
        let result = rejudger.rejudge(capture)
        #expect(result.after == .rework && result.isFlip && result.reasons.count == 1 && result.notes == [])
        capture.appearance = []
        let blind = rejudger.rejudge(capture)
        #expect(blind.after == nil && blind.notes == [.appearanceMissing])
    }
}
