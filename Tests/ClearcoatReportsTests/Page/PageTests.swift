import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports
import Crypto
import Foundation
import Testing

@Suite struct HTMLTests {
    @Test func whatIsInterpolatedIsText() {
        let hostile = "</b><script>alert('1')</script>&\"\n\u{0}\u{7F}"
        let html: HTML = "<b title=\"\(hostile)\">\(hostile)</b>"
        let escaped = "&lt;/b&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;␊␀␡"
        #expect(html.text == "<b title=\"\(escaped)\">\(escaped)</b>")
    }

    @Test func addressesAreBytesOfPlainLetters() {
        #expect(
            HTML.address(of: Array("annotated/a b#?%\"'<ü>.png".utf8) + [0xFF])
                == "annotated/a%20b%23%3F%25%22%27%3C%C3%BC%3E.png%FF"
        )
    }
}

@Suite struct RankedTests {
    @Test func theFirstAreKeptInAnyOrderOfArrival() {
        var generator = SplitMix64(seed: 72)
        let numbers = Array(0..<500)
        for _ in 0..<20 {
            var ranked = Ranked<Int>(limit: 7) { $0 < $1 }
            for number in numbers.shuffled(using: &generator) {
                let would = ranked.wouldKeep(number)
                ranked.add(number)
                #expect(ranked.elements.contains(number) == would)
            }
            #expect(ranked.elements == Array(0..<7))
            #expect(ranked.leftOut == 493)
        }
    }
}

@Suite struct ReportPageTests {
    private let hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\n\u{202E}.png"

    @Test func nothingHostileBecomesMarkup() async throws {
        let folder = try TemporaryFolder()
        var generator = SplitMix64(seed: 73)
        let run = RunDescription(
            generator: .init(name: hostile, version: hostile),
            recipe: .init(name: hostile, sha256: hostile),
            recipeText: "</pre>" + hostile
        )
        let results = try ResultsDirectory(at: folder.path, for: run)
        let finding = SyntheticRecords.finding(
            1,
            zone: hostile,
            verdict: .reject,
            text: hostile,
            using: &generator
        )
        let dropped = SyntheticRecords.droppedCandidate(using: &generator)
        var record = try SyntheticRecords.record(
            id: hostile.replacing("/", with: "∕"),
            width: 64,
            height: 48,
            verdict: .reject,
            findings: [finding],
            dropped: [dropped],
            using: &generator
        )
        record.reasons = [hostile]
        record.findings[0].explanation.limits[0].text = hostile
        record.findings[0].explanation.classification.conditions[0].feature = hostile
        record.candidatesDropped[0].text = hostile
        record.candidatesDropped[0].zone = hostile
        record.findings[0].explanation.uncertain?[0].text = hostile
        try await results.write(record, picture: .uint8(Image(width: 64, height: 48, filledWith: 99)), at: 0)
        try await results.write(InspectionFailure(code: hostile, message: hostile, path: hostile), at: 1)
        try await results.finish(timings: RunTimings(startedAt: hostile, seconds: 1, megapixelsPerSecond: 1))

        let page = try folder.text("report.html")
        #expect(page.components(separatedBy: "<script>").count == 2, "only the page's own script")
        #expect(page.components(separatedBy: "</script>").count == 2)
        #expect(!page.contains("<img src=x"))
        #expect(page.components(separatedBy: "&lt;script&gt;alert(1)").count > 10)
        #expect(!page.contains("http:") && !page.contains("https:"), "no network")
        #expect(page.contains("data:image/jpeg;base64,/9j/"))
        // Every link is a relative address of plain letters and leads to a file.
        let links = page.components(separatedBy: "href=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(links.count > 8)
        for link in links where !link.hasPrefix("#") {
            #expect(link.hasPrefix("annotated/") || link.hasPrefix("records/"))
            let name = try #require(String(link).removingPercentEncoding)
            #expect(FileManager.default.fileExists(atPath: folder.path + "/" + name), "\(link)")
        }
    }

    /// What candidates and findings are filtered by, and what is said of each.
    @Test func candidatesHaveTheirFalseAlarmsAndZone() async throws {
        let folder = try TemporaryFolder()
        let run = RunDescription(generator: SyntheticRecords.generator, recipe: SyntheticRecords.recipe)
        let results = try ResultsDirectory(at: folder.path, for: run)
        var generator = SplitMix64(seed: 3)
        let finding = SyntheticRecords.finding(1, using: &generator)
        let dropped = SyntheticRecords.droppedCandidate(using: &generator)
        var record = try SyntheticRecords.record(
            findings: [finding],
            dropped: [dropped, dropped],
            using: &generator
        )
        record.candidatesDropped[0].zone = nil
        record.candidatesDropped[0].detection.nfa = 0.0321
        record.candidatesDropped[1].zone = "left & right"
        record.candidatesDropped[1].detection.nfa = nil
        let picture = GrayImage.uint8(Image(width: 640, height: 480, filledWith: 99))
        try await results.write(record, picture: picture, at: 0)
        try await results.finish()
        try ExplainDirectory.write(record, of: picture, stages: [], to: folder.path + "/why")
        for page in [try folder.text("report.html"), try folder.text("why/explain.html")] {
            let start = try #require(page.firstRange(of: "id=\"dropped\""))
            let section = page[start.lowerBound...]
            #expect(
                section.contains(
                    "<select name=\"zone\"><option value=\"\">all</option><option>(none)</option>"
                        + "<option>left &amp; right</option>"
                )
            )
            #expect(section.contains("data-zone=\"left &amp; right\""))
            #expect(section.contains("data-key=\"0.0321\">0.0321</td>"))
            #expect(page.contains("0.0321 expected of good paint in a picture"))
            #expect(page.contains("<td>0.35 .. 0.45 mm</td>"))
            #expect(page.contains("not exceeded, judged as measured"))
        }
        #expect(try folder.text("report.html").contains("data-certainty=\"uncertain\""))
    }

