import ClearcoatImage

// The lists of a recipe: zones, polygons, class rules, limits. Entries are counted from 1.
extension RecipeReader {
    mutating func zones(_ value: YAMLValue) -> [Zone] {
        var zones: [Zone] = []
        for (index, value) in list(value, of: "zones").enumerated() {
            let owner = "zones[\(index + 1)]"
            let fields = fields(
                value,
                of: owner,
                allowed: ["name"] + Self.areaKeys,
                required: ["name"]
            )
            let area = self.area(fields, at: value.mark, of: owner)
            guard let field = fields["name"], let name = self.name(field, of: "\(owner).name") else {
                continue
            }
            if name == "any" {
                report(
                    "\(owner).name cannot be \"any\": in limits that word means every zone",
                    at: field.mark
                )
            } else if let other = zones.firstIndex(where: { $0.name == name }) {
                report(
                    "\(owner).name \"\(name)\" is taken by zones[\(other + 1)]; a zone of several parts needs "
                        + "a name for each",
                    at: field.mark
                )
            } else {
                // A zone that is nowhere keeps its name, so that limits which name it are not
                // reported as well.
                zones.append(Zone(name: name, area: area ?? Area()))
                zoneMarks.append(value.mark)
            }
        }
        return zones
    }

    mutating func polygon(_ value: YAMLValue, of owner: String) -> Polygon? {
        guard case .list(let entries) = value.content else {
            report(
                "\(owner) is a list of corners [[x, y], [x, y], [x, y]], not \(value.description)",
                at: value.mark
            )
            return nil
        }
        var corners: [Point] = []
        var isBroken = false
        for (index, entry) in entries.enumerated() {
            guard let corner = place(entry, of: "\(owner)[\(index + 1)]", in: "pixels") else {
                isBroken = true
                continue
            }
            corners.append(corner)
        }
        if isBroken { return nil }
        guard corners.count >= 3 else {
            report("\(owner) has \(corners.count) corners; at least 3 make an area", at: value.mark)
            return nil
        }
        guard !isOnOneLine(corners) else {
            report("\(owner) encloses nothing: its corners are on one line", at: value.mark)
            return nil
        }
        if corners.allSatisfy({ $0.x < 0 }) || corners.allSatisfy({ $0.y < 0 }) {
            warn("\(owner) lies outside of every picture: coordinates begin at 0", at: value.mark)
        }
        return Polygon(corners: corners)
    }

    /// Two numbers.
    mutating func place(_ value: YAMLValue, of owner: String, in unit: String) -> Point? {
        guard case .list(let numbers) = value.content, numbers.count == 2 else {
            let noun = unit == "pixels" && !owner.hasSuffix(".px") ? "corner" : "place"
            report("\(owner) is a \(noun) [x, y] in \(unit), not \(value.description)", at: value.mark)
            return nil
        }
        let x = number(numbers[0], of: "\(owner).x", in: -1e6...1e6)
        let y = number(numbers[1], of: "\(owner).y", in: -1e6...1e6)
        guard let x, let y else { return nil }
        return Point(x: x, y: y)
    }

    private func isOnOneLine(_ corners: [Point]) -> Bool {
        guard let first = corners.first, let other = corners.first(where: { $0 != first }) else {
            return true
        }
        return corners.allSatisfy { corner in
            (other.x - first.x) * (corner.y - first.y) == (other.y - first.y) * (corner.x - first.x)
        }
    }

    mutating func classes(_ value: YAMLValue) -> [ClassRule] {
        var rules: [ClassRule] = []
        for (index, value) in list(value, of: "classes").enumerated() {
            let owner = "classes[\(index + 1)]"
            let fields = fields(
                value,
                of: owner,
                allowed: ["class", "polarity", "when"],
                required: ["class"]
            )
            var polarity: Polarity?
            if let value = fields["polarity"] {
                polarity = choice(value, of: "\(owner).polarity", orAny: true)
            }
            let conditions = fields["when"].map { self.conditions($0, of: "\(owner).when") } ?? []
            guard let field = fields["class"], let name: DefectClass = choice(field, of: "\(owner).class")
            else { continue }
            rules.append(ClassRule(name, polarity: polarity, when: conditions))
            ruleMarks.append(value.mark)
        }
        return rules
    }

    private mutating func conditions(_ value: YAMLValue, of owner: String) -> [ClassRule.Condition] {
        let features = Feature.allCases.map(\.rawValue)
        let fields = fields(value, of: owner, allowed: features).sorted { $0.value.mark < $1.value.mark }
        return fields.compactMap { name, value in
            guard let feature = Feature(rawValue: name) else { return nil }
            return bounds(value, of: "\(owner).\(name)", feature.dimension, in: feature.range)
                .map { ClassRule.Condition(feature, $0) }
        }
    }

