// A size is known to within its 95 % interval only. What follows says which limits a finding falls under
// wherever in that interval its size is, and under which it may or may not fall.

extension Limit {
    /// Whether a finding takes part in the limit: it is of its zone and class, and its size, known in the limit's
    /// unit, lies inside.
    ///
    /// - Parameters:
    ///   - rule: which way sizes fall whose interval straddles the limit.
    ///   - limits: all of the recipe; see ``isCertain(of:among:)``.
    func takes(_ finding: Finding, by rule: Recipe.UncertainSizes, among limits: [Limit]) -> Bool {
        guard isOfKind(finding) else { return false }
        guard let size else { return true }
        return switch rule {
        case .asMeasured: finding.size(in: size.unit).map { size.contains($0) } ?? false
        case .stricter: finding.sizeInterval(in: size.unit).map { size.overlaps($0) } ?? false
        case .milder: isCertain(of: finding, among: limits)
        }
    }

    /// Whether a finding takes part wherever in its interval its size is.
    ///
    /// What lies in this limit at one end of the interval and in a stricter one at the other is certain of this
    /// one: of `0.3 .. 0.5 mm` → rework and `> 0.5 mm` → reject, at least the first holds for 0.5 ± 0.1 mm. Limits
    /// on single findings count on one another for that, limits on several on all.
    private func isCertain(of finding: Finding, among limits: [Limit]) -> Bool {
        guard let size, let interval = finding.sizeInterval(in: size.unit), size.overlaps(interval) else {
            return size == nil
        }
        if size.contains(interval.lowerBound), size.contains(interval.upperBound) { return true }
        return limits.filter { other in
            other.verdict >= verdict && other.isOfKind(finding) && (other.isAboutSingles || !isAboutSingles)
                && (other.size == nil || other.size?.unit == size.unit)
        }.map { $0.size ?? Bounds() }.cover(interval)
    }

    private func isOfKind(_ finding: Finding) -> Bool {
        (zone == nil || zone == finding.zone) && (`class` == nil || `class` == finding.class)
    }
}

extension Finding {
    /// The 95 % interval of its size in a unit; nil when the size is not known in it.
    func sizeInterval(in unit: Length.Unit?) -> ClosedRange<Double>? {
        guard let size = size(in: unit), size.isFinite else { return nil }
        let stated = (unit == .millimetres ? sizeUncertaintyMm : sizeUncertaintyPx) ?? 0
        let uncertainty = stated.isFinite ? max(stated, 0) : 0
        return min(max(size - uncertainty, 0), size)...size + uncertainty
    }
}

extension Bounds {
    /// Whether some value of a range is inside.
    func overlaps(_ range: ClosedRange<Double>) -> Bool {
        if let lower, range.upperBound < lower || (range.upperBound == lower && !includesLower) {
            return false
        }
        if let upper, range.lowerBound > upper || (range.lowerBound == upper && !includesUpper) {
            return false
        }
        return true
    }
}

extension [Bounds] {
    /// Whether every value of a range is inside one of them. A gap of a single value between two is none.
    func cover(_ range: ClosedRange<Double>) -> Bool {
        guard contains(where: { $0.contains(range.lowerBound) }),
            contains(where: { $0.contains(range.upperBound) })
        else { return false }
        var reached = range.lowerBound
        while reached < range.upperBound {
            let next = filter { ($0.lower ?? -.infinity) <= reached }.map { $0.upper ?? .infinity }.max()
            guard let next, next > reached else { return false }
            reached = next
        }
        return true
    }
}
