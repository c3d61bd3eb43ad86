/// One limit on a zone's appearance asked about what was measured.
struct AppearanceEvaluation {
    let limit: AppearanceLimit
    /// The limit's number in the recipe, from 1.
    let number: Int
    /// Which of the measurements it is about; nil when there is none of its zone.
    let index: Int?
    /// What was measured, in percent; nil when it was not.
    let value: Double?

    init(_ limit: AppearanceLimit, number: Int, _ appearance: [Appearance]) {
        self.limit = limit
        self.number = number
        index = appearance.firstIndex { $0.zone == limit.zone }
        value = index.flatMap { appearance[$0].percent(of: limit) }
    }

    /// What follows: the limit's verdict when it is exceeded, nil when it is kept. What was asked for and cannot be
    /// measured is not called good.
    var verdict: Verdict? {
        guard let value else { return .cannotJudge }
        return limit.percent.contains(value) ? limit.verdict : nil
    }

    /// What was measured, the limit and the margin; nil when nothing was measured.
    var outcome: Explanation.LimitOutcome? {
        guard let value else { return nil }
        let condition = Explanation.Condition(
            feature: limit.measure.rawValue,
            value: value,
            bound: limit.boundText,
            margin: rounded(limit.percent.margin(of: value))
        )
        return .init(limit: number, text: limit.text, verdict: limit.verdict, conditions: [condition])
    }

    /// One sentence.
    var reason: String {
        let place = limit.zone.map { "in zone \($0)" } ?? "of the picture"
        guard let value else {
            return
                "\(limit.measure.rawValue) \(place) could not be measured: the area that is judged is too small, or "
                + "the wavelengths are out of reach; the limit '\(limit.text)' asks about it → cannotJudge"
        }
        let margin = limit.percent.margin(of: value)
        let measured = readable(value, beside: limit.boundText)
        let distance =
            limit.percent.upper != nil
            ? "lies within" : margin < 1 ? "is \(percent(margin)) over" : "is \(readable(margin + 1)) times"
        return
            "\(limit.measure.rawValue) \(place) is \(measured) %, which \(distance) the limit '\(limit.text)' → "
            + limit.verdict.rawValue
    }
}

extension Appearance {
    /// What a limit is about, in percent; nil when it was not measured.
    fileprivate func percent(of limit: AppearanceLimit) -> Double? {
        switch limit.measure {
        case .mottling: return mottlingPercent
        case .unevenness: return unevennessPercent
        case .waviness:
            guard let wavelengths = limit.wavelengths else { return wavinessPercent }
            return waviness(of: wavelengths.range, millimetres: wavelengths.unit == .millimetres).map {
                significant($0)
            }
        }
    }
}

/// Asks the recipe's limits on appearance; those that are exceeded or cannot be asked, the highest verdict first.
///
/// Sets ``Appearance/limits``.
func exceededAppearance(_ appearance: inout [Appearance], by recipe: Recipe) -> [AppearanceEvaluation] {
    for index in appearance.indices { appearance[index].limits = [] }
    let exceeded = recipe.appearance.enumerated()
        .map { AppearanceEvaluation($0.element, number: $0.offset + 1, appearance) }
        .filter { $0.verdict != nil }
        .sorted { ($0.verdict ?? .accept, $1.number) > ($1.verdict ?? .accept, $0.number) }
    for evaluation in exceeded {
        if let index = evaluation.index, let outcome = evaluation.outcome {
            appearance[index].limits.append(outcome)
        }
    }
    return exceeded
}
