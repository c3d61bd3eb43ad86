import ClearcoatInspection
import ClearcoatReports

/// `evaluation.html`: the scores as a page that any browser shows.
struct EvaluationPage {
    private let evaluation: Evaluation

    init(_ evaluation: Evaluation) { self.evaluation = evaluation }

    /// The page's bytes.
    var bytes: [UInt8] {
        PageFrame.page(
            title: "Clearcoat evaluation: \(evaluation.dataset.name)",
            """
            \(header)
            <main id="main">
            \(verdicts)
            \(DetectionView(evaluation.detection, rule: evaluation.matching).section)
            \(pictures)
            \(pixels)
            \(classes)
            \(sizes)
            \(failures)
            </main>
            <footer>Written by \(evaluation.generator.name) \(evaluation.generator.version). All intervals are 95 %. \
            All numbers are in evaluation.json beside this page.</footer>
            """
        )
    }

    private var header: HTML {
        let data = evaluation.dataset
        let area: HTML = data.squareMetres.map { " · \($0.short) m²" } ?? ""
        let recipes = evaluation.recipes.map { recipe -> HTML in "<b>\(PageFrame.name(recipe.name))</b>" }
        let tiles: [(kind: String, number: String, text: String)] = [
            ("", Self.percent(evaluation.detection.found.rate), "of \(data.defects) defects found"),
            (
                "", evaluation.detection.falseAlarms.perImage.rate.map(\.short) ?? "–",
                "false alarms a picture"
            ),
            ("reject", Self.percent(evaluation.verdicts.escape.rate), "escapes: bad passed"),
            ("rework", Self.percent(evaluation.verdicts.overkill.rate), "overkill: good stopped"),
            ("", evaluation.pictures.all.auroc.map(\.short) ?? "–", "AUROC of pictures"),
            ("failed", "\(evaluation.failures.count)", "problems, listed below"),
        ]
        return """
            <header>
            <h1>Evaluation of \(PageFrame.name(data.name))</h1>
            <p>\(data.scored) of \(data.listed) pictures scored · \(data.good) good, \(data.defective) defective · \
            \(data.defects) defects known by place\(area) · recipe \(recipes.joined())</p>
            <nav aria-label="Sections"><a href="#verdicts">Verdicts</a><a href="#detection">Detection</a>\
            <a href="#pictures">Pictures</a><a href="#pixels">Pixels</a><a href="#classes">Classes</a>\
            <a href="#sizes">Sizes</a><a href="#failures">Problems</a></nav>
            <div class="tiles">
            \(tiles.map(tile).joined())
            </div>
            </header>
            """
    }

    private func tile(_ tile: (kind: String, number: String, text: String)) -> HTML {
        "<div class=\"tile \(tile.kind)\"><b>\(tile.number)</b><span>\(tile.text)</span></div>\n"
    }

    private var verdicts: HTML {
        let table = evaluation.verdicts
        let names = ["accept", "rework", "reject", "cannotJudge"]
        let rows = ["good", "defective"].map { kind -> HTML in
            let cells = names.map { name -> HTML in
                "<td class=\"number\">\(table.counts[kind]?[name] ?? 0)</td>"
            }
            return "<tr><th scope=\"row\">\(kind)</th>\(cells.joined())</tr>\n"
        }
        let heads = names.map { name -> HTML in "<th scope=\"col\" class=\"number\">\(name)</th>" }
        let rates: [(String, Proportion)] =
            [
                ("escape: defective and accepted", table.escape),
                ("overkill: good and sent to rework or rejected", table.overkill),
                ("good, cannot be judged", table.goodNotJudged),
                ("defective, cannot be judged", table.defectiveNotJudged),
            ]
            + (table.escapeByLabel.count > 1
                ? table.escapeByLabel.sorted { $0.key < $1.key }.map { ("escape of \($0.key)", $0.value) }
                : [])
        return """
            <section id="verdicts"><h2>Verdicts</h2><div class="charts">
            <div class="card"><table class="matrix"><tr><th scope="col">truth</th>\(heads.joined())</tr>
            \(rows.joined())</table></div>
            <div class="card">\(Self.table(of: rates))</div><div></div></div></section>
            """
    }

