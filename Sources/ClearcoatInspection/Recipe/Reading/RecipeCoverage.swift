import ClearcoatImage

// Findings that no limit speaks of, and limits that another one always overrules: warnings.
extension RecipeReader {
    /// Warns of classes and sizes that are looked for and that no limit covers: they are accepted in silence.
    mutating func lookForGaps(in recipe: Recipe) {
        guard let limitsMark, !recipe.limits.isEmpty, let least = SizeRange.least(of: recipe) else { return }
        let zones = recipe.zones.map { Optional($0.name) } + [nil]
        let classes = Set(recipe.classes.map(\.class)).union([.unknown])
        // The same hole in several zones is one warning, and so is one of several classes.
        var holes: [SizeRange: [String: [DefectClass]]] = [:]
        for zone in zones {
            // A zone without any limit has a warning of its own.
            let own = recipe.limits.filter { $0.zone == nil || $0.zone == zone }
            if own.isEmpty, zone != nil { continue }
            for name in DefectClass.allCases where classes.contains(name) {
                let covering = own.filter { $0.class == nil || $0.class == name }
                guard let ranges = SizeRange.all(of: covering, recipe.scale, like: least) else { continue }
                for hole in ranges.holes(above: least) {
                    holes[hole, default: [:]][place(zone, in: recipe), default: []].append(name)
                }
            }
        }
        for (range, places) in holes.sorted(by: { $0.key.lower < $1.key.lower }) {
            let alike = Dictionary(grouping: places.keys.sorted()) { places[$0] ?? [] }
            for (names, places) in alike.sorted(by: { $0.value[0] < $1.value[0] }) {
                let all = names.count == classes.count
                let what = all ? "nothing of any class" : names.map(\.rawValue).joined(separator: ", ")
                let whose = places.filter { !$0.isEmpty }.joined(separator: " and ")
                let isOne = all || names.count == 1
                let verb = all ? "is covered" : "\(isOne ? "is" : "are") not covered by any limit"
                warn(
                    "\(what) \(range.text)\(whose.isEmpty ? "" : " " + whose) \(verb), so \(isOne ? "it is" : "they are") accepted",
                    at: limitsMark
                )
            }
        }
    }

    private func place(_ zone: String?, in recipe: Recipe) -> String {
        if let zone { return "in zone \(zone)" }
        return recipe.zones.isEmpty ? "" : "outside of the zones"
    }

    /// Warns of limits that can never decide, since another one fires whenever they do and decides first.
    mutating func lookForShadowedLimits(in recipe: Recipe) {
        for (index, limit) in recipe.limits.enumerated() where index < limitMarks.count {
            let stronger = recipe.limits.enumerated().first { other, strong in
                let decides =
                    strong.verdict > limit.verdict || (strong.verdict == limit.verdict && other < index)
                return other != index && decides && !limit.isTwin(of: strong)
                    && limit.implies(strong, at: recipe.scale)
            }
            guard let stronger else { continue }
            let same = stronger.element.verdict == limit.verdict
            warn(
                "limits[\(index + 1)] never decides: whatever exceeds it exceeds limits[\(stronger.offset + 1)] "
                    + "('\(stronger.element.text)' → \(stronger.element.verdict.rawValue)) as well, "
                    + (same ? "which comes first" : "which is stricter"),
                at: limitMarks[index]
            )
        }
    }
}

extension Limit {
    /// Whether another limit asks the same, whatever follows.
    fileprivate func isTwin(of other: Limit) -> Bool {
        var other = other
        other.verdict = verdict
        return self == other
    }