    /// Markup that was taken for text would show as such on the page.
    @Test func noMarkupIsShownAsText() async throws {
        let folder = try TemporaryFolder()
        let run = RunDescription(generator: SyntheticRecords.generator, recipe: SyntheticRecords.recipe)
        let results = try ResultsDirectory(at: folder.path, for: run)
        for order in 0..<4 {
            let panel = try SyntheticPanel(
                width: 90,
                height: 60,
                shade: 0.7,
                count: order,
                seed: UInt64(order)
            )
            try await results.write(panel.record, picture: panel.image, at: order)
            try ExplainDirectory.write(
                panel.record,
                of: panel.image,
                stages: [],
                to: folder.path + "/\(order)"
            )
            #expect(try !folder.text("\(order)/explain.html").contains("&lt;"))
        }
        try await results.finish()
        let page = try folder.text("report.html")
        #expect(!page.contains("&lt;") && !page.contains("HTML("))
    }

    @Test func thePolicyNamesTheStyleAndTheScript() async throws {
        let folder = try TemporaryFolder()
        let run = RunDescription(generator: SyntheticRecords.generator, recipe: SyntheticRecords.recipe)
        let results = try ResultsDirectory(at: folder.path, for: run)
        try await results.finish()
        let page = try folder.text("report.html")
        for name in ["script", "style"] {
            let parts = page.components(separatedBy: "<\(name)>")
            let body = try #require(parts.last?.components(separatedBy: "</\(name)>").first)
            let hash = SHA256.hash(data: Data(body.utf8))
            let source = "'sha256-\(Data(hash).base64EncodedString())'"
            #expect(page.contains("\(name)-src \(source)"))
        }
        #expect(page.contains("default-src 'none'"))
        #expect(!page.contains(" style=\"") && !page.contains(" onclick="))
    }

    /// The page of a resumed run, whose thumbnails come from the pictures on disk, is the same.
    @Test func aResumedRunGivesTheSamePage() async throws {
        let folder = try TemporaryFolder()
        var run = RunDescription(generator: SyntheticRecords.generator, recipe: SyntheticRecords.recipe)
        run.isReproducible = true
        let panels = try (0..<4).map {
            try SyntheticPanel(width: 200, height: 150, shade: 0.7, count: $0, seed: UInt64($0))
        }
        for (name, resumed) in [("whole", 0), ("resumed", 3)] {
            do {
                let results = try ResultsDirectory(at: folder.path + "/" + name, for: run)
                for order in 0..<resumed {
                    try await results.write(
                        Self.record(panels, order),
                        picture: panels[order].image,
                        at: order
                    )
                }
            }
            let results = try ResultsDirectory(at: folder.path + "/" + name, for: run)
            for order in panels.indices {
                let record = Self.record(panels, order)
                if let existing = try results.existingRecord(of: CapturePath(id: record.capture.id)) {
                    try await results.include(existing, at: order)
                } else {
                    try await results.write(record, picture: panels[order].image, at: order)
                }
            }
            try await results.finish()
        }
        let whole = try folder.tree("whole")
        #expect(whole.count == 4 + 4 + 5)
        #expect(try folder.tree("resumed") == whole)
    }

    private static func record(_ panels: [SyntheticPanel], _ order: Int) -> InspectionRecord {
        var record = panels[order].record
        record.capture.id = "d/\(order).png"
        return record
    }

    @Test func withoutPicturesNoneAreWrittenOrLinked() async throws {
        let folder = try TemporaryFolder()
        var run = RunDescription(generator: SyntheticRecords.generator, recipe: SyntheticRecords.recipe)
        run.drawsPictures = false
        let results = try ResultsDirectory(at: folder.path, for: run)
        let panel = try SyntheticPanel(width: 64, height: 48, shade: 0.5, count: 2, seed: 1)
        try await results.write(panel.record, picture: panel.image, at: 0)
        try await results.finish()
        #expect(try !folder.names("").contains("annotated"))
        #expect(try !folder.text("report.html").contains("annotated/"))
    }
}
