import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct ClassificationTests {
    private func features(_ values: [Feature: Double]) -> FeatureVector {
        var vector = FeatureVector()
        for (feature, value) in values { vector[feature] = value }
        return vector
    }

    private let rules = [
        ClassRule(.scratch, when: [.init(.elongation, .above(5)), .init(.width, .below(12, .pixels))]),
        ClassRule(.pinhole, polarity: .dark, when: [.init(.size, .below(0.3, .millimetres))]),
        ClassRule(.stain, when: [.init(.area, .above(4, .millimetres))]),
    ]
    private let scale = PhysicalScale(mmPerPixel: 0.1)

    @Test func theFirstRuleThatFitsDecides() {
        let both = features([.elongation: 8, .width: 3, .size: 2, .area: 1000])
        let result = classify(both, polarity: .dark, rules: rules, scale: scale)
        #expect(result.class == .scratch)
        #expect(result.rule == 1)
        #expect(result.nearestClass == nil)
        #expect(result.conditions.map(\.feature) == ["elongation", "width"])
        #expect(result.conditions.map(\.bound) == ["> 5", "< 12 px"])
        #expect(result.conditions.map(\.value) == [8, 3])
        #expect(result.conditions.map(\.margin) == [0.6, 0.75])
        #expect(result.confidence == 1)
        #expect(
            result.sentence
                == "named scratch by rule 1 (closest call: elongation 8, wanted > 5, 60 % inside)"
        )
    }

    @Test func millimetresAreMeasuredInMillimetres() {
        let small = features([.elongation: 1, .size: 2, .area: 4])
        let result = classify(small, polarity: .dark, rules: rules, scale: scale)
        #expect(result.class == .pinhole)
        #expect(result.conditions[0].value == 0.2)
        let large = features([.elongation: 1, .size: 50, .area: 500])
        let stain = classify(large, polarity: .dark, rules: rules, scale: scale)
        #expect(stain.class == .stain)
        #expect(abs(stain.conditions[0].value - 5) < 1e-9)
        #expect(stain.conditions[0].bound == "> 4 mm2")
    }

    @Test func aRuleForAnotherPolarityIsNotAsked() {
        let small = features([.elongation: 1, .size: 2, .area: 4])
        let result = classify(small, polarity: .bright, rules: rules, scale: scale)
        #expect(result.class == .unknown)
        #expect(result.nearestClass == .scratch)
    }

    /// Elongation, whether it fits "> 5", confidence: linear from the bound to halfway inside.
    @Test(
        arguments: [
            (5.0, false, 0.5), (5.5, true, 0.6), (6.25, true, 0.75), (7.5, true, 1.0), (50, true, 1.0),
            (4, false, 0.3), (0, false, 0),
        ] as [(Double, Bool, Double)]
    )
    func confidenceFollowsTheMargin(elongation: Double, fits: Bool, confidence: Double) {
        let rule = ClassRule(.scratch, when: [.init(.elongation, .above(5))])
        let result = classify(
            features([.elongation: elongation]),
            polarity: .dark,
            rules: [rule],
            scale: nil
        )
        #expect(result.class == (fits ? .scratch : .unknown))
        #expect(result.rule == (fits ? 1 : 0))
        #expect(abs(result.confidence - confidence) < 1e-12)
    }

    @Test func theNearestMissIsExplained() {
        let result = classify(
            features([.elongation: 4.5, .width: 3, .size: 20, .area: 40]),
            polarity: .dark,
            rules: rules,
            scale: scale
        )
        #expect(result.class == .unknown)
        #expect(result.rule == 0)
        #expect(result.nearestClass == .scratch)
        #expect(result.conditions.map(\.feature) == ["elongation", "width"])
        #expect(abs(result.confidence - 0.4) < 1e-12)
        #expect(
            result.sentence == "no rule fits, so it is unknown; nearest is scratch "
                + "(fails by elongation 4.5, wanted > 5, 10 % outside)"
        )
    }

    /// 5.001 is 5.00 in three digits: so it says as many as tell it from the bound.
    @Test func aCloseCallDoesNotLookLikeATie() {
        let rule = ClassRule(.scratch, when: [.init(.elongation, .above(5))])
        let result = classify(features([.elongation: 5.001]), polarity: .dark, rules: [rule], scale: nil)
        #expect(
            result.sentence == "named scratch by rule 1 "
                + "(closest call: elongation 5.001, wanted > 5, less than 0.1 % inside)"
        )
    }

    @Test func withoutRulesOrNumbersNothingFits() {
        let none = classify(FeatureVector(), polarity: .dark, rules: [], scale: nil)
        #expect(none.class == .unknown)
        #expect(none.confidence == 0)
        #expect(none.sentence == "no rule fits, so it is unknown")
        let broken = features([.elongation: .nan, .width: 3, .size: .infinity])
        #expect(classify(broken, polarity: .dark, rules: rules, scale: scale).class == .unknown)
        // Millimetres without a scale never hold.
        #expect(
            classify(features([.size: 1]), polarity: .dark, rules: [rules[1]], scale: nil).class
                == .unknown
        )
    }

    @Test func aRuleWithoutConditionsTakesTheRest() {
        let result = classify(
            FeatureVector(),
            polarity: .mixed,
            rules: [ClassRule(.dent, when: [])],
            scale: nil
        )
        #expect(result.class == .dent)
        #expect(result.confidence == 1)
    }

    /// Typical measurements of each class, from the definitions of the features.
    @Test(
        arguments: [
            (
                DefectClass.crater, Polarity.mixed,
                [
                    Feature.oppositeShare: 0.4, .rimCoverage: 1, .elongation: 1.1, .size: 15,
                    .edgeSharpness: 0.3,
                ]
            ),
            (
                .dent, .mixed,
                [
                    .oppositeShare: 0.45, .rimCoverage: 0.5, .elongation: 1.3, .size: 40,
                    .edgeSharpness: 0.05,
                ]
            ),
            (
                .run, .bright,
                [.elongation: 5, .edgeSharpness: 0.05, .width: 20, .size: 100, .curvature: 1]
            ),
            (
                .fibre, .dark,
                [.elongation: 12, .curvature: 1.4, .edgeSharpness: 0.4, .width: 2, .size: 24]
            ),
            (
                .scratch, .dark,
                [.elongation: 25, .curvature: 1.01, .edgeSharpness: 0.4, .width: 2, .size: 50]
            ),
            (.pinhole, .dark, [.elongation: 1.1, .size: 4, .circularity: 1, .edgeSharpness: 0.4]),
            (.stain, .dark, [.elongation: 1.5, .size: 60, .edgeSharpness: 0.03]),
            (.inclusion, .dark, [.elongation: 1.3, .size: 12, .edgeSharpness: 0.35]),
            (.inclusion, .bright, [.elongation: 1.3, .size: 4, .edgeSharpness: 0.35]),
        ] as [(DefectClass, Polarity, [Feature: Double])]
    )
    func theBuiltInRulesKnowTheTextbookCases(
        name: DefectClass,
        polarity: Polarity,
        values: [Feature: Double]
    ) {
        let result = classify(
            features(values),
            polarity: polarity,
            rules: ClassRule.builtIn,
            scale: nil
        )
        #expect(result.class == name, "\(result.sentence)")
    }
}
