extension Recipe {
    /// The places that need to know how large a pixel is, as paths into the recipe such as
    /// `detect.size.min` or `limits[1].size` (entries are counted from 1). Empty for a recipe in
    /// pixels, which judges any picture.
    public var placesInMillimetres: [String] {
        var places: [String] = []
        func note(_ unit: Length.Unit?, _ place: String) {
            if unit == .millimetres { places.append(place) }
        }
        note(detect.minimumSize.unit, "detect.size.min")
        note(detect.maximumSize.unit, "detect.size.max")
        if detect.per == .squareMetre { places.append("detect.falseAlarms") }
        for (index, zone) in zones.enumerated() { note(zone.area.margin?.unit, "zones[\(index + 1)].margin") }
        for (index, area) in ignore.enumerated() { note(area.margin?.unit, "ignore[\(index + 1)].margin") }
        for (index, rule) in classes.enumerated() {
            for condition in rule.conditions {
                note(condition.bounds.unit, "classes[\(index + 1)].when.\(condition.feature.rawValue)")
            }
        }
        for (index, limit) in limits.enumerated() {
            note(limit.size?.unit, "limits[\(index + 1)].size")
            note(limit.spacing?.unit, "limits[\(index + 1)].spacing")
            if let unit = limit.density?.unit, unit != .megapixel {
                places.append("limits[\(index + 1)].density")
            }
        }
        for (index, limit) in appearance.enumerated() {
            note(limit.wavelengths?.unit, "appearance[\(index + 1)].wavelength")
        }
        return places
    }
}
