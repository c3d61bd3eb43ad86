import ClearcoatImage

// The limits on how even the surface is as a whole.
extension RecipeReader {
    mutating func appearance(_ value: YAMLValue, zones: [Zone]) -> [AppearanceLimit] {
        var limits: [AppearanceLimit] = []
        for (index, value) in list(value, of: "appearance").enumerated() {
            let owner = "appearance[\(index + 1)]"
            let measures = AppearanceLimit.Measure.allCases
            let fields = fields(
                value,
                of: owner,
                allowed: ["zone"] + measures.map(\.rawValue) + ["wavelength", "verdict"],
                required: ["verdict"]
            )
            let zone = fields["zone"].flatMap { self.zone($0, of: "\(owner).zone", among: zones) }
            let named = measures.filter { fields[$0.rawValue] != nil }
            guard named.count == 1, let measure = named.first, let bound = fields[measure.rawValue] else {
                let words = measures.map(\.rawValue).joined(separator: ", ")
                report("\(owner) asks about one of \(words), not \(named.count) of them", at: value.mark)
                continue
            }
            var wavelengths: AppearanceLimit.Wavelengths?
            if let value = fields["wavelength"] {
                if measure != .waviness {
                    report(
                        "\(owner).wavelength goes with waviness, not with \(measure.rawValue)",
                        at: value.mark
                    )
                }
                wavelengths = self.wavelengths(value, of: "\(owner).wavelength")
            }
            let percent = percent(bound, of: "\(owner).\(measure.rawValue)")
            let verdict = fields["verdict"].flatMap { self.verdict($0, of: "\(owner).verdict") }
            guard let percent, let verdict else { continue }
            limits.append(
                AppearanceLimit(
                    zone: zone,
                    measure,
                    percent: percent,
                    wavelengths: wavelengths,
                    verdict: verdict
                )
            )
            appearanceMarks.append(value.mark)
        }
        return limits
    }

    /// Bounds with a lower end, in percent: `> 2 %`.
    private mutating func percent(_ value: YAMLValue, of owner: String) -> Bounds? {
        guard let text = text(value, of: owner) else { return nil }
        guard text.contains("%") else {
            report(
                "\(owner) is such as \"> 2 %\", not \"\(shortened(text))\"; the unit % is missing",
                at: value.mark
            )
            return nil
        }
        do {
            let bounds = try Bounds(text: text.replacing("%", with: ""), dimension: .none)
            if let lower = bounds.lower, lower >= 0 { return bounds }
            report(
                "\(owner): \"\(shortened(text))\" has no lower end; say how much is too much: \"> 2 %\"",
                at: value.mark
            )
        } catch {
            report("\(owner): \"\(shortened(text))\" is no bound: \(error.message)", at: value.mark)
        }
        return nil
    }

    private mutating func wavelengths(_ value: YAMLValue, of owner: String) -> AppearanceLimit.Wavelengths? {
        guard let bounds = bounds(value, of: owner, .length, in: 0...Double.infinity) else { return nil }
        guard let from = bounds.lower, let to = bounds.upper, let unit = bounds.unit, from > 0, from < to
        else {
            report(
                "\(owner) is a range above 0 such as \"1 .. 10 mm\", not \"\(bounds.text(.length))\"",
                at: value.mark
            )
            return nil
        }
        return .init(from...to, unit)
    }

    /// Warns of limits on appearance that can never decide or that can never be asked.
    mutating func lookForIdleAppearance(in recipe: Recipe) {
        for (index, limit) in recipe.appearance.enumerated() where index < appearanceMarks.count {
            let owner = "appearance[\(index + 1)]"
            let stronger = recipe.appearance.enumerated().first { other, strong in
                let decides =
                    strong.verdict > limit.verdict || (strong.verdict == limit.verdict && other < index)
                return other != index && decides && strong.zone == limit.zone
                    && strong.measure == limit.measure
                    && strong.wavelengths == limit.wavelengths && limit.percent.isWithin(strong.percent)
            }
            if let stronger {
                warn(
                    "\(owner) never decides: whatever exceeds it exceeds appearance[\(stronger.offset + 1)] "
                        + "('\(stronger.element.text)' → \(stronger.element.verdict.rawValue)) as well",
                    at: appearanceMarks[index]
                )
            }
            if let wavelengths = limit.wavelengths,
                let measured = recipe.measuredWavelengths(wavelengths.unit),
                wavelengths.range.lowerBound < measured.lowerBound
                    || wavelengths.range.upperBound > measured.upperBound
            {
                warn(
                    "\(owner) cannot be asked: wavelengths from \(readable(measured.lowerBound)) to "
                        + "\(readable(measured.upperBound)) \(wavelengths.unit.rawValue) are measured with this scale and "
                        + "detect.size.max, so every picture is cannotJudge",
                    at: appearanceMarks[index]
                )
            }
        }
    }
}

extension Recipe {
    /// The wavelengths that large pictures are measured in; nil when that depends on the picture.
    fileprivate func measuredWavelengths(_ unit: Length.Unit) -> ClosedRange<Double>? {
        guard let largest = detect.maximumSize.pixels(at: scale) else { return nil }
        let last = InspectionPlan.mostLevels(forSize: largest) - 1
        let pixels = WavelengthBand.shortest...WavelengthBand.wavelengths(ofLevel: last).upperBound
        if unit == .pixels { return pixels }
        return scale.map { pixels.lowerBound * $0.mmPerPixel...pixels.upperBound * $0.mmPerPixel }
    }
}
