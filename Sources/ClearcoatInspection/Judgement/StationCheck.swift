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
    if quality.grain == 0, quality.noise == 0 {
        problems.append(
            "cannot judge: the picture has no detail at all, every pixel is like its neighbours; check camera and light"
        )
    } else if let grain = quality.grain, !(grain >= station.minimumGrain) {
        problems.append(
            "cannot judge: the picture is smoothed: its finest detail, noise included, is \(readable(grain)) of what is "
                + "coarser, a sharp picture has at least \(readable(station.minimumGrain)); check motion, and that no "
                + "software smooths or enlarges it (station.grain)"
        )
    }
    if let focus = quality.focus {
        ask("focus", focus, Bounds(lower: station.minimumFocus), "check focus and motion")
    } else if station.minimumFocus > 0 {
        problems.append(
            "cannot judge: no texture of the paint stands out of the noise, and the station asks for a focus of at "
                + "least \(readable(station.minimumFocus)); check focus, light and motion"
        )
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
