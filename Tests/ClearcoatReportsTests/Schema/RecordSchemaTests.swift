import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports
import Foundation
import Testing

@Suite struct RecordSchemaTests {
    @Test func everyRecordIsAsTheSchemaSays() throws {
        var generator = SplitMix64(seed: 11)
        for _ in 0..<100 {
            let record = try SyntheticRecords.random(using: &generator)
            #expect(RecordSchema.violations(in: try RecordCoder.file(record)) == [])
        }
    }

    @Test func everyKeyIsDescribed() throws {
        let validator = try #require(RecordSchema.validator)
        #expect(validator.undescribedKeys(in: try RecordCoder.tree(of: full())) == [])
    }

    @Test func everyWordOfTheVocabularyIsAllowed() throws {
        var generator = SplitMix64(seed: 12)
        let findings = DefectClass.allCases.enumerated().map {
            SyntheticRecords.finding($0 + 1, class: $1, verdict: .reject, using: &generator)
        }
        let dropped = DroppedCandidate.Reason.allCases.map {
            SyntheticRecords.droppedCandidate($0, using: &generator)
        }
        let box = Rectangle(x: 0, y: 0, width: 2, height: 2)
        let excluded = ExcludedArea.Reason.allCases.map {
            SyntheticRecords.excludedArea($0, box: box, areaPx: 4)
        }
        for verdict in Verdict.allCases {
            var record = try SyntheticRecords.record(
                verdict: verdict,
                findings: findings,
                dropped: dropped,
                excluded: excluded,
                using: &generator
            )
            for (index, value) in Severity.allCases.enumerated() { record.findings[index].severity = value }
            for (index, value) in Polarity.allCases.enumerated() { record.findings[index].polarity = value }
            #expect(RecordSchema.violations(in: try RecordCoder.file(record)) == [])
        }
    }

    /// Takes away every key of a full record in turn, then gives every value another type.
    @Test func everyMissingKeyAndWrongTypeIsSeen() throws {
        let validator = try #require(RecordSchema.validator)
        // Early versions measured no appearance and no grain.
        let optional: Set = ["record.timings", "record.appearance", "record.quality.grain"]
        // Excluded areas of early versions have no contour.
        func isOptional(_ path: String) -> Bool {
            optional.contains(path) || path.contains(".features.")
                || (path.hasPrefix("record.excluded") && path.hasSuffix(".contour"))
                || (path.hasPrefix("record.candidatesDropped") && path.hasSuffix(".zone"))
                || path.hasSuffix(".explanation.uncertain")
        }
        for (path, tree) in Self.variants(
            of: try RecordCoder.tree(of: full()),
            at: "record",
            change: { _ in nil }
        )
        where !isOptional(path) {
            #expect(!validator.violations(in: tree).isEmpty, "without \(path)")
        }
        for (path, tree) in Self.variants(
            of: try RecordCoder.tree(of: full()),
            at: "record",
            change: { _ in ["x": []] }
        ) {
            #expect(!validator.violations(in: tree).isEmpty, "wrong type of \(path)")
        }
    }

    @Test(arguments: [
        (#""verdict":"reject""#, #""verdict":"ok""#), (#""orientation":1"#, #""orientation":9"#),
        (#""confidence":0.5"#, #""confidence":1.5"#), (#""mmPerPixel":0.065"#, #""mmPerPixel":0"#),
        (#""rule":3"#, #""rule":3.5"#), (#""id":1"#, #""id":0"#),
        (#""sha256":"0123"#, #""sha256":"G123"#), (#""class":"inclusion""#, #""class":"Inclusion""#),
        (#"[9.5,19.5]"#, #"[9.5]"#),
    ])
    func wrongValuesAreSeen(good: String, bad: String) throws {
        let text = String(decoding: try RecordCoder.line(full()), as: UTF8.self)
        #expect(text.contains(good))
        #expect(RecordSchema.violations(in: Array(text.utf8)) == [])
        #expect(!RecordSchema.violations(in: Array(text.replacing(good, with: bad).utf8)).isEmpty)
    }

    @Test func bytesThatAreNoJSONAreSeen() { #expect(RecordSchema.violations(in: [0x7B]) == ["broken JSON"]) }

    @Test func unknownKeywordsAreRefused() {
        #expect(throws: JSONSchemaValidator.UnknownKeyword.self) {
            try JSONSchemaValidator(schema: ["properties": ["a": ["oneOf": []]]])
        }
    }

    private func full() throws -> InspectionRecord {
        var generator = SplitMix64(seed: 13)
        let box = Rectangle(x: 10, y: 20, width: 5, height: 4)
        let finding = SyntheticRecords.finding(
            1,
            class: .inclusion,
            zone: "A",
            box: box,
            verdict: .reject,
            using: &generator
        )
        var record = try SyntheticRecords.record(
            verdict: .reject,
            findings: [finding],
            dropped: [SyntheticRecords.droppedCandidate(using: &generator)],
            excluded: [SyntheticRecords.excludedArea(.glare, box: box, areaPx: 4)],
            using: &generator
        )
        record.findings[0].confidence = 0.5
        return record
    }

    /// Every variant of a tree with one member of one object changed, or gone where `change` gives nil.
    private static func variants(
        of tree: JSONValue,
        at path: String,
        change: (JSONValue) -> JSONValue?
    ) -> [(String, JSONValue)] {
        switch tree {
        case .object(let members):
            return members.flatMap { key, value in
                var changed = members
                changed[key] = change(value)
                let inner = variants(of: value, at: "\(path).\(key)", change: change).map { inner in
                    (inner.0, JSONValue.object(members.merging([key: inner.1]) { $1 }))
                }
                return [("\(path).\(key)", .object(changed))] + inner
            }
        case .array(let elements):
            return elements.enumerated().flatMap { index, element in
                variants(of: element, at: "\(path)[\(index)]", change: change).map { inner in
                    var changed = elements
                    changed[index] = inner.1
                    return (inner.0, .array(changed))
                }
            }
        default: return []
        }
    }
}
