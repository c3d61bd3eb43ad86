import ClearcoatImage

// What can be read but hardly does what was meant: warnings.
extension RecipeReader {
    mutating func lookForContradictions(in recipe: Recipe) {
        lookForHiddenZones(in: recipe)
        lookForHiddenRules(in: recipe)
        if recipe.limits.isEmpty, let limitsMark {
            warn("there are no limits, so everything is accepted", at: limitsMark)
        }
        for (index, limit) in recipe.limits.enumerated() where index < limitMarks.count {
            lookForIdleLimit(limit, index, in: recipe)
        }
        lookForShadowedLimits(in: recipe)
        lookForIdleAppearance(in: recipe)
        lookForGaps(in: recipe)
    }

    private mutating func lookForHiddenZones(in recipe: Recipe) {
        for (index, zone) in recipe.zones.enumerated() where index < zoneMarks.count {
            if let first = recipe.zones.prefix(index).first(where: { $0.area == zone.area }) {
                warn(
                    "zone \"\(zone.name)\" is hidden by zone \"\(first.name)\", which has the same outline",
                    at: zoneMarks[index]
                )
            }
            if !recipe.limits.isEmpty,
                !recipe.limits.contains(where: { $0.zone == nil || $0.zone == zone.name })
            {
                warn(
                    "zone \"\(zone.name)\" has no limit, so everything in it is accepted",
                    at: zoneMarks[index]
                )
            }
        }
    }

    private mutating func lookForHiddenRules(in recipe: Recipe) {
        for (index, rule) in recipe.classes.enumerated() where index < ruleMarks.count {
            let earlier = recipe.classes.prefix(index).firstIndex { rule.implies($0, at: recipe.scale) }
            guard let earlier else { continue }
            warn(
                "classes[\(index + 1)] (\(rule.class.rawValue)) never decides: whatever fits it fits "
                    + "classes[\(earlier + 1)] (\(recipe.classes[earlier].class.rawValue)) first",
                at: ruleMarks[index]
            )
        }
    }

    private mutating func lookForIdleLimit(_ limit: Limit, _ index: Int, in recipe: Recipe) {
        let owner = "limits[\(index + 1)]"
        let size = recipe.scale == nil ? limit.size : limit.size?.pixels(.length, at: recipe.scale)
        let least = recipe.detect.minimumSize
        let most = recipe.detect.maximumSize
        let text = limit.size?.text(.length) ?? ""
        // Lines may be longer than the largest defect; only compact ones are left out beyond it.
        if limit.class?.isCompact == true, let end = size?.lower,
            let limitPixels = comparable(most, limit.size?.unit, recipe.scale), end >= limitPixels
        {
            warn(
                "\(owner) never fires: nothing compact of size \(text) is looked for, detect.size.max is \(most.text)",
                at: limitMarks[index]
            )
        }
        if let end = size?.upper, let limitPixels = comparable(least, limit.size?.unit, recipe.scale),
            end <= limitPixels
        {
            warn(
                "\(owner) never fires: nothing of size \(text) is looked for, detect.size.min is \(least.text)",
                at: limitMarks[index]
            )
        }
        if let name = limit.class, name != .unknown,
            !recipe.classes.contains(where: { $0.class == name })
        {
            warn(
                "\(owner) never fires: no rule in classes gives \"\(name.rawValue)\"",
                at: limitMarks[index]
            )
        }
        let twin = recipe.limits.prefix(index).firstIndex { other in
            var other = other
            other.verdict = limit.verdict
            return other == limit
        }
        if let twin {
            warn(
                "\(owner) asks the same as limits[\(twin + 1)]; the higher verdict decides",
                at: limitMarks[index]
            )
        }
    }

    /// A length in the same unit as a bound that went through ``Bounds/pixels(_:at:)``.
    private func comparable(_ length: Length, _ unit: Length.Unit?, _ scale: PhysicalScale?)
        -> Double?
    {
        if scale == nil { return length.unit == unit ? length.value : nil }
        return length.pixels(at: scale)
    }
}

extension DefectClass {
    /// Whether its size is that of a spot, not the length of a line.
    fileprivate var isCompact: Bool {
        switch self {
        case .inclusion, .crater, .pinhole, .stain, .dent: true
        case .scratch, .run, .fibre, .unknown: false
        }
    }
}

extension ClassRule {
    /// Whether everything that fits this rule fits `other` as well.
    fileprivate func implies(_ other: ClassRule, at scale: PhysicalScale?) -> Bool {
        guard other.polarity == nil || other.polarity == polarity else { return false }
        return other.conditions.allSatisfy { wanted in
            conditions.contains { own in
                guard own.feature == wanted.feature else { return false }
                if own.bounds.unit == wanted.bounds.unit { return own.bounds.isWithin(wanted.bounds) }
                let dimension = own.feature.dimension
                guard let one = own.bounds.pixels(dimension, at: scale),
                    let two = wanted.bounds.pixels(dimension, at: scale)
                else { return false }
                return one.isWithin(two)
            }
        }
    }
}
