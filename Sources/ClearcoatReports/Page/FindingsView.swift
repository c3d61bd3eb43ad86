import ClearcoatInspection

/// The table of findings: sortable, filterable, each row with its explanation.
struct FindingsView {
    private let findings: Ranked<PageContent.FindingRow>
    private let summary: RunSummary
    private let hasPictures: Bool

    init(_ findings: Ranked<PageContent.FindingRow>, _ summary: RunSummary, hasPictures: Bool) {
        self.findings = findings
        self.summary = summary
        self.hasPictures = hasPictures
    }

    /// The section of the page.
    var section: HTML {
        let rows = findings.elements
        if rows.isEmpty {
            return
                "<section id=\"findings\"><h2>Findings</h2><p class=\"note\">Nothing was found.</p></section>"
        }
        return """
            <section id="findings"><h2>Findings</h2><div class="card">
            <div class="controls">
            \(choice("class", "Class", summary.findings.byClass.keys.sorted()))
            \(choice("zone", "Zone", summary.findings.byZone.keys.sorted()))
            \(choice("verdict", "Verdict", Verdict.allCases.map(\.rawValue)))
            <label>Text<input type="search" name="text" placeholder="file, reason …"></label>
            <button type="button" class="every" aria-pressed="false">explain all</button>
            <span class="count" role="status"></span>
            </div>
            <div class="scroll"><table>
            <thead><tr><th scope="col"><span class="toggle" hidden></span></th>\(heads)</tr></thead>
            \(rows.map(body).joined())</table></div>
            \(ReportPage.leftOut(findings.leftOut, "findings, less severe,", "findings.csv"))</div></section>
            """
    }

    private func choice(_ name: String, _ title: String, _ values: [String]) -> HTML {
        let options = values.map { value -> HTML in "<option>\(value)</option>" }
        return
            "<label>\(title)<select name=\"\(name)\"><option value=\"\">all</option>\(options.joined())</select></label>"
    }

    private var heads: HTML {
        let columns: [(String, String)] = [
            ("verdict", ""), ("class", ""), ("zone", ""), ("severity", ""), ("size", "number"),
            ("contrast", "number wide"),
            ("SNR", "number wide"), ("confidence", "number wide"), ("at x, y", "number wide"), ("file", ""),
        ]
        return columns.map { title, kind -> HTML in
            """
            <th scope="col" class="\(kind)"\(["verdict", "severity"].contains(title) ? " data-sort=\"number\"" : "")>\
            <button type="button">\(title)</button></th>
            """
        }.joined()
    }

    private func body(of row: PageContent.FindingRow) -> HTML {
        let finding = row.finding
        let zone = finding.zone ?? RunSummary.noZone
        let number: HTML = finding.vda16.map { " <span class=\"note\">VDA \($0)</span>" } ?? ""
        let verdictRank = Verdict.allCases.firstIndex(of: finding.verdict) ?? 0
        let severityRank = Severity.allCases.firstIndex(of: finding.severity) ?? 0
        let uncertainty = finding.sizeUncertaintyMm ?? finding.sizeUncertaintyPx
        let file: HTML =
            hasPictures
            ? PageFrame.link(PageFrame.name(row.capture), to: "annotated", ".png", of: row.capture)
            : PageFrame.name(row.capture)
        return """
            <tbody data-class="\(finding.class.rawValue)" data-zone="\(zone)" data-verdict="\(finding.verdict.rawValue)">
            <tr class="finding"><td><button type="button" class="toggle" aria-expanded="false" \
            aria-label="explain finding \(finding.id) of \(row.capture)"></button></td>\
            <td data-key="\(verdictRank)">\(PageFrame.tag(finding.verdict))</td>\
            <td data-key="\(finding.class.rawValue)"><b>\(finding.class.rawValue)</b>\(number)</td><td>\(PageFrame.name(zone))</td>\
            <td data-key="\(severityRank)">\(finding.severity.rawValue)</td>\
            <td class="number" data-key="\(key(finding.sizeMm ?? finding.sizePx))">\(finding.sizeText) \
            <span class="note">± \(uncertainty.short)</span></td>\
            <td class="number wide" data-key="\(key(finding.contrast))">\((finding.contrast * 100).short) %</td>\
            <td class="number wide" data-key="\(key(finding.snr))">\(finding.snr.short)</td>\
            <td class="number wide" data-key="\(key(finding.confidence))">\(finding.confidence.short)</td>\
            <td class="number wide" data-key="\(key(finding.centroid.x))">\(finding.centroid.x.short), \(finding.centroid.y.short)</td>\
            <td class="file">\(file) <span class="note">#\(finding.id)</span></td></tr>
            <tr class="why"><td colspan="11">\(ExplanationView.view(of: finding.explanation))</td></tr>
            </tbody>

            """
    }

    private func key(_ number: Double) -> String { JSONWriter.text(of: number) ?? "" }
}
