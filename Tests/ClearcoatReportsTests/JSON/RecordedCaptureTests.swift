import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports
import Testing

@Suite struct RecordedCaptureTests {
    @Test func readsTheSameAsTheWholeRecord() throws {
        var generator = SplitMix64(seed: 11)
        for seed in 0..<200 {
            let record = try SyntheticRecords.random(id: "a \"\(seed)\"\n/ü.png", using: &generator)
            let whole = RecordedCapture(record)
            for bytes in [try RecordCoder.line(record), try RecordCoder.file(record)] {
                let part = try RecordedCapture(json: bytes[...], withContours: true)
                // As text, since what is not recorded is no number and so equals nothing.
                #expect("\(part)" == "\(whole)")
            }
        }
    }

    /// Only the fast way can do without what judging does not need.
    @Test func doesNotReadWhatItDoesNotNeed() throws {
        var generator = SplitMix64(seed: 12)
        let record = try SyntheticRecords.random(using: &generator)
        let line = String(decoding: try RecordCoder.line(record), as: UTF8.self)
        let part = line.replacing("\"generator\":{", with: "\"other\":{")
        #expect(throws: RecordCodingError.self) { try RecordCoder.record(from: Array(part.utf8)) }
        let capture = try RecordedCapture(json: Array(part.utf8)[...], withContours: false)
        #expect(capture.id == record.capture.id)
        #expect(capture.findings.allSatisfy { $0.contour.isEmpty })
    }

    @Test func everyCutIsRefused() throws {
        var generator = SplitMix64(seed: 13)
        let line = try RecordCoder.line(SyntheticRecords.random(using: &generator)).dropLast()
        for length in stride(from: 0, to: line.count, by: 7) {
            #expect(throws: RecordCodingError.self) {
                try RecordedCapture(json: line.prefix(length), withContours: true)
            }
        }
    }
}
