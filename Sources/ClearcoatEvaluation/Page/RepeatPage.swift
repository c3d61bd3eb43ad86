import ClearcoatInspection
import ClearcoatReports

/// `repeatability.html`: how far several captures of the same parts agree.
struct RepeatPage {
    private let study: RepeatStudy

    init(_ study: RepeatStudy) { self.study = study }

    /// The page's bytes.
    var bytes: [UInt8] {
        PageFrame.page(
            title: "Clearcoat repeatability: \(study.name)",
            """
            <header><h1>Repeatability of \(PageFrame.name(study.name))</h1>
            <p>\(study.parts.count) parts, \(study.parts.reduce(0) { $0 + $1.captures.count }) captures · \
            a part is \(study.partRule == .folder ? "a folder" : "a name up to its last _ or -")</p></header>
            <main id="main">
            <section id="agreement"><h2>Agreement</h2><div class="card">\(agreement)</div></section>
            <section id="parts"><h2>Parts</h2><div class="card"><div class="scroll"><table>
            <tr><th scope="col">part</th><th scope="col">verdicts</th><th scope="col" class="number">defects</th>\
            <th scope="col" class="number">found every time</th></tr>
            \(study.parts.prefix(1000).map(row).joined())</table></div></div></section>
            \(problems)
            </main>
            <footer>Written by \(study.generator.name) \(study.generator.version). All numbers are in \
            repeatability.json beside this page.</footer>
            """
        )
    }

    private var agreement: HTML {
        let sizes: [(String, String)] =
            study.sizes.map { sizes in
                [
                    ("size measured again, standard deviation", "\(sizes.repeatability.short) \(sizes.unit)"),
                    (
                        "sizes from defect to defect, standard deviation",
                        "\(sizes.defectVariation.short) \(sizes.unit)"
                    ),
                    (
                        "%GRR",
                        "\(sizes.percentGRR.short) % (\(sizes.defects) defects, \(sizes.measurements) sizes)"
                    ),
                    ("sizes that can be told apart", sizes.distinctCategories.map(String.init) ?? "–"),
                ]
            } ?? [("sizes", "fewer than two defects were found at least twice")]
        let rows = [
            ("Fleiss' kappa of the verdicts", EvaluationPage.number(study.fleissKappa)),
            ("Cohen's kappa of the verdicts", EvaluationPage.number(study.cohenKappa)),
        ]
        let cells = (rows + sizes).map { name, value -> HTML in
            "<tr><th scope=\"row\">\(name)</th><td class=\"number\">\(value)</td></tr>\n"
        }
        return """
            \(EvaluationPage.table(of: [("parts with one verdict in all captures", study.agreeing), ("defects found in every capture", study.foundEveryTime)]))
            <table class="matrix">\(cells.joined())</table>
            <p class="note">\(study.sameDefectRule) Kappa is 1 for perfect agreement and 0 for chance; without two \
            different verdicts there is none. %GRR below 10 is good, above 30 too much.</p>
            """
    }

    private func row(_ part: RepeatStudy.Part) -> HTML {
        let verdicts = part.captures.map { capture -> HTML in PageFrame.tag(capture.verdict) + " " }
        let steady = part.defects.count { $0.foundIn == part.captures.count }
        return """
            <tr><td class="file">\(PageFrame.name(part.name))</td><td>\(verdicts.joined())</td>\
            <td class="number">\(part.defects.count)</td><td class="number">\(steady)</td></tr>

            """
    }

    private var problems: HTML {
        let rows = study.failures.prefix(500).map { problem -> HTML in
            "<tr><td class=\"file\">\(PageFrame.name(problem.name))</td><td class=\"words\">\(problem.message)</td></tr>\n"
        }
        let body: HTML =
            rows.isEmpty
            ? "<p class=\"note\">Everything could be read.</p>"
            : "<div class=\"card\"><table>\(rows.joined())</table></div>"
        return "<section id=\"failures\"><h2>Problems</h2>\(body)</section>"
    }
}
