package import ClearcoatImage

/// Names a candidate: the first rule whose conditions all hold gives its class.
///
/// The confidence is `0.5 + min(m, 0.5)` for the smallest margin m among the rule's conditions (see
/// ``Bounds/margin(of:)``): 0.5 on a bound, 1 from halfway inside. A rule without conditions is
/// certain. When no rule fits, the class is `unknown`, the rule 0, and the conditions are those of the
/// rule that comes nearest, the one whose worst margin is the least bad; the confidence is then how
/// well that one fits, `0.5 + max(m, -0.5)`.
///
/// A rule for another polarity is not asked. A condition in millimetres never holds without a scale;
/// ``Inspection`` refuses such a recipe before.
///
/// - Parameter features: lengths in pixels.
package func classify(
    _ features: FeatureVector,
    polarity: Polarity,
    rules: [ClassRule],
    scale: PhysicalScale?
) -> Explanation.Classification {
    var nearest: (margin: Double, rule: ClassRule, conditions: [Explanation.Condition])?
    for (index, rule) in rules.enumerated() where rule.polarity == nil || rule.polarity == polarity {
        let outcomes = rule.conditions.map { $0.outcome(features, at: scale) }
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

extension ClassRule.Condition {
    /// Whether the condition holds, and what was measured in the unit of its bounds.
    fileprivate func outcome(
        _ features: FeatureVector,
        at scale: PhysicalScale?
    ) -> (holds: Bool, explained: Explanation.Condition) {
        var value = features[feature]
        var isKnown = value.isFinite
        if bounds.unit == .millimetres {
            if let scale {
                value *= feature.dimension == .area ? scale.mm2PerPixel : scale.mmPerPixel
            } else {
                isKnown = false
            }
        }
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
