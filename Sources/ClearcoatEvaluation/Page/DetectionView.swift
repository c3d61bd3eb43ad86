import ClearcoatReports

/// What is found, and what is found where nothing is.
struct DetectionView {
    private let scores: Evaluation.DetectionScores
    private let rule: MatchingRule

    init(_ scores: Evaluation.DetectionScores, rule: MatchingRule) {
        self.scores = scores
        self.rule = rule
    }

    var section: HTML {
        """
        <section id="detection"><h2>Detection</h2><div class="charts">
        \(scores.curves.prefix(2).map(card).joined())
        <div class="card"><h3>Found against false alarms</h3>\(freeResponse)</div>
        <div class="card"><h3>Found</h3>\(found)</div>
        <div class="card"><h3>False alarms</h3>\(falseAlarms)</div>
        </div><div class="charts"><div class="card"><h3>Probability of detection</h3>\(curves)</div></div>
        <p class="note">\(rule.text)</p></section>
        """
    }

    private func card(_ curve: DetectionCurve) -> HTML {
        let sizes = curve.bins.flatMap { [$0.from, $0.to] } + (curve.fit.map { [$0.a90, $0.a9095] } ?? [])
        guard let least = sizes.min(), let most = sizes.max(), least > 0 else { return "" }
        let title = "Probability of detection of \(curve.name) against size in \(curve.unit)"
        var plot = Plot(
            title: title,
            xTitle: "size in \(curve.unit)",
            range: least / 1.1...min(most * 1.1, least * 1e4),
            scale: .logarithmic
        )
        for bin in curve.bins {
            guard let rate = bin.found.rate else { continue }
            plot.dot(
                ((bin.from * bin.to).squareRoot(), rate),
                interval: bin.found.interval,
                says:
                    "\(bin.from.short) to \(bin.to.short) \(curve.unit): \(bin.found.count) of \(bin.found.total)"
            )
        }
        if let fit = curve.fit {
            plot.curve(fit.curve.map { ($0.size, $0.probability) })
            plot.curve(fit.curve.map { ($0.upper95, $0.probability) }, isDashed: true)
            plot.marker(at: fit.a90, named: "a90 \(fit.a90.short)", row: 0)
            plot.marker(at: fit.a9095, named: "a90/95 \(fit.a9095.short)", row: 1)
        }
        let notes = curve.notes.map { note -> HTML in "<p class=\"note\">\(note)</p>" }
        return """
            <div class="card"><h3>Probability of detection: \(curve.name)</h3>\(plot.svg)
            <p class="note">Dots: what was found of each class of sizes, with its interval. Line: the fitted curve; dashed: \
            its 95 % bound towards larger sizes.</p>\(notes.joined())</div>
            """
    }

    private var freeResponse: HTML {
        let response = scores.freeResponse
        let rates = response.points.map(\.falseAlarmsPerImage).filter { $0 > 0 }
        let most = max(rates.max() ?? 1, 1)
        let least = min(rates.min() ?? 0.01, most / 100)
        var plot = Plot(
            title: "Share of defects found against false alarms a picture",
            xTitle: "false alarms a picture",
            range: least...most,
            scale: .logarithmic
        )
        // What is found without any false alarm is drawn at the left border.
        plot.curve(response.points.map { (max($0.falseAlarmsPerImage, least), $0.found) })
        if let working = response.points.last(where: { $0.threshold >= 1 }) {
            let rate = max(working.falseAlarmsPerImage, least)
            plot.dot((rate, working.found), says: "at the recipe's threshold")
        }
        let sentences = response.sensitivities.map { point -> HTML in
            "<p class=\"note\">\((100 * point.found).short) % at \(point.falseAlarmsPerImage.short) false alarms a picture (\(point.threshold.short) times the threshold)</p>"
        }
        return """
            \(plot.svg)<p class="note">Dot: the recipe's threshold. Beyond it near misses are counted, as far as the \
            records list them.</p>\(sentences.joined())
            """
    }

    private var falseAlarms: HTML {
        let entries =
            [("pictures without a defect", scores.falseAlarmsOnGood), ("all pictures", scores.falseAlarms)]
            + scores.falseAlarmsByPaint.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let rows = entries.map { name, alarms -> HTML in
            """
            <tr><th scope="row">\(name)</th><td class="number">\(Int(alarms.perImage.exposure))</td>\
            <td class="number">\(alarms.perImage.count)</td><td class="number">\(Self.text(of: alarms.perImage))</td>\
            <td class="number">\(alarms.perSquareMetre.map(Self.text(of:)) ?? "–")</td></tr>

            """
        }
        return """
            <div class="scroll"><table class="matrix"><tr><th scope="col">on</th><th scope="col" class="number">pictures</th>\
            <th scope="col" class="number">count</th><th scope="col" class="number">a picture</th><th scope="col" class="number">a m²</th></tr>
            \(rows.joined())</table></div>
            """
    }

    private var found: HTML {
        let visible = scores.foundOfVisible.map { [("at least 4 px and 5 sigma", $0)] } ?? []
        return EvaluationPage.table(
            of: [("all defects", scores.found)] + visible
                + scores.byClass.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
                + scores.byPaint.sorted { $0.key < $1.key }.map { ("on \($0.key)", $0.value) }
        )
    }

    private var curves: HTML {
        let rows = scores.curves.map { curve -> HTML in
            let numbers: HTML =
                curve.fit.map { fit -> HTML in
                    """
                    <td class="number">\(fit.a50.short)</td><td class="number"><b>\(fit.a90.short)</b></td>\
                    <td class="number"><b>\(fit.a9095.short)</b></td>
                    """
                } ?? "<td class=\"number\">–</td><td class=\"number\">–</td><td class=\"number\">–</td>"
            let notes = curve.notes.joined(separator: " ")
            return """
                <tr><th scope="row">\(curve.name)</th><td class="number">\(curve.found.count) of \(curve.found.total)</td>\
                \(numbers)<td class="words">\(notes)</td></tr>

                """
        }
        let unit = scores.curves.first?.unit ?? "px"
        return """
            <div class="scroll"><table><tr><th scope="col">defects</th><th scope="col" class="number">found</th>\
            <th scope="col" class="number">a50 in \(unit)</th><th scope="col" class="number">a90 in \(unit)</th>\
            <th scope="col" class="number">a90/95 in \(unit)</th><th scope="col">to keep in mind</th></tr>
            \(rows.joined())</table></div>
            """
    }

    private static func text(of rate: EventRate) -> HTML {
        guard let value = rate.rate, let interval = rate.interval else { return "none" }
        return
            "\(value.short) <span class=\"note\">(\(interval.lower.short) to \(interval.upper.short))</span>"
    }
}