    /// Whether `other` is exceeded whenever this one is.
    fileprivate func implies(_ other: Limit, at scale: PhysicalScale?) -> Bool {
        guard other.zone == nil || other.zone == zone, other.class == nil || other.class == `class` else {
            return false
        }
        if let wanted = other.size {
            guard let size, let own = size.comparable(with: wanted, at: scale), own.0.isWithin(own.1) else {
                return false
            }
        }
        if let wanted = other.spacing {
            guard let spacing else { return false }
            let own = spacing.unit == wanted.unit ? spacing.value : spacing.pixels(at: scale)
            let most = spacing.unit == wanted.unit ? wanted.value : wanted.pixels(at: scale)
            guard let own, let most, own <= most else { return false }
        }
        // The other takes at least as many findings, so only open ends upwards follow.
        if let wanted = other.count {
            guard wanted.upper == nil, (count ?? Bounds(lower: 1)).isWithin(wanted) else { return false }
        }
        if let wanted = other.density {
            guard let density, density.unit == wanted.unit, zone == other.zone, wanted.bounds.upper == nil,
                density.bounds.isWithin(wanted.bounds)
            else { return false }
        }
        return true
    }
}

extension Bounds {
    /// Both in one unit; nil when that takes a scale that there is not.
    fileprivate func comparable(with other: Bounds, at scale: PhysicalScale?) -> (Bounds, Bounds)? {
        if unit == other.unit { return (self, other) }
        guard let one = pixels(.length, at: scale), let two = other.pixels(.length, at: scale) else {
            return nil
        }
        return (one, two)
    }
}

/// Sizes from one end to another, in one unit.
private struct SizeRange: Hashable {
    var lower: Double
    var includesLower: Bool
    var upper: Double
    var includesUpper: Bool
    var unit: Length.Unit

    /// From the smallest size that is looked for.
    static func least(of recipe: Recipe) -> SizeRange? {
        let least = recipe.detect.minimumSize
        return SizeRange(
            lower: least.value,
            includesLower: true,
            upper: .infinity,
            includesUpper: true,
            unit: least.unit
        )
    }

    /// The sizes that limits are about, in the unit of `model`; nil when one cannot be told in it.
    static func all(of limits: [Limit], _ scale: PhysicalScale?, like model: SizeRange) -> [SizeRange]? {
        var ranges: [SizeRange] = []
        for limit in limits {
            let size = limit.size ?? Bounds(unit: model.unit)
            var factor = 1.0
            if let unit = size.unit, unit != model.unit {
                guard let scale else { return nil }
                factor = unit == .pixels ? scale.mmPerPixel : 1 / scale.mmPerPixel
            }
            ranges.append(
                SizeRange(
                    lower: (size.lower ?? 0) * factor,
                    includesLower: size.includesLower,
                    upper: (size.upper ?? .infinity) * factor,
                    includesUpper: size.includesUpper,
                    unit: model.unit
                )
            )
        }
        return ranges
    }

    /// The range in words: `from 0.2 mm to 0.5 mm`.
    var text: String {
        let start = "\(includesLower ? "from" : "above") \(readable(lower)) \(unit.rawValue)"
        if upper == .infinity { return start }
        return start + " \(includesUpper ? "to" : "to below") \(readable(upper)) \(unit.rawValue)"
    }
}

extension [SizeRange] {
    /// What none of the ranges holds, from the start of `whole`. A hole of a single size counts as none.
    fileprivate func holes(above whole: SizeRange) -> [SizeRange] {
        var holes: [SizeRange] = []
        var start = (value: whole.lower, isCovered: false)
        for range in sorted(by: {
            ($0.lower, $0.includesLower ? 0 : 1) < ($1.lower, $1.includesLower ? 0 : 1)
        })
        where range.upper > start.value {
            if range.lower > start.value {
                holes.append(
                    SizeRange(
                        lower: start.value,
                        includesLower: !start.isCovered,
                        upper: range.lower,
                        includesUpper: !range.includesLower,
                        unit: whole.unit
                    )
                )
            }
            start = (range.upper, range.includesUpper)
        }
        if start.value < whole.upper {
            var rest = whole
            (rest.lower, rest.includesLower) = (start.value, !start.isCovered)
            holes.append(rest)
        }
        return holes
    }
}
