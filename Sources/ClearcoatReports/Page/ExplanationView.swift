import ClearcoatInspection

/// Why something was found, named, judged or dropped, as part of a page.
enum ExplanationView {
    /// All of a finding's explanation.
    static func view(of explanation: Explanation) -> HTML {
        """
        <p>\(explanation.text)</p>
        <div class="reasons">
        <div><h4>Detection</h4>\(detection(explanation.detection))</div>
        <div><h4>\(ruleTitle(explanation.classification))</h4>\(conditions(explanation.classification.conditions))</div>
        \(explanation.limits.map(limit).joined())
        \(HTML.when(explanation.limits.isEmpty, "<div><h4>Limits</h4><p>No limit is exceeded.</p></div>"))
        \((explanation.uncertain ?? []).map(uncertain).joined())
        </div>
        """
    }

    /// The threshold that was met or missed.
    static func detection(_ detection: Explanation.Detection) -> HTML {
        """
        <table>
        <tr><th scope="row">detector</th><td>\(detection.detector), scale \(detection.scalePx.short) px</td></tr>
        <tr><th scope="row">response</th><td>\(detection.response.short) σ against \(detection.threshold.short) σ</td></tr>
        <tr><th scope="row">margin</th><td>\(margin(detection.margin))</td></tr>
        \(detection.nfa.map(falseAlarms) ?? "")
        <tr><th scope="row">local noise σ</th><td>\(noise(detection)) at scale \(detection.scalePx.short) px</td></tr>
        \(colour(detection))
        </table>
        """
    }

    private static func falseAlarms(_ nfa: Double) -> HTML {
        """
        <tr><th scope="row" title="number of false alarms: responses as strong">NFA</th>\
        <td>\(JSONWriter.text(of: nfa) ?? "") expected of good paint in a picture</td></tr>
        """
    }

    /// What it was seen in, and how its colour differs, where colours were looked at.
    private static func colour(_ detection: Explanation.Detection) -> HTML {
        guard let channels = detection.channels else { return "" }
        let seen: HTML =
            "<tr><th scope=\"row\">seen in</th><td>\(channels.joined(separator: " and "))</td></tr>"
        guard let difference = detection.colourDifference else { return seen }
        return "\(seen)<tr><th scope=\"row\">colour</th><td>differs by \(difference.short) (CIELAB)</td></tr>"
    }

    private static func noise(_ detection: Explanation.Detection) -> String {
        detection.channels?.first == "colour"
            ? "\(detection.noise.short) (CIELAB)" : "\((detection.noise * 100).short) % contrast"
    }

    /// Conditions with what was measured.
    static func conditions(_ conditions: [Explanation.Condition]) -> HTML {
        if conditions.isEmpty { return "<p>No condition on what is measured.</p>" }
        let rows = conditions.map { condition -> HTML in
            """
            <tr><td>\(condition.feature)</td><td class="number">\(readable(condition.value, beside: condition.bound))</td>\
            <td>\(condition.bound)</td><td class="number">\(margin(condition.margin))</td></tr>
            """
        }
        return """
            <table><tr><th scope="col">feature</th><th scope="col" class="number">value</th>\
            <th scope="col">bound</th><th scope="col" class="number">margin</th></tr>
            \(rows.joined())</table>
            """
    }

    private static func ruleTitle(_ classification: Explanation.Classification) -> HTML {
        if let model = classification.model, model.decides {
            let rules =
                classification.rule == 0
                ? "no rule fits" : "rule \(classification.rule) says \(model.ruleClass.rawValue)"
            return """
                Class: \(model.class.rawValue) by the model, probability \((model.probability * 100).short) %; \(rules)
                """
        }
        if classification.rule == 0 {
            let nearest = classification.nearestClass.map { ", nearest is \($0.rawValue)" } ?? ""
            return "Class: \(classification.class.rawValue), no rule fits\(nearest)"
        }
        return """
            Class: \(classification.class.rawValue) by rule \(classification.rule), \
            confidence \(classification.confidence.short)
            """
    }

    private static func limit(_ outcome: Explanation.LimitOutcome) -> HTML {
        """
        <div><h4>Limit \(outcome.limit): \(PageFrame.tag(outcome.verdict))</h4>
        <p>\(outcome.text)</p>\(conditions(outcome.conditions))</div>
        """
    }

    /// A limit that the size's interval straddles.
    private static func uncertain(_ limit: Explanation.UncertainLimit) -> HTML {
        """
        <div><h4>Uncertain: limit \(limit.limit) \(PageFrame.tag(limit.verdict))</h4>
        <p>\(limit.text)</p><table>
        <tr><th scope="row">95 % interval of the size</th><td>\(limit.intervalText)</td></tr>
        <tr><th scope="row">which way it fell</th><td>\(limit.exceeded ? "exceeded" : "not exceeded"), \(limit.judged.words)</td></tr>
        </table></div>
        """
    }

    private static func margin(_ margin: Double) -> HTML {
        "<span class=\"\(margin < 0 ? "bad" : "good")\">\(PageFrame.percent(margin))</span>"
    }
}
