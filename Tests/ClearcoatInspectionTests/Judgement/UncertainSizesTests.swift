import ClearcoatImage
import ClearcoatInspection
import ClearcoatTestSupport
import Testing

/// Which way sizes fall whose 95 % interval straddles a limit. Every sample is known to ± 0.5 px, ± 0.05 mm.
@Suite struct UncertainSizesTests {
    private static let scale = PhysicalScale(mmPerPixel: 0.1)

    private static func judged(
        _ sizes: [Double],
        _ limits: [Limit],
        _ rule: Recipe.UncertainSizes = .asMeasured
    ) throws -> (findings: [Finding], verdict: Verdict, reasons: [String]) {
        var findings = try sizes.enumerated().map {
            try Finding.sample($0 + 1, .crater, sizePx: $1, x: 20 + 30 * Double($0), y: 50, scale: scale)
        }
        var recipe = Recipe()
        recipe.limits = limits
        recipe.uncertainSizes = rule
        let result = judge(findings: &findings, quality: try .sample(), recipe: recipe, scale: scale)
        return (findings, result.verdict, result.reasons)
    }

    private static let tooLarge = Limit(class: .crater, size: .above(0.5, .millimetres), verdict: .reject)

    @Test func aSizeBelowFallsAsTheRecipeSays() throws {
        let measured = try Self.judged([4.8], [Self.tooLarge])
        #expect(measured.verdict == .accept)
        #expect(
            measured.reasons == [
                "uncertain: finding 1: crater, 0.48 ± 0.05 mm: its 95 % interval 0.43 .. 0.53 mm straddles the limit "
                    + "'crater > 0.5 mm' (→ reject); judged as measured, it is not exceeded"
            ]
        )
        let explanation = measured.findings[0].explanation
        #expect(explanation.limits == [])
        let open = try #require(explanation.uncertain?.first)
        #expect(open.limit == 1 && open.verdict == .reject && open.unit == "mm" && !open.exceeded)
        #expect(open.lower == 0.43 && open.upper == 0.53 && open.judged == .asMeasured)
        #expect(
            explanation.text
                == "; judged: within all limits, uncertain: its size's 95 % interval 0.43 .. 0.53 mm straddles limit 1 "
                + "'crater > 0.5 mm', not exceeded, judged as measured"
        )
        let stricter = try Self.judged([4.8], [Self.tooLarge], .stricter)
        #expect(stricter.verdict == .reject)
        #expect(
            stricter.reasons == [
                "finding 1: crater, 0.48 ± 0.05 mm, may exceed the limit 'crater > 0.5 mm' (uncertain: its 95 % "
                    + "interval 0.43 .. 0.53 mm straddles it; by the recipe's stricter side) → reject"
            ]
        )
        #expect(stricter.findings[0].explanation.uncertain?.first?.exceeded == true)
        #expect(try Self.judged([4.8], [Self.tooLarge], .milder).verdict == .accept)
    }

    @Test func aSizeAboveFallsAsTheRecipeSays() throws {
        let measured = try Self.judged([5.3], [Self.tooLarge])
        #expect(measured.verdict == .reject)
        #expect(
            measured.reasons == [
                "finding 1: crater, 0.53 ± 0.05 mm, is 6 % over the limit 'crater > 0.5 mm' (uncertain: its 95 % "
                    + "interval 0.48 .. 0.58 mm straddles it; judged as measured) → reject"
            ]
        )
        #expect(try Self.judged([5.3], [Self.tooLarge], .stricter).verdict == .reject)
        let milder = try Self.judged([5.3], [Self.tooLarge], .milder)
        #expect(milder.verdict == .accept)
        #expect(milder.reasons.count == 1)
        #expect(milder.reasons[0].hasSuffix("(→ reject); by the recipe's milder side, it is not exceeded"))
    }

    @Test func whatIsClearOfTheLimitIsCertain() throws {
        for rule in Recipe.UncertainSizes.allCases {
            for (size, verdict) in [(4.4, Verdict.accept), (5.6, .reject)] {
                let result = try Self.judged([size], [Self.tooLarge], rule)
                #expect(result.verdict == verdict)
                #expect(result.findings[0].explanation.uncertain == nil)
                #expect(!result.reasons.contains { $0.contains("uncertain") })
            }
        }
    }

    /// Limits that adjoin: whatever the size, at least the milder holds.
    @Test func betweenTwoLimitsTheMilderIsCertain() throws {
        let small = Limit(
            size: Bounds(lower: 0.3, upper: 0.5, unit: .millimetres),
            verdict: .rework
        )
        for size in [4.8, 5.2] {
            let milder = try Self.judged([size], [small, Self.tooLarge], .milder)
            #expect(milder.verdict == .rework)
            #expect(milder.findings[0].explanation.uncertain?.map(\.limit) == [2])
            #expect(try Self.judged([size], [small, Self.tooLarge], .stricter).verdict == .reject)
        }
        let measured = try Self.judged([4.8], [small, Self.tooLarge])
        #expect(measured.verdict == .rework)
        #expect(
            measured.reasons.map { $0.prefix(20) } == ["finding 1: crater, 0", "uncertain: finding 1"]
        )
    }

    @Test func manyInDoubtGiveFewReasons() throws {
        let result = try Self.judged([4.6, 4.7, 4.8, 4.9, 4.95, 2], [Self.tooLarge])
        #expect(result.verdict == .accept)
        #expect(result.reasons.count == 4)
        #expect(result.reasons[0].hasPrefix("uncertain: finding 5: crater, 0.50 ± 0.05 mm"))
        #expect(
            result.reasons[3]
                == "uncertain: the 95 % intervals of 2 more findings (numbers 1, 2) straddle the limit "
                + "'crater > 0.5 mm' (→ reject); judged as measured, it is not exceeded"
        )
    }

    @Test func limitsOnTheNumberAreUncertainWhenTheirSizesMatter() throws {
        var limit = Self.tooLarge
        limit.count = .above(2)
        let open = try Self.judged([6, 7, 4.8, 2], [limit])
        #expect(open.verdict == .accept)
        #expect(
            open.reasons == [
                "uncertain: the limit 'crater > 0.5 mm, count > 2' (→ reject) lies within the uncertainty of sizes: "
                    + "2 to 3 findings fit it, 2 as measured (in doubt: 3); judged as measured, it is not exceeded"
            ]
        )
        #expect(open.findings.map { $0.explanation.uncertain != nil } == [false, false, true, false])
        let stricter = try Self.judged([6, 7, 4.8, 2], [limit], .stricter)
        #expect(stricter.verdict == .reject)
        #expect(
            stricter.reasons == [
                "3 findings (1, 2, 3) together exceed the limit 'crater > 0.5 mm, count > 2' (uncertain: 2 to 3 "
                    + "findings fit it within the uncertainty of their sizes; by the recipe's stricter side) → reject"
            ]
        )
        // One more or less makes no difference here.
        for sizes in [[6, 7, 8, 4.8], [6, 4.8]] {
            let result = try Self.judged(sizes, [limit])
            #expect(result.findings.allSatisfy { $0.explanation.uncertain == nil })
            #expect(!result.reasons.contains { $0.contains("uncertain") })
        }
        #expect(try Self.judged([6, 7, 5.2], [limit], .milder).verdict == .accept)
    }

    /// The plain reading: judge at every size within the interval, and take the worst or the best.
    @Test(arguments: 0..<400 as Range<UInt64>)
    func theRulesAreTheWorstAndTheBestCase(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let verdicts = [Verdict.rework, .reject, .cannotJudge]
        let limits = (0..<1 + generator.next() % 4).map { _ in
            let lower = Double(generator.next() % 8)
            let upper = lower + 1 + Double(generator.next() % 4)
            let isOpen = generator.next() % 2 == 0
            return Limit(
                size: Bounds(
                    lower: lower,
                    includesLower: generator.next() % 2 == 0,
                    upper: isOpen ? nil : upper,
                    unit: .pixels
                ),
                verdict: verdicts[Int(generator.next() % 3)]
            )
        }
        let size = (1 + 9 * generator.nextUnit()).rounded() + 0.9 * generator.nextUnit() - 0.45
        // Bounds are whole numbers; no step falls on one.
        let steps = (0...100).map { size - 0.5 + Double($0) / 100 }
        let all = steps.map { size in
            limits.filter { $0.size?.contains(size) ?? true }.map(\.verdict).max() ?? .accept
        }
        #expect(try Self.judged([size], limits, .stricter).verdict == all.max(), "seed \(seed)")
        #expect(try Self.judged([size], limits, .milder).verdict == all.min(), "seed \(seed)")
        let measured = try Self.judged([size], limits)
        #expect(measured.verdict == all[50], "seed \(seed)")
        // It is called uncertain exactly when the verdict is.
        let isUncertain = measured.reasons.contains { $0.contains("uncertain: ") }
        #expect(isUncertain == (Set(all).count > 1), "seed \(seed)")
    }

    @Test(
        arguments: [
            (0.43, 0.53, "0.43 .. 0.53"), (18, 21.2, "18.0 .. 21.2"), (0, 0.4, "0.0 .. 0.4"),
            (2, 2, "2 .. 2"),
        ]
            as [(Double, Double, String)]
    )
    func intervalsHaveTheDigitsThatCount(lower: Double, upper: Double, text: String) {
        #expect(readable(from: lower, to: upper) == text)
        #expect(readable(from: lower, to: upper, beside: "any > 7 mm") == text)
    }

    @Test func intervalsAreToldFromTheLimit() {
        #expect(readable(from: 19.7, to: 24.22, beside: "any finding > 24 px") == "19.7 .. 24.2")
        #expect(readable(from: 20, to: 24, beside: "any finding > 24 px") == "20 .. 24")
    }
}
