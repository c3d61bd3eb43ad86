import ClearcoatImage
import ClearcoatInspection
import FoundationEssentials

/// `report.html`: one file that shows a run in any browser, from a USB stick and without a network.
struct ReportPage {
    private let run: RunDescription
    private let summary: RunSummary
    private let content: PageContent

    init(_ run: RunDescription, _ summary: RunSummary, _ content: PageContent) {
        self.run = run
        self.summary = summary
        self.content = content
    }

    /// The page's bytes.
    var bytes: [UInt8] {
        PageFrame.page(
            title: "Clearcoat report: \(run.recipe.name)",
            """
            \(numbers)
            \(gallery)
            \(FindingsView(content.findings, summary, hasPictures: run.drawsPictures, language: language).section)
            \(captures)
            \(dropped)
            \(failures)
            \(recipe)
            </main>
            <footer>Written by \(run.generator.name) \(run.generator.version). Coordinates are pixels of the \
            picture as displayed: x right, y down, from the centre of the top-left pixel. \
            All numbers are in records.ndjson, findings.csv and summary.json beside this page.</footer>
            """
        )
    }

    /// The part of the page that follows from the summary alone.
    fileprivate var numbers: HTML {
        """
        \(header)
        <main id="main">
        \(overview)
        """
    }

    private var language: Language { run.areas.language }

    private var header: HTML {
        let when: HTML =
            summary.timings.map { timings in
                """
                 · started \(timings.startedAt), \(timings.seconds.short) s, \(timings.megapixelsPerSecond.short) megapixel/s
                """
            } ?? ""
        let total = summary.files.total
        let tiles = Verdict.allCases.map { verdict -> HTML in
            let count = summary.verdicts[verdict.rawValue] ?? 0
            return tile(verdict.rawValue, count, PageFrame.title(of: verdict), of: total)
        }
        let parts =
            Verdict.allCases.map { ($0.rawValue, summary.verdicts[$0.rawValue] ?? 0) }
            + [("failed", summary.files.failed)]
        return """
            <header>
            <h1>Inspection report</h1>
            <p>Recipe <b>\(PageFrame.name(run.recipe.name))</b> · \(total) \(total == 1 ? "file" : "files") · \
            \(summary.findings.total) findings · \(summary.megapixels.short) megapixel\(when)</p>
            <nav aria-label="Sections"><a href="#overview">Overview</a><a href="#gallery">Gallery</a>\
            <a href="#findings">Findings</a><a href="#captures">Captures</a><a href="#dropped">Near misses</a>\
            <a href="#failures">Failures</a><a href="#recipe">Recipe</a></nav>
            <div class="tiles">
            \(tiles.joined())
            \(tile("failed", summary.files.failed, "not readable", of: total))
            </div>
            \(ReportCharts.shares(parts, label: "Shares of the verdicts"))
            </header>
            """
    }

    private func tile(_ name: String, _ count: Int, _ title: String, of total: Int) -> HTML {
        let share: HTML = total > 0 && count > 0 ? " · \((100 * Double(count) / Double(total)).short) %" : ""
        return "<div class=\"tile \(name)\"><b>\(count)</b><span>\(title)\(share)</span></div>\n"
    }

    private var overview: HTML {
        let classes = summary.findings.byClass.map {
            (name: DefectClass.title(of: $0.key, in: language), count: $0.value)
        }
        let sizes: HTML
        if let statistics = summary.sizes.mm {
            let others = summary.findings.total - statistics.count
            sizes =
                ReportCharts.histogram(statistics, unit: "mm")
                + HTML.when(
                    others > 0,
                    "<p class=\"note\">\(others) more findings are in pictures without a scale and not shown.</p>"
                )
        } else if let statistics = summary.sizes.px {
            sizes = ReportCharts.histogram(statistics, unit: "px")
        } else {
            sizes = "<p class=\"note\">No findings.</p>"
        }
        return """
            <section id="overview"><h2>Overview</h2>
            <div class="charts">
            <div class="card"><h3>Classes (Pareto)</h3>\(ReportCharts.pareto(classes))</div>
            <div class="card"><h3>Sizes</h3>\(sizes)</div>
            <div class="card"><h3>Class by zone</h3>\(matrix)</div>
            </div></section>
            """
    }

