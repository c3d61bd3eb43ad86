import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports
import Testing

@Suite struct SizeHistogramTests {
    @Test func quantilesAreThoseOfTheSortedSizes() throws {
        var generator = SplitMix64(seed: 41)
        var histogram = SizeHistogram()
        let sizes = (0..<999).map { _ in 0.05 + generator.nextUnit() * generator.nextUnit() * 300 }
        for size in sizes { histogram.add(size) }
        let sorted = sizes.sorted()
        for share in [0.01, 0.5, 0.95, 1] {
            let exact = sorted[Int((share * 999).rounded(.up)) - 1]
            #expect(abs(try #require(histogram.quantile(share)) / exact - 1) <= 0.008)
        }
        #expect(histogram.minimum == sorted.first)
        #expect(histogram.maximum == sorted.last)
        #expect(histogram.bars.map(\.count).reduce(0, +) == 999)
        for bar in histogram.bars { #expect(sizes.count { bar.from <= $0 && $0 < bar.to } == bar.count) }
    }

    @Test func barsHaveRoundEdgesAndNoGaps() {
        var histogram = SizeHistogram()
        for size in [1.0, 1.49, 1.5, 6] { histogram.add(size) }
        #expect(histogram.bars.map(\.from) == [1, 1.5, 2, 3, 4, 6])
        #expect(histogram.bars.map(\.to) == [1.5, 2, 3, 4, 6, 8])
        #expect(histogram.bars.map(\.count) == [2, 1, 0, 0, 0, 1])
    }

    @Test func whatIsNoSizeCountsAsNothing() {
        var histogram = SizeHistogram()
        for size in [0, -1, Double.nan, .infinity] { histogram.add(size) }
        #expect(histogram == SizeHistogram())
        #expect(histogram.quantile(0.5) == nil)
        #expect(histogram.bars == [])
    }
}

@Suite struct RunTallyTests {
    @Test func countsByEverything() throws {
        var generator = SplitMix64(seed: 42)
        var tally = RunTally(
            of: RunDescription(generator: SyntheticRecords.generator, recipe: SyntheticRecords.recipe)
        )
        let findings = [
            SyntheticRecords.finding(1, class: .scratch, zone: "A", using: &generator),
            SyntheticRecords.finding(2, class: .scratch, zone: nil, using: &generator),
            SyntheticRecords.finding(3, class: .run, zone: "A", using: &generator),
        ]
        let dropped = [SyntheticRecords.droppedCandidate(.longEdge, using: &generator)]
        tally.add(
            try SyntheticRecords.record(
                verdict: .reject,
                findings: findings,
                dropped: dropped,
                using: &generator
            )
        )
        tally.add(
            try SyntheticRecords.record(
                width: 1000,
                height: 1000,
                calibrated: false,
                verdict: .accept,
                findings: [],
                using: &generator
            )
        )
        tally.add(InspectionFailure(code: "decode.truncated", message: "", path: ""))
        let summary = tally.summary()
        #expect(summary.files.total == 3)
        #expect(summary.files.inspected == 2)
        #expect(summary.files.failed == 1)
        #expect(summary.verdicts == ["accept": 1, "rework": 0, "reject": 1, "cannotJudge": 0])
        #expect(summary.findings.byClass == ["scratch": 2, "run": 1])
        #expect(summary.findings.byZone == ["A": 2, "(none)": 1])
        #expect(summary.findings.byClassAndZone == ["scratch": ["A": 1, "(none)": 1], "run": ["A": 1]])
        #expect(summary.candidatesDropped == ["longEdge": 1])
        #expect(summary.failures == ["decode.truncated": 1])
        #expect(summary.megapixels == 1.3072)
        #expect(summary.sizes.px?.count == 3)
        #expect(summary.sizes.mm?.count == 3)
    }
}

@Suite struct FindingsTableTests {
    @Test func everyRowHasAFieldForEveryColumn() throws {
        var generator = SplitMix64(seed: 43)
        let findings = (1...3).map {
            SyntheticRecords.finding($0, text: "a \"b\", c\r\nd", using: &generator)
        }
        let record = try SyntheticRecords.record(id: "a,\"b\"\n.png", findings: findings, using: &generator)
        let rows = Self.parse(
            String(decoding: FindingsTable.header + FindingsTable.rows(of: record), as: UTF8.self)
        )
        #expect(rows.count == 4)
        for row in rows { #expect(row.count == rows[0].count) }
        // The byte order mark, then the first column's name.
        #expect(rows[0][0] == "\u{FEFF}capture")
        #expect(rows[1][0] == "a,\"b\"\n.png")
        #expect(rows[1].last == "a \"b\", c\r\nd")
        let column = try #require(rows[0].firstIndex(of: "contrast"))
        #expect(Double(rows[2][column]) == record.findings[1].contrast)
    }

    @Test(arguments: [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(\"http://x\",\"y\")",
    ])
    func textIsNeverAFormula(hostile: String) throws {
        var generator = SplitMix64(seed: 44)
        let finding = SyntheticRecords.finding(1, zone: hostile, text: hostile, using: &generator)
        let record = try SyntheticRecords.record(id: hostile, findings: [finding], using: &generator)
        let row = Self.parse(String(decoding: FindingsTable.rows(of: record), as: UTF8.self))[0]
        #expect(row.filter { $0 == "'" + hostile }.count == 3)
        #expect(!row.contains(hostile))
    }

    /// RFC 4180 read by the letter.
    private static func parse(_ text: String) -> [[String]] {
        var rows: [[String]] = [[""]]
        var isQuoted = false
        var scalars = Array(text.unicodeScalars)[...]
        func append(_ scalar: Unicode.Scalar) {
            rows[rows.count - 1][rows[rows.count - 1].count - 1].unicodeScalars.append(scalar)
        }
        while let scalar = scalars.popFirst() {
            switch (scalar, isQuoted) {
            case ("\"", true) where scalars.first == "\"": append("\""); scalars.removeFirst()
            case ("\"", _): isQuoted.toggle()
            case (",", false): rows[rows.count - 1].append("")
            case ("\r", false) where scalars.first == "\n":
                scalars.removeFirst()
                rows.append([""])
            default: append(scalar)
            }
        }
        return rows.dropLast()
    }
}
