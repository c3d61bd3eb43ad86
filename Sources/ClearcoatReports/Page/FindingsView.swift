import ClearcoatInspection

/// The table of findings: sortable, filtered by class, zone, verdict, deciding limit and whether the
/// size is certain to be on its side of the limits, each row with its
/// explanation.
struct FindingsView {
    private let findings: Ranked<PageContent.FindingRow>
    private let summary: RunSummary
    private let hasPictures: Bool
    private let language: Language

    init(
        _ findings: Ranked<PageContent.FindingRow>,
        _ summary: RunSummary,
        hasPictures: Bool,
        language: Language
    ) {
        self.language = language
        self.findings = findings
        self.summary = summary
        self.hasPictures = hasPictures
    }

    private static let columns: [FilteredTable.Column] = [
        .init(title: "verdict", hasRank: true), .init(title: "class"), .init(title: "zone"),
        .init(title: "severity", hasRank: true), .init(title: "size", isNumber: true),
        .init(title: "contrast", isNumber: true, isWide: true),
        .init(title: "SNR", isNumber: true, isWide: true),
        .init(title: "confidence", isNumber: true, isWide: true),
        .init(title: "at x, y", isNumber: true, isWide: true), .init(title: "file"),
    ]

    /// The section of the page.
    var section: HTML {
        let rows = findings.elements
        if rows.isEmpty {
            return
                "<section id=\"findings\"><h2>Findings</h2><p class=\"note\">Nothing was found.</p></section>"
        }
        let table = FilteredTable(
            choices: [
                .init(
                    name: "class",
                    title: "Class",
                    values: summary.findings.byClass.keys.map { DefectClass.title(of: $0, in: language) }
                        .sorted()
                ),
                .init(name: "zone", title: "Zone", values: summary.findings.byZone.keys.sorted()),
                .init(name: "verdict", title: "Verdict", values: Verdict.allCases.map(\.rawValue)),
                .init(
                    name: "limit",
                    title: "Deciding limit",
                    values: Set(rows.map { Self.limit(of: $0.finding) }).sorted()
                ),
                .init(
                    name: "certainty",
                    title: "Size against limits",
                    values: Set(rows.map { Self.certainty(of: $0.finding) }).sorted()
                ),
            ],
            columns: Self.columns,
            rows: rows.map(row)
        )
        return """
            <section id="findings" class="browse"><h2>Findings</h2><div class="card">
            \(table.view)
            \(ReportPage.leftOut(findings.leftOut, "findings, less severe,", "findings.csv"))</div></section>
            """
    }

    /// The limit that decides about a finding, as the recipe writes it.
    private static func limit(of finding: Finding) -> String {
        finding.explanation.limits.first.map { "\($0.limit): \($0.text)" } ?? "within all limits"
    }

    /// Whether the interval of its size straddles a limit.
    private static func certainty(of finding: Finding) -> String {
        finding.explanation.uncertain == nil ? "certain" : "uncertain"
    }

    private func row(of row: PageContent.FindingRow) -> FilteredTable.Row {
        let finding = row.finding
        let zone = finding.zone ?? RunSummary.noZone
        let name = finding.class.title(in: language)
        let number: HTML = finding.vda16.map { " <span class=\"note\">VDA \($0)</span>" } ?? ""
        let verdictRank = Verdict.allCases.firstIndex(of: finding.verdict) ?? 0
        let severityRank = Severity.allCases.firstIndex(of: finding.severity) ?? 0
        let file: HTML =
            hasPictures
            ? PageFrame.link(PageFrame.name(row.capture), to: "annotated", ".png", of: row.capture)
            : PageFrame.name(row.capture)
        let doubt: HTML = finding.explanation.uncertain == nil ? "" : "<span class=\"note\">uncertain</span> "
        let size: HTML = "\(doubt)\(finding.sizeText)"
        let place: HTML = "\(finding.centroid.x.short), \(finding.centroid.y.short)"
        return FilteredTable.Row(
            values: [
                name, zone, finding.verdict.rawValue, Self.limit(of: finding), Self.certainty(of: finding),
            ],
            cells: [
                .init(PageFrame.tag(finding.verdict), key: "\(verdictRank)"),
                .init("<b>\(name)</b>\(number)", key: name),
                .init(PageFrame.name(zone)),
                .init("\(finding.severity.rawValue)", key: "\(severityRank)"),
                .init(size, number: finding.sizeMm ?? finding.sizePx),
                .init("\((finding.contrast * 100).short) %", number: finding.contrast),
                .init("\(finding.snr.short)", number: finding.snr),
                .init("\(finding.confidence.short)", number: finding.confidence),
                .init(place, number: finding.centroid.x),
                .init("\(file) <span class=\"note\">#\(finding.id)</span>", kind: "file"),
            ],
            explanation: ExplanationView.view(of: finding.explanation),
            name: "finding \(finding.id) of \(row.capture)"
        )
    }
}
