import ClearcoatImage
import ClearcoatInspection

/// `explain.html`: the stages of one inspection, and why each candidate was kept or dropped.
struct ExplainPage {
    /// The most dropped candidates that are listed; all are in the record.
    private static let maximumDropped = 500

    /// A stage with the file of its picture beside the page.
    struct Stage {
        var name: String
        var explanation: String
        var file: String
    }

    private let record: InspectionRecord
    private let stages: [Stage]
    private let language: Language

    init(record: InspectionRecord, stages: [Stage], language: Language) {
        self.language = language
        self.record = record
        self.stages = stages
    }

    /// The page's bytes.
    var bytes: [UInt8] {
        PageFrame.page(
            title: "Clearcoat explains \(record.capture.id)",
            """
            \(header)
            <main id="main">
            <section id="picture"><h2>Result</h2><div class="stages single">\(figure("annotated.png", "annotated", "What was found, drawn on the picture."))</div></section>
            <section id="stages"><h2>Stages</h2><div class="stages">
            \(stages.map { figure($0.file, $0.name, $0.explanation) }.joined())
            </div></section>
            \(findings)
            \(AppearanceView.section(of: record.appearance ?? []))
            \(dropped)
            \(excluded)
            </main>
            <footer>Written by \(record.generator.name) \(record.generator.version). All numbers are in record.json \
            beside this page.</footer>
            """
        )
    }

    private var header: HTML {
        let capture = record.capture
        let reasons = record.reasons.map { reason -> HTML in "<li>\(reason)</li>" }
        let quality = record.quality
        return """
            <header>
            <h1>\(PageFrame.name(capture.id)) \(PageFrame.tag(record.verdict))</h1>
            <p>Recipe <b>\(PageFrame.name(record.recipe.name))</b> · \(capture.width) × \(capture.height) px, \
            \(capture.bitDepth) bit · \(capture.mmPerPixel.map { "\($0.short) mm/px" } ?? "no scale")</p>
            <nav aria-label="Sections"><a href="#picture">Result</a><a href="#stages">Stages</a>\
            <a href="#findings">Findings</a><a href="#appearance">Surface</a>\
            <a href="#dropped">Dropped candidates</a><a href="#excluded">Not judged</a></nav>
            <div class="card reasons-card"><h3>Why</h3>
            \(HTML.when(reasons.isEmpty, "<p>No limit is exceeded.</p>", else: "<ul>\(reasons.joined())</ul>"))
            <dl class="facts"><dt>focus</dt><dd>\(quality.focus?.short ?? "no texture to see it by")</dd>\
            <dt>grain</dt><dd>\(quality.grain?.short ?? "cannot be told")</dd>\
            <dt>exposure</dt><dd>\((quality.exposure * 100).short) % of full scale (median)</dd>\
            <dt>saturated</dt><dd>\((quality.saturation * 100).short) % of the pixels</dd>\
            <dt>glare</dt><dd>\((quality.glare * 100).short) % of the pixels</dd>\
            <dt>noise σ</dt><dd>\((quality.noise * 100).short) % contrast from pixel to pixel (scale 1 px)</dd>\
            <dt>judged</dt><dd>\((quality.judgedShare * 100).short) % of the picture</dd></dl></div>
            </header>
            """
    }

    private func figure(_ file: String, _ name: String, _ text: String) -> HTML {
        let address = HTML(trusted: HTML.address(of: Array(file.utf8)))
        return """
            <figure class="card"><a href="\(address)"><img loading="lazy" src="\(address)" alt="\(name)"></a>\
            <figcaption><b>\(name)</b>\(text)</figcaption></figure>

            """
    }

    private var findings: HTML {
        let cards = record.findings.map { finding -> HTML in
            """
            <details class="card" open><summary>\(finding.id). \(finding.class.title(in: language))\(finding.vda16.map { " (VDA 16: \($0))" } ?? ""), \(finding.sizeText) \
            \(PageFrame.tag(finding.verdict))</summary><div class="why"><p class="note">at \(finding.centroid.x.short), \
            \(finding.centroid.y.short) · zone \(finding.zone ?? RunSummary.noZone) · \(finding.severity.rawValue)</p>
            \(ExplanationView.view(of: finding.explanation))</div></details>

            """
        }
        return """
            <section id="findings"><h2>Findings</h2>
            \(HTML.when(cards.isEmpty, "<p class=\"note\">Nothing was found.</p>", else: "<div class=\"stack\">\(cards.joined())</div>"))</section>
            """
    }

    private var dropped: HTML {
        let candidates = record.candidatesDropped.prefix(Self.maximumDropped)
        if candidates.isEmpty {
            return "<section id=\"dropped\"><h2>Dropped candidates</h2><p class=\"note\">None.</p></section>"
        }
        let rows = candidates.enumerated().map { index, candidate in
            PageContent.DroppedRow(order: 0, index: index, capture: record.capture.id, candidate: candidate)
        }
        let more = record.candidatesDropped.count - candidates.count
        return """
            <section id="dropped" class="browse"><h2>Dropped candidates</h2><div class="card">
            \(DroppedView(rows, namesCaptures: false).table)
            \(ReportPage.leftOut(more, "candidates", "record.json"))</div></section>
            """
    }

    private var excluded: HTML {
        let rows = record.excluded.map { area -> HTML in
            let box = area.boundingBox
            return """
                <tr><td>\(area.reason.words)</td><td class="number">\(box.x), \(box.y)</td>\
                <td class="number">\(box.width) × \(box.height)</td><td class="number">\(area.areaMm2.map { "\($0.short) mm²" } ?? "\(area.areaPx.short) px")</td></tr>

                """
        }
        if rows.isEmpty {
            return
                "<section id=\"excluded\"><h2>Not judged</h2><p class=\"note\">All of the picture was judged.</p></section>"
        }
        return """
            <section id="excluded"><h2>Not judged</h2><div class="card"><div class="scroll"><table>
            <thead><tr><th scope="col">reason</th><th scope="col" class="number">at x, y</th><th scope="col" class="number">box</th>\
            <th scope="col" class="number">area</th></tr></thead><tbody>\(rows.joined())</tbody></table></div></div></section>
            """
    }
}
