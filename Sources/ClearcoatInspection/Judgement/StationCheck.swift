/// Why a picture cannot be judged, one sentence a reason; empty when it can.
///
/// Whatever is not a number counts as not good enough: what cannot be measured is not called good.
func stationProblems(_ quality: Quality, _ station: Recipe.Station) -> [String] {
    var problems: [String] = []
    func ask(_ name: String, _ value: Double, _ bounds: Bounds, _ remedy: String) {
        guard !bounds.contains(value) else { return }
        let distance = percent(bounds.margin(of: value))
        problems.append(
            "cannot judge: \(name) \(readable(value)) is outside the station's \(bounds.text()) (by \(distance)); "
                + remedy
        )
    }
    if !(quality.judgedShare > 0) {
        problems.append(
            "cannot judge: no part of the picture is left to look at; check ignored areas and glare"
        )
    }
    if !(quality.focus > 0) {
        problems.append(
            "cannot judge: the picture has no detail at all, every pixel is like its neighbours; check camera and light"
        )
    } else if station.minimumFocus > 0 {
        ask("focus", quality.focus, Bounds(lower: station.minimumFocus), "check focus and motion")
    }
    ask(
        "exposure",
        quality.exposure,
        Bounds(lower: station.exposure.lowerBound, upper: station.exposure.upperBound),
        "check light and exposure time"
    )
    ask(
        "saturated share",
        quality.saturation,
        Bounds(upper: station.maximumSaturation),
        "reduce light or exposure time"
    )
    ask(
        "glare share",
        quality.glare,
        Bounds(upper: station.maximumGlare),
        "move or diffuse the light"
    )
    ask("noise", quality.noise, Bounds(upper: station.maximumNoise), "more light, less gain")
    return problems
}