    private var pictures: HTML {
        let rows =
            [("all", evaluation.pictures.all)]
            + evaluation.pictures.byLabel.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let cells = rows.map { name, scores -> HTML in
            """
            <tr><th scope="row">\(name)</th><td class="number">\(scores.positives)</td><td class="number">\(scores.negatives)</td>\
            <td class="number">\(Self.number(scores.auroc))</td><td class="number">\(Self.number(scores.averagePrecision))</td>\
            <td class="number">\(Self.number(scores.f1Max?.value))</td><td class="number">\(Self.number(scores.f1Max?.threshold))</td></tr>

            """
        }
        return """
            <section id="pictures"><h2>Pictures</h2><div class="card"><div class="scroll"><table>
            <tr><th scope="col">defective</th><th scope="col" class="number">pictures</th><th scope="col" class="number">good</th>\
            <th scope="col" class="number">AUROC</th><th scope="col" class="number">AP</th>\
            <th scope="col" class="number">F1 max</th><th scope="col" class="number">at score</th></tr>
            \(cells.joined())</table></div><p class="note">A picture's score is that of its strongest finding or near miss, \
            in units of the recipe's threshold.</p></div></section>
            """
    }

    private var pixels: HTML {
        guard let section = evaluation.pixels else {
            return
                "<section id=\"pixels\"><h2>Pixels</h2><p class=\"note\">No place of a defect is known.</p></section>"
        }
        let rows =
            (section.all.map { [("all", $0)] } ?? [])
            + section.byLabel.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let cells = rows.map { name, scores -> HTML in
            """
            <tr><th scope="row">\(name)</th><td class="number">\(scores.defects)</td>\
            <td class="number">\(Self.number(scores.auroc))</td><td class="number">\(Self.number(scores.averagePrecision))</td>\
            <td class="number">\(Self.number(scores.aupro))</td>\
            <td class="number">\(Self.number(scores.f1Max.value))</td><td class="number">\(Self.number(scores.iouMax))</td></tr>

            """
        }
        let source =
            section.score == .response
            ? "the detectors' strongest answer there, in units of the threshold; nothing where nothing is judged"
            : "that of the finding or near miss there, as the records say"
        return """
            <section id="pixels"><h2>Pixels</h2><div class="card"><div class="scroll"><table>
            <tr><th scope="col">pictures</th><th scope="col" class="number">defects</th><th scope="col" class="number">AUROC</th>\
            <th scope="col" class="number">AP</th><th scope="col" class="number">AUPRO to \(PixelScores.falsePositiveLimit.short)</th>\
            <th scope="col" class="number">F1 max</th><th scope="col" class="number">IoU max</th></tr>
            \(cells.joined())</table></div><p class="note">A pixel's score is \(source). The pixels of all findings and \
            those of all defects have an IoU of \(Self.number(section.iouOfFindings)).</p></div></section>
            """
    }

    private var classes: HTML {
        guard let matrix = evaluation.classes, !matrix.rows.isEmpty else {
            return
                "<section id=\"classes\"><h2>Classes</h2><p class=\"note\">No place of a defect is known.</p></section>"
        }
        let ends = [ConfusionMatrix.falseAlarm, ConfusionMatrix.missed]
        let columns = Set(matrix.rows.values.flatMap(\.keys)).sorted {
            (ends.contains($0) ? 1 : 0, $0) < (ends.contains($1) ? 1 : 0, $1)
        }
        let names = matrix.rows.keys.sorted {
            (ends.contains($0) ? 1 : 0, $0) < (ends.contains($1) ? 1 : 0, $1)
        }
        let rows = names.map { name -> HTML in
            let row = matrix.rows[name] ?? [:]
            let most = max(1, row.values.reduce(0, +))
            let cells = columns.map { column -> HTML in
                let count = row[column] ?? 0
                if count == 0 { return "<td class=\"number\">·</td>" }
                return "<td class=\"number some heat\((4 * count + most - 1) / most)\">\(count)</td>"
            }
            return
                "<tr><th scope=\"row\">\(name == ConfusionMatrix.falseAlarm ? "false alarm" : name)</th>\(cells.joined())</tr>\n"
        }
        let heads = columns.map { column -> HTML in "<th scope=\"col\" class=\"number\">\(column)</th>" }
        let right: HTML =
            matrix.right.map { "<p class=\"note\">Right name: \(Self.text(of: $0)) of the found ones.</p>" }
            ?? ""
        return """
            <section id="classes"><h2>Classes</h2><div class="card"><div class="scroll"><table class="matrix">
            <tr><th scope="col">truth ↓ found as →</th>\(heads.joined())</tr>
            \(rows.joined())</table></div>\(right)</div></section>
            """
    }

