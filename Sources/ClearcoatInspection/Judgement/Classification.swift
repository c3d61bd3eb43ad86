/// Names a candidate: the first rule whose conditions all hold gives its class.
///
/// The confidence is `0.5 + min(m, 0.5)` for the smallest margin m among the rule's conditions (see
/// ``Bounds/margin(of:)``): 0.5 on a bound, 1 from halfway inside. A rule without conditions is
/// certain. When no rule fits, the class is `unknown`, the rule 0, and the conditions are those of the
/// rule that comes nearest, the one whose worst margin is the least bad; the confidence is then how
/// well that one fits, `0.5 + max(m, -0.5)`.
///
/// A rule for another polarity is not asked. A condition in millimetres never holds without measures on the
/// part; ``Inspection`` refuses such a recipe before.
///
/// - Parameters:
///   - features: lengths in pixels, as the record says them: see ``FeatureVector/asRecorded``.
///   - measures: the same in millimetres; nil without a scale.
package func classify(
    _ features: FeatureVector,
    _ measures: PhysicalMeasures?,
    polarity: Polarity,
    rules: [ClassRule]
) -> Explanation.Classification {
    var nearest: (margin: Double, rule: ClassRule, conditions: [Explanation.Condition])?
    for (index, rule) in rules.enumerated() where rule.polarity == nil || rule.polarity == polarity {
        let outcomes = rule.conditions.map { $0.outcome(features, measures) }
        let worst = outcomes.map(\.explained.margin).min() ?? 1
        if outcomes.allSatisfy(\.holds) {
            return Explanation.Classification(
                class: rule.class,
                rule: index + 1,
                conditions: outcomes.map(\.explained),
                confidence: 0.5 + min(worst, 0.5),
                nearestClass: nil
            )
        }
        if nearest == nil || worst > nearest?.margin ?? 0 {
            nearest = (worst, rule, outcomes.map(\.explained))
        }
    }
    return Explanation.Classification(
        class: .unknown,
        rule: 0,
        conditions: nearest?.conditions ?? [],
        confidence: nearest.map { 0.5 + min(0, max($0.margin, -0.5)) } ?? 0,
        nearestClass: nearest?.rule.class
    )
}

/// The class that ``classify(_:_:polarity:rules:)`` gives, without the explanation, at a fiftieth of its cost.
package func className(
    of features: FeatureVector,
    _ measures: PhysicalMeasures?,
    polarity: Polarity,
    rules: [ClassRule]
) -> DefectClass {
    let rule = rules.first { rule in
        (rule.polarity == nil || rule.polarity == polarity)
            && rule.conditions.allSatisfy { $0.bounds.contains($0.measured(features, measures) ?? .nan) }
    }
    return rule?.class ?? .unknown
}

extension ClassRule.Condition {
    /// What the condition asks about, in the unit of its bounds; nil when that is not known.
    fileprivate func measured(_ features: FeatureVector, _ measures: PhysicalMeasures?) -> Double? {
        let value = bounds.unit == .millimetres ? measures?[feature] : features[feature]
        return value.flatMap { $0.isFinite ? $0 : nil }
    }

    /// Whether the condition holds, and what was measured in the unit of its bounds.
    fileprivate func outcome(
        _ features: FeatureVector,
        _ measures: PhysicalMeasures?
    ) -> (holds: Bool, explained: Explanation.Condition) {
        let measured = measured(features, measures)
        let isKnown = measured != nil
        let value = measured ?? features[feature]
        let explained = Explanation.Condition(
            feature: feature.rawValue,
            value: value.isFinite ? value : 0,
            bound: bounds.text(feature.dimension),
            margin: isKnown ? bounds.margin(of: value) : -1
        )
        return (isKnown && bounds.contains(value), explained)
    }
}

extension Explanation.Classification {
    /// The decision in words: the rule and the condition that was nearest to failing or, when no rule
    /// fits, the class that comes nearest and the condition it fails by the most.
    package var sentence: String {
        let worst = conditions.min { $0.margin < $1.margin }
        let measured = worst.map {
            "\($0.feature) \(readable($0.value, beside: $0.bound)), wanted \($0.bound)"
        }
        let distance = worst.map { $0.margin < 1 ? percent($0.margin) : "far" } ?? ""
        guard rule == 0 else {
            return "named \(`class`.rawValue) by rule \(rule)"
                + (measured.map { " (closest call: \($0), \(distance) inside)" } ?? "")
        }
        guard let nearestClass, let measured else { return "no rule fits, so it is unknown" }
        return "no rule fits, so it is unknown; nearest is \(nearestClass.rawValue) "
            + "(fails by \(measured), \(distance) outside)"
    }
}
