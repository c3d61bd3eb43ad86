import ClearcoatInspection

/// How even the surface is as a whole, as part of a page.
enum AppearanceView {
    /// A table of all zones, with the limits that are exceeded and the bands of wavelengths.
    static func section(of appearance: [Appearance]) -> HTML {
        if appearance.isEmpty {
            return """
                <section id="appearance"><h2>Surface as a whole</h2><p class="note">Not measured.</p></section>
                """
        }
        let rows = appearance.map { surface -> HTML in
            """
            <tr><td>\(surface.place)</td><td class="number">\(percent(surface.wavinessPercent))</td><td>\(surface.wavelengths)</td>\
            <td class="number">\(percent(surface.mottlingPercent))</td><td class="number">\(percent(surface.unevennessPercent))</td></tr>

            """
        }
        return """
            <section id="appearance"><h2>Surface as a whole</h2><div class="card">
            <p>Indices of this picture's contrast, which holds the light as well as the paint; not readings of an
            instrument. Mottling and light-dark unevenness are of squares of \(appearance[0].square).</p>
            <div class="scroll"><table><thead><tr><th scope="col">zone</th><th scope="col" class="number">waviness</th>\
            <th scope="col">of wavelengths</th><th scope="col" class="number">mottling</th>\
            <th scope="col" class="number">unevenness</th></tr></thead><tbody>\(rows.joined())</tbody></table></div>
            \(appearance.map(limits).joined())
            <details><summary>Contrast by wavelength</summary><div class="reasons">\(appearance.map(bands).joined())</div></details>
            </div></section>
            """
    }

    private static func limits(_ surface: Appearance) -> HTML {
        surface.limits.map { outcome -> HTML in
            """
            <h4>\(outcome.text) \(PageFrame.tag(outcome.verdict))</h4>\(ExplanationView.conditions(outcome.conditions))
            """
        }.joined()
    }

    private static func bands(_ surface: Appearance) -> HTML {
        let rows = surface.bands.map { band -> HTML in
            """
            <tr><td>\(range(band.fromPx, band.toPx)) px</td><td>\(millimetres(band))</td>\
            <td class="number">\(percent(band.contrastPercent))</td></tr>
            """
        }
        return """
            <div><h4>\(surface.place)</h4><table><tr><th scope="col" colspan="2">wavelengths</th>\
            <th scope="col" class="number">contrast</th></tr>\(rows.joined())</table></div>
            """
    }

    private static func millimetres(_ band: Appearance.Band) -> String {
        guard let from = band.fromMm, let to = band.toMm else { return "" }
        return range(from, to) + " mm"
    }

    private static func percent(_ value: Double?) -> String {
        value.map { readable($0) + " %" } ?? "too small an area"
    }
}

/// Two numbers as a range.
private func range(_ from: Double, _ to: Double) -> String { "\(readable(from)) – \(readable(to))" }

extension Appearance {
    /// Where it was measured.
    var place: String { zone.map { "zone \($0)" } ?? "all of the picture" }

    /// The wavelengths of the waviness index.
    fileprivate var wavelengths: String {
        let numbers = wavinessMm ?? wavinessPx
        guard numbers.count == 2 else { return "" }
        return range(numbers[0], numbers[1]) + (wavinessMm == nil ? " px" : " mm")
    }

    fileprivate var square: String {
        squareMm.map { "\(readable($0)) mm (\(readable(squarePx)) px)" } ?? "\(readable(squarePx)) px"
    }

    /// The indices in one line.
    var line: String {
        let values = [
            ("waviness", wavinessPercent), ("mottling", mottlingPercent), ("unevenness", unevennessPercent),
        ]
        let words = values.compactMap { name, value in value.map { "\(name) \(readable($0)) %" } }
        return words.isEmpty ? "" : "\(place): " + words.joined(separator: ", ")
    }
}
