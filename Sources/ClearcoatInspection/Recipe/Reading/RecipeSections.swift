import ClearcoatImage

/// What a switch in a recipe says.
private enum YesOrNo: String, CaseIterable {
    case yes = "true"
    case no = "false"
}

// A recipe from its tree, section by section, in the order of the keys.
extension RecipeReader {
    mutating func recipe(_ value: YAMLValue) -> Recipe {
        var recipe = Recipe()
        let fields = fields(
            value,
            of: "the recipe",
            allowed: [
                "name", "scale", "surface", "detect", "station", "zones", "ignore", "classes", "classifier",
                "limits", "uncertainSizes", "appearance", "report",
            ]
        )
        if let value = fields["name"], let name = name(value, of: "name") { recipe.name = name }
        if let value = fields["scale"] { scale(value, into: &recipe) }
        if let value = fields["surface"] { recipe.surface = surface(value) }
        if let value = fields["detect"] { recipe.detect = detect(value, at: recipe.scale) }
        if let value = fields["station"] { recipe.station = station(value) }
        if let value = fields["zones"] { recipe.zones = zones(value) }
        if let value = fields["ignore"] {
            recipe.ignore = list(value, of: "ignore").enumerated()
                .compactMap { index, value in area(value, of: "ignore[\(index + 1)]") }
        }
        if let value = fields["classes"] { recipe.classes = classes(value) }
        if let value = fields["classifier"] { recipe.classifier = classifier(value) }
        if let value = fields["limits"] { recipe.limits = limits(value, zones: recipe.zones) }
        if let value = fields["uncertainSizes"] {
            recipe.uncertainSizes = choice(value, of: "uncertainSizes") ?? recipe.uncertainSizes
        }
        if let value = fields["appearance"] { recipe.appearance = appearance(value, zones: recipe.zones) }
        if let value = fields["report"] { recipe.report = self.report(value) }
        return recipe
    }

    private mutating func report(_ value: YAMLValue) -> Recipe.Report {
        var report = Recipe.Report()
        let fields = fields(value, of: "report", allowed: ["language"])
        if let value = fields["language"] {
            report.language = choice(value, of: "report.language") ?? report.language
        }
        return report
    }

    private mutating func surface(_ value: YAMLValue) -> Recipe.Surface {
        var surface = Recipe.Surface()
        let fields = fields(value, of: "surface", allowed: ["polarity", "illumination"])
        if let value = fields["polarity"] {
            surface.polarity = choice(value, of: "surface.polarity") ?? surface.polarity
        }
        if let value = fields["illumination"] {
            surface.illumination = choice(value, of: "surface.illumination") ?? surface.illumination
            if surface.illumination == .directional {
                warn(
                    "surface.illumination decides nothing, it is a note for the reader; where the lamp or its reflection "
                        + "is in the picture, station.glare and station.saturation say how much of it is too much",
                    at: value.mark
                )
            }
        }
        return surface
    }

    private mutating func detect(_ value: YAMLValue, at scale: PhysicalScale?) -> Recipe.Detect {
        var detect = Recipe.Detect()
        let fields = fields(
            value,
            of: "detect",
            allowed: ["size", "falseAlarms", "thresholdFactor", "colour"]
        )
        if let value = fields["colour"], let word: YesOrNo = choice(value, of: "detect.colour") {
            detect.usesColour = word == .yes
        }
        if let value = fields["falseAlarms"] { falseAlarms(value, &detect) }
        if let value = fields["thresholdFactor"] {
            detect.thresholdFactor =
                number(value, of: "detect.thresholdFactor", in: 0.5...10) ?? detect.thresholdFactor
        }
        guard let value = fields["size"] else { return detect }
        let size = self.fields(value, of: "detect.size", allowed: ["min", "max"])
        if let value = size["min"], let length = length(value, of: "detect.size.min") {
            detect.minimumSize = length
        }
        if let value = size["max"], let length = length(value, of: "detect.size.max") {
            detect.maximumSize = length
        }
        let least = detect.minimumSize.pixels(at: scale)
        let most = detect.maximumSize.pixels(at: scale)
        let sameUnit = detect.minimumSize.unit == detect.maximumSize.unit
        let isReversed =
            if let least, let most { least >= most } else {
                sameUnit && detect.minimumSize.value >= detect.maximumSize.value
            }
        if isReversed {
            report(
                "detect.size.min \(detect.minimumSize.text) is not below detect.size.max \(detect.maximumSize.text)",
                at: (size["min"] ?? value).mark
            )
        }
        if let least, least < 1, let value = size["min"] {
            let size = detect.minimumSize
            let pixels = size.unit == .pixels ? "" : ", \(readable(least)) px,"
            report("detect.size.min \(size.text)\(pixels) is smaller than a pixel", at: value.mark)
        }
        return detect
    }