    private var sizes: HTML {
        let entries: [(String, SizeErrors?)] = [
            ("the size that limits are asked about", evaluation.sizes?.stated),
            (
                "length of long, diameter of compact defects, as the truth has it",
                evaluation.sizes?.likeForLike
            ),
        ]
        let rows = entries.compactMap { name, errors -> HTML? in
            guard let errors else { return nil }
            return """
                <tr><th scope="row">\(name)</th><td class="number">\(errors.count)</td>\
                <td class="number">\(errors.bias.short) \(errors.unit)</td><td class="number">\(errors.spread.short) \(errors.unit)</td>\
                <td class="number">\(errors.medianMagnitude.short) \(errors.unit)</td><td class="number">\(errors.magnitude95.short) \(errors.unit)</td>\
                <td class="number">\(Self.text(of: errors.within20Percent))</td>\
                <td class="number">\(errors.coverage.map(Self.text(of:)) ?? "–")</td></tr>

                """
        }
        let body: HTML =
            rows.isEmpty
            ? "<p class=\"note\">No defect whose place is known was found.</p>"
            : """
            <div class="card"><div class="scroll"><table>
            <tr><th scope="col">measured minus true</th><th scope="col" class="number">defects</th><th scope="col" class="number">mean</th>\
            <th scope="col" class="number">spread</th><th scope="col" class="number">median size of error</th><th scope="col" class="number">95 % of errors below</th>\
            <th scope="col" class="number">within 20 %</th><th scope="col" class="number">inside the stated interval</th></tr>
            \(rows.joined())</table></div></div>
            """
        return "<section id=\"sizes\"><h2>Sizes</h2>\(body)</section>"
    }

    private var failures: HTML {
        let most = 500
        let rows = evaluation.failures.prefix(most).map { problem -> HTML in
            "<tr><td class=\"file\">\(PageFrame.name(problem.name))</td><td class=\"words\">\(problem.message)</td></tr>\n"
        }
        let more: HTML =
            evaluation.failures.count > most
            ? "<p class=\"note\">\(evaluation.failures.count - most) more in evaluation.json.</p>" : ""
        let body: HTML =
            rows.isEmpty
            ? "<p class=\"note\">Everything could be read and scored.</p>"
            : "<div class=\"card\"><div class=\"scroll\"><table>\(rows.joined())</table></div>\(more)</div>"
        return "<section id=\"failures\"><h2>Problems</h2>\(body)</section>"
    }
}

extension EvaluationPage {
    /// A table of shares with their intervals.
    static func table(of rates: [(String, Proportion)]) -> HTML {
        let rows = rates.map { name, rate -> HTML in
            "<tr><th scope=\"row\">\(name)</th><td class=\"number\">\(text(of: rate))</td></tr>\n"
        }
        return "<table class=\"matrix\">\(rows.joined())</table>"
    }

    /// `3 of 40 = 7.5 % (1.6 to 20.4)`.
    static func text(of rate: Proportion) -> HTML {
        guard let value = rate.rate else { return "none" }
        return """
            \(rate.count) of \(rate.total) = \((100 * value).short) % <span class="note">(\((100 * rate.interval.lower).short) \
            to \((100 * rate.interval.upper).short))</span>
            """
    }

    static func number(_ value: Double?) -> String {
        value.flatMap { JSONWriter.text(of: ($0 * 1000).rounded() / 1000) } ?? "–"
    }

    static func percent(_ share: Double?) -> String { share.map { "\((100 * $0).short) %" } ?? "–" }
}