    mutating func limits(_ value: YAMLValue, zones: [Zone]) -> [Limit] {
        var limits: [Limit] = []
        limitsMark = value.mark
        for (index, value) in list(value, of: "limits").enumerated() {
            let owner = "limits[\(index + 1)]"
            let fields = fields(
                value,
                of: owner,
                allowed: ["zone", "class", "size", "count", "spacing", "density", "verdict"],
                required: ["verdict"]
            )
            var limit = Limit(verdict: .rework)
            if let value = fields["zone"] { limit.zone = zone(value, of: "\(owner).zone", among: zones) }
            if let value = fields["class"] {
                limit.class = choice(value, of: "\(owner).class", orAny: true)
            }
            if let value = fields["size"] {
                let size = bounds(value, of: "\(owner).size", .length, in: Feature.size.range)
                limit.size = size == Bounds() ? nil : size
            }
            if let value = fields["count"] { limit.count = count(value, of: "\(owner).count") }
            if let value = fields["spacing"], !value.isAny {
                limit.spacing = length(value, of: "\(owner).spacing")
            }
            if let value = fields["density"], !value.isAny {
                limit.density = density(value, of: "\(owner).density")
            }
            guard let field = fields["verdict"], let verdict = self.verdict(field, of: "\(owner).verdict")
            else { continue }
            limit.verdict = verdict
            limits.append(limit)
            limitMarks.append(value.mark)
        }
        return limits
    }

    mutating func zone(_ value: YAMLValue, of owner: String, among zones: [Zone]) -> String? {
        guard let text = text(value, of: owner), text != "any" else { return nil }
        if !zones.contains(where: { $0.name == text }) {
            report(
                "\(owner) \"\(shortened(text))\" is no zone of this recipe"
                    + advice(text, zones.map(\.name) + ["any"]),
                at: value.mark
            )
        }
        return text
    }

    private mutating func count(_ value: YAMLValue, of owner: String) -> Bounds? {
        guard let bounds = self.bounds(value, of: owner, .none, in: 0...Double.infinity), bounds != Bounds()
        else {
            return nil
        }
        let ends = [bounds.lower, bounds.upper].compactMap { $0 }
        if ends.contains(where: { $0 != $0.rounded() }) {
            report("\(owner): \"\(bounds.text())\" counts findings, so whole numbers only", at: value.mark)
        } else if bounds.lower == nil {
            report(
                "\(owner): \"\(bounds.text())\" has no lower end; say how many are too many: \"> 3\"",
                at: value.mark
            )
        }
        return bounds
    }

    /// Bounds with an open upper end for a unit of area: `> 5 per dm2`.
    private mutating func density(_ value: YAMLValue, of owner: String) -> Limit.Density? {
        guard let text = text(value, of: owner) else { return nil }
        let units = Limit.Density.Unit.allCases.map(\.rawValue)
        guard let per = text.firstRange(of: " per ") else {
            report(
                "\(owner) is such as \"> 5 per dm2\", not \"\(shortened(text))\"" + advice("", units),
                at: value.mark
            )
            return nil
        }
        let name = trimmed(text[per.upperBound...]).replacing("²", with: "2")
        guard let unit = Limit.Density.Unit(rawValue: name) else {
            report(
                "\(owner) cannot be per \"\(shortened(name))\"" + advice(name, units),
                at: value.mark
            )
            return nil
        }
        do {
            let bounds = try Bounds(text: String(text[..<per.lowerBound]), dimension: .none)
            if let lower = bounds.lower, lower >= 0 { return Limit.Density(bounds, per: unit) }
            report(
                "\(owner): \"\(shortened(text))\" has no lower end; say how many are too many: \"> 5 per \(name)\"",
                at: value.mark
            )
        } catch {
            report("\(owner): \"\(shortened(text))\" is no bound: \(error.message)", at: value.mark)
        }
        return nil
    }

    mutating func verdict(_ value: YAMLValue, of owner: String) -> Verdict? {
        if case .scalar("accept") = value.content {
            report(
                "\(owner) cannot be \"accept\", which is what remains when no limit is exceeded; "
                    + "allowed: rework, reject, cannotJudge",
                at: value.mark
            )
            return nil
        }
        return choice(value, of: owner, among: [Verdict.rework, .reject, .cannotJudge])
    }
}

extension YAMLValue {
    fileprivate var isAny: Bool {
        if case .scalar("any") = content { true } else { false }
    }
}