    private mutating func falseAlarms(_ value: YAMLValue, _ detect: inout Recipe.Detect) {
        let owner = "detect.falseAlarms"
        guard let text = text(value, of: owner) else { return }
        let words = text.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count == 3, words[1] == "per", let number = Double(recipeText: words[0]) else {
            report(
                "\(owner) is such as \"0.1 per image\" or \"2 per m2\", not \"\(shortened(text))\"",
                at: value.mark
            )
            return
        }
        let names = Recipe.Detect.Per.allCases.map(\.rawValue)
        guard let per = Recipe.Detect.Per(rawValue: words[2] == "m²" ? "m2" : String(words[2])) else {
            report(
                "\(owner) cannot be per \"\(shortened(words[2]))\"" + advice(String(words[2]), names),
                at: value.mark
            )
            return
        }
        guard (1e-9...1e9).contains(number) else {
            report("\(owner) is \(number.shortest); allowed: above 0, usually 0.01 .. 10", at: value.mark)
            return
        }
        detect.falseAlarms = number
        detect.per = per
    }

    private mutating func station(_ value: YAMLValue) -> Recipe.Station {
        var station = Recipe.Station()
        let fields = fields(
            value,
            of: "station",
            allowed: ["focus", "grain", "exposure", "saturation", "glare", "noise"]
        )
        if let value = fields["focus"] {
            let ends = ends(value, of: "station.focus", ["min"])
            station.minimumFocus = ends["min"] ?? station.minimumFocus
        }
        if let value = fields["grain"] {
            station.minimumGrain = ends(value, of: "station.grain", ["min"])["min"] ?? station.minimumGrain
        }
        if let value = fields["exposure"] {
            let ends = ends(value, of: "station.exposure", ["min", "max"])
            let least = ends["min"] ?? station.exposure.lowerBound
            let most = ends["max"] ?? station.exposure.upperBound
            if least < most {
                station.exposure = least...most
            } else {
                report(
                    "station.exposure.min \(least.shortest) is not below station.exposure.max \(most.shortest)",
                    at: value.mark
                )
            }
        }
        if let value = fields["saturation"] {
            station.maximumSaturation =
                ends(value, of: "station.saturation", ["max"])["max"] ?? station.maximumSaturation
        }
        if let value = fields["glare"] {
            station.maximumGlare = ends(value, of: "station.glare", ["max"])["max"] ?? station.maximumGlare
        }
        if let value = fields["noise"] {
            station.maximumNoise = ends(value, of: "station.noise", ["max"])["max"] ?? station.maximumNoise
        }
        return station
    }

    /// Shares of 0 ... 1 by name.
    private mutating func ends(_ value: YAMLValue, of owner: String, _ names: [String]) -> [String: Double] {
        var ends: [String: Double] = [:]
        for (name, value) in fields(value, of: owner, allowed: names).sorted(by: {
            $0.value.mark < $1.value.mark
        }) {
            ends[name] = number(value, of: "\(owner).\(name)", in: 0...1)
        }
        return ends
    }
}