    private var matrix: HTML {
        let zones = summary.findings.byZone.keys.sorted()
        if zones.isEmpty { return "<p class=\"note\">No findings.</p>" }
        let most = summary.findings.byClassAndZone.values.flatMap(\.values).max() ?? 1
        let rows = summary.findings.byClassAndZone.sorted { $0.key < $1.key }.map { name, byZone -> HTML in
            let cells = zones.map { zone -> HTML in
                let count = byZone[zone] ?? 0
                if count == 0 { return "<td class=\"number\">·</td>" }
                return "<td class=\"number some heat\((4 * count + most - 1) / most)\">\(count)</td>"
            }
            let sum = byZone.values.reduce(0, +)
            return
                "<tr><th scope=\"row\">\(DefectClass.title(of: name, in: language))</th>\(cells.joined())<td class=\"number\"><b>\(sum)</b></td></tr>\n"
        }
        let heads = zones.map { zone -> HTML in
            "<th scope=\"col\" class=\"number\">\(PageFrame.name(zone))</th>"
        }
        let sums = zones.map { zone -> HTML in
            "<td class=\"number\"><b>\(summary.findings.byZone[zone] ?? 0)</b></td>"
        }
        return """
            <div class="scroll"><table class="matrix">
            <tr><th scope="col">class</th>\(heads.joined())<th scope="col" class="number">all</th></tr>
            \(rows.joined())<tr><th scope="row">all</th>\(sums.joined())<td class="number"><b>\(summary.findings.total)</b></td></tr>
            </table></div>
            """
    }

    private var gallery: HTML {
        let rows = content.galleryRows
        if rows.isEmpty {
            return """
                <section id="gallery"><h2>Gallery</h2><p class="note">\
                \(run.drawsPictures ? "No picture was inspected." : "No pictures were drawn (--no-pictures).")</p></section>
                """
        }
        let items = rows.map { row -> HTML in
            let picture: HTML = """
                <img loading="lazy" alt="" src="data:image/jpeg;base64,\(HTML(trusted: Data(row.thumbnail).base64EncodedString()))">\
                <span class="caption"><span class="what">\(row.findings) \(row.findings == 1 ? "finding" : "findings")</span>\
                \(PageFrame.tag(row.verdict))<span class="name">\(PageFrame.name(row.id))</span></span>
                """
            return """
                <li data-verdict="\(row.verdict.rawValue)">\
                \(PageFrame.link(picture, to: "annotated", ".png", of: row.id))</li>

                """
        }
        let verdicts = Verdict.allCases.filter { verdict in rows.contains { $0.verdict == verdict } }
        let buttons = verdicts.map { verdict -> HTML in
            "<button type=\"button\" value=\"\(verdict.rawValue)\" aria-pressed=\"false\">\(PageFrame.title(of: verdict))</button>"
        }
        let more: HTML =
            summary.files.inspected > rows.count
            ? "<p class=\"note\">\(rows.count) of \(summary.files.inspected) captures, the first of each verdict. All pictures are in the folder annotated.</p>"
            : ""
        return """
            <section id="gallery"><h2>Gallery</h2>
            <div class="controls" role="group" aria-label="Verdict"><button type="button" value="" aria-pressed="true">all</button>\(buttons.joined())</div>
            <ul class="gallery">
            \(items.joined())</ul>\(more)</section>
            """
    }

    private var captures: HTML {
        let rows = content.captures.elements.map { row -> HTML in
            let picture: HTML =
                run.drawsPictures
                ? PageFrame.link(
                    "picture",
                    to: "annotated",
                    ".png",
                    of: row.id,
                    label: "picture of \(row.id)"
                ) + " · " : ""
            let reasons = row.reasons.map { reason -> HTML in "<div>\(reason)</div>" }
            let more = row.reasonCount - row.reasons.count
            let rest: HTML = HTML.when(more > 0, "<div class=\"note\">\(more) more in the record</div>")
            let surface = row.surface.map { line -> HTML in "<div class=\"note\">\(line)</div>" }
            return """
                <tr><td>\(PageFrame.tag(row.verdict))</td><td class="file">\(PageFrame.name(row.id))\
                <div class="note">\(row.width) × \(row.height) px · \(picture)\
                \(PageFrame.link("record", to: "records", ".json", of: row.id, label: "record of \(row.id)"))</div></td>\
                <td class="number">\(row.findings)</td><td class="words">\(reasons.joined())\(rest)\(surface.joined())</td></tr>

                """
        }
        return """
            <section id="captures"><h2>Captures</h2><div class="card"><div class="scroll"><table>
            <thead><tr><th scope="col">verdict</th><th scope="col">file</th>\
            <th scope="col" class="number">findings</th><th scope="col">reasons</th></tr></thead>
            <tbody>\(rows.joined())</tbody></table></div>\(Self.leftOut(content.captures.leftOut, "captures", "records.ndjson"))</div></section>
            """
    }

