import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports
import Foundation
import Testing

@Suite struct RecordCoderTests {
    @Test func bothFormsReadBackTheSame() throws {
        var generator = SplitMix64(seed: 2)
        for _ in 0..<200 {
            let record = try SyntheticRecords.random(using: &generator)
            #expect(try RecordCoder.record(from: RecordCoder.file(record)) == record)
            let line = try RecordCoder.line(record)
            #expect(line.firstIndex(of: UInt8(ascii: "\n")) == line.count - 1)
            #expect(try RecordCoder.record(from: line) == record)
        }
    }

    @Test func equalsWhatFoundationWrites() throws {
        var generator = SplitMix64(seed: 3)
        let encoder = JSONEncoder()
        for _ in 0..<50 {
            let record = try SyntheticRecords.random(using: &generator)
            let ours = try JSONDecoder().decode(JSONValue.self, from: Data(RecordCoder.line(record)))
            let theirs = try JSONDecoder().decode(JSONValue.self, from: encoder.encode(record))
            #expect(ours == theirs)
        }
    }

    @Test func anExcludedAreaOfAnEarlyVersionHasNoOutline() throws {
        var generator = SplitMix64(seed: 5)
        let box = Rectangle(x: 4, y: 5, width: 6, height: 7)
        let record = try SyntheticRecords.record(
            findings: [],
            excluded: [SyntheticRecords.excludedArea(.glare, box: box, areaPx: 42)],
            using: &generator
        )
        let text = String(decoding: try RecordCoder.line(record), as: UTF8.self)
        let outline = #""contour":[[3.5,4.5],[9.5,4.5],[9.5,11.5],[3.5,11.5]],"#
        #expect(text.contains(outline))
        let early = Array(text.replacing(outline, with: "").utf8)
        #expect(RecordSchema.violations(in: early) == [])
        let read = try RecordCoder.record(from: early).excluded
        #expect(read.map(\.contour) == [[]])
        #expect(read.map(\.boundingBox) == [box] && read.map(\.reason) == [.glare])
    }

    @Test func unknownIsNullAndAbsentTimingsAreAbsent() throws {
        var generator = SplitMix64(seed: 4)
        let finding = SyntheticRecords.finding(1, class: .unknown, calibrated: false, using: &generator)
        var record = try SyntheticRecords.record(calibrated: false, findings: [finding], using: &generator)
        record.timings = nil
        let text = String(decoding: try RecordCoder.line(record), as: UTF8.self)
        for key in ["vda16", "zone", "areaMm2", "sizeMm", "sizeUncertaintyMm", "mmPerPixel", "partId"] {
            #expect(text.contains("\"\(key)\":null"), "\(key)")
        }
        #expect(!text.contains("timings"))
    }

    @Test func keysOfALaterVersionAreIgnored() throws {
        var generator = SplitMix64(seed: 5)
        let record = try SyntheticRecords.random(using: &generator)
        guard case .object(var members) = try RecordCoder.tree(of: record) else { return }
        members["somethingNew"] = ["a": 1]
        #expect(try RecordCoder.record(from: JSONWriter.line(.object(members))) == record)
    }

    @Test func aNumberThatIsNoneIsRefused() throws {
        var generator = SplitMix64(seed: 6)
        let findings = (1...3).map { SyntheticRecords.finding($0, using: &generator) }
        var record = try SyntheticRecords.record(findings: findings, using: &generator)
        record.findings[2].explanation.features["size"] = .nan
        #expect(throws: RecordCodingError.notFinite(path: "findings[2].explanation.features.size")) {
            try RecordCoder.file(record)
        }
    }

    @Test func otherVersionsAreRefused() throws {
        #expect(throws: RecordCodingError.unsupportedVersion(2)) {
            try RecordCoder.record(from: Array(#"{"schemaVersion":2}"#.utf8))
        }
    }

    @Test func whatIsNoRecordIsRefusedWithTheReason() throws {
        #expect(throws: RecordCodingError.malformed("no schemaVersion")) {
            try RecordCoder.record(from: Array("{}".utf8))
        }
        #expect(throws: RecordCodingError.self) { try RecordCoder.record(from: []) }
        #expect(throws: RecordCodingError.self) {
            try RecordCoder.record(from: Array(repeating: UInt8(ascii: "["), count: 100_000))
        }
    }

    @Test(arguments: [#""width":-1"#, #""width":99999999999"#, #""width":1e999"#, #""width":"4""#])
    func boxesThatCannotBeAreRefused(replacement: String) throws {
        var generator = SplitMix64(seed: 7)
        let box = Rectangle(x: 1, y: 2, width: 33, height: 4)
        let finding = SyntheticRecords.finding(1, box: box, using: &generator)
        let record = try SyntheticRecords.record(findings: [finding], using: &generator)
        let text = String(decoding: try RecordCoder.line(record), as: UTF8.self)
        let broken = text.replacing(#""width":33"#, with: replacement)
        #expect(broken != text)
        #expect(throws: RecordCodingError.self) { try RecordCoder.record(from: Array(broken.utf8)) }
    }

    @Test func everyMutationIsARecordOrAnError() throws {
        var generator = SplitMix64(seed: 8)
        let record = try SyntheticRecords.random(using: &generator)
        let bytes = try RecordCoder.line(record)
        var refused = 0
        for _ in 0..<1000 {
            var mutated = bytes
            mutated[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
                in: .min ... .max,
                using: &generator
            )
            do { _ = try RecordCoder.record(from: mutated) } catch { refused += 1 }
        }
        #expect(refused > 100)
    }
}