    private var dropped: HTML {
        if summary.candidatesDropped.isEmpty {
            return
                "<section id=\"dropped\"><h2>Near misses</h2><p class=\"note\">No candidate was dropped.</p></section>"
        }
        let rows = content.dropped.elements
        return """
            <section id="dropped" class="browse"><h2>Near misses</h2><div class="card">
            <p>Candidates that were looked at and not kept, the closest to a bound first. By reason:</p>
            \(counts(droppedByWords))
            <details><summary>\(rows.count) closest</summary>
            \(DroppedView(rows, namesCaptures: true).table)</details>
            \(Self.leftOut(content.dropped.leftOut, "candidates", "records.ndjson"))</div></section>
            """
    }

    /// The numbers of dropped candidates, by the reason in words.
    private var droppedByWords: [String: Int] {
        let named = summary.candidatesDropped.map { key, count in
            (DroppedCandidate.Reason(rawValue: key)?.words ?? key, count)
        }
        return Dictionary(named, uniquingKeysWith: +)
    }

    /// How many of each.
    private func counts(_ counts: [String: Int]) -> HTML {
        let rows = counts.sorted { $0.key < $1.key }.map { name, count -> HTML in
            "<dt>\(name)</dt><dd>\(count)</dd>"
        }
        return "<dl class=\"facts\">\(rows.joined())</dl>"
    }

    private var failures: HTML {
        let rows = content.failures.elements.map { row -> HTML in
            """
            <tr><td class="file">\(PageFrame.name(row.failure.path))</td><td class="words">\(row.failure.message)</td><td>\(row.failure.code)</td></tr>

            """
        }
        if rows.isEmpty {
            return
                "<section id=\"failures\"><h2>Failures</h2><p class=\"note\">Every file could be read.</p></section>"
        }
        return """
            <section id="failures"><h2>Failures</h2><div class="card">
            <p>These files could not be inspected and have no verdict. By code:</p>
            \(counts(summary.failures))
            <div class="scroll"><table>
            <thead><tr><th scope="col">file</th><th scope="col">why</th><th scope="col">code</th></tr></thead>
            <tbody>\(rows.joined())</tbody></table></div>\(Self.leftOut(content.failures.leftOut, "failures", "failures.ndjson"))</div></section>
            """
    }

    private var recipe: HTML {
        let text: HTML =
            run.recipeText.isEmpty
            ? ""
            : "<details><summary>The recipe as it was used</summary><pre>\(lines(run.recipeText))</pre></details>"
        return """
            <section id="recipe"><h2>Recipe</h2><div class="card"><dl class="facts"><dt>name</dt><dd>\(PageFrame.name(run.recipe.name))</dd>\
            <dt>SHA-256</dt><dd class="long">\(run.recipe.sha256)</dd></dl>\(text)</div></section>
            """
    }

    /// Text with its line ends, each line escaped.
    private func lines(_ text: String) -> HTML {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> HTML in
            "\(String(line))"
        }
        return HTML(trusted: lines.map(\.text).joined(separator: "\n"))
    }

    static func leftOut(_ count: Int, _ what: String, _ file: String) -> HTML {
        count == 0 ? "" : "<p class=\"note\">\(count) more \(what) are left out here; all are in \(file).</p>"
    }
}

extension RunSummary {
    /// Whether `page`, the bytes of a `report.html`, shows these numbers.
    package func isShown(on page: [UInt8]) -> Bool {
        let run = RunDescription(generator: generator, recipe: recipe, drawsPictures: pictures)
        return page.firstRange(of: ReportPage(run, self, PageContent()).numbers.text.utf8) != nil
    }
}
