import Clearcoat
import ClearcoatCodecs
import ClearcoatFileTestSupport
import ClearcoatInspection
import ClearcoatReports
import ClearcoatService
import Foundation
import SystemPackage
import Testing

/// Good results are called good, and every kind of damage is called by its name.
@Suite("Audit", .timeLimit(.minutes(watchdogMinutes)))
struct AuditTests {
    let folder: TemporaryFolder

    init() async throws {
        folder = try TemporaryFolder()
        for (name, seed) in [("a.png", 1), ("b.png", 2), ("sub/c.png", 3)] {
            try folder.write(TestPicture.png(seed: UInt64(seed)), to: "in/\(name)")
        }
        try folder.write(Array("no picture".utf8), to: "in/d.png")
        let batch = try BatchRun(inspector: Inspector(), output: folder["out"].string)
        _ = try await batch.run(on: InputListing(of: [folder["in"]]))
    }

    private func audit(inputs: Bool = true) async throws -> AuditReport {
        try await Audit(of: folder["out"].string, inputs: inputs ? [folder["in"]] : []).run()
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try FileContents.read(folder[name], limit: 1 << 24), as: UTF8.self)
    }

    private func change(_ name: String, _ edit: (String) -> String) throws {
        try folder.write(Array(edit(text(name)).utf8), to: name)
    }

    private func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: folder[name].string)
    }

    @Test("whole results are called whole")
    func whole() async throws {
        let report = try await audit()
        #expect(report.findings == [])
        #expect(report.records == 3 && report.failures == 1 && report.inputs == 4)
        #expect(try await audit(inputs: false).findings == [])
    }

    @Test("results without pictures are whole without pictures")
    func noPictures() async throws {
        var options = BatchRun.Options()
        options.drawsPictures = false
        let batch = try BatchRun(inspector: Inspector(), output: folder["plain"].string, options: options)
        _ = try await batch.run(on: InputListing(of: [folder["in"]]))
        #expect(try await Audit(of: folder["plain"].string).run().findings == [])
        try folder.write(TestPicture.png(), to: "plain/annotated/a.png.png")
        let codes = try await Audit(of: folder["plain"].string).run().findings.map(\.code)
        #expect(codes == [.pictureNotListed])
    }

    @Test("a folder that is not there, or holds no results, is said to be so")
    func noResults() async throws {
        for path in [folder["nowhere"].string, folder["in"].string] {
            #expect(throws: ResultsError.noResults(path: path)) { try Audit(of: path) }
        }
        // Of a run whose other files are lost.
        try folder.write(Array("{}".utf8), to: "lost/summary.json")
        let codes = Set(try await Audit(of: folder["lost"].string).run().findings.map(\.code))
        #expect(codes == [.summaryBroken, .lineBroken, .tableDiffers, .pageBroken])
    }

    @Test("pictures that were moved, renamed or removed are known by their bytes")
    func moved() async throws {
        let audit = {
            try await Audit(
                of: folder["out"].string,
                inputs: [folder["in"], folder["archive"]],
                inputsMayHaveMoved: true
            ).run()
        }
        try folder.move("in/a.png", to: "archive/2026/one.png")
        try folder.move("in/sub/c.png", to: "archive/c.png")
        try folder.move("in/d.png", to: "archive/d.png")
        let whole = try await audit()
        #expect(whole.findings == [] && whole.inputs == 4 && whole.gone == 0)
        try remove("archive/c.png")
        try remove("in/b.png")
        let fewer = try await audit()
        #expect(fewer.findings == [] && fewer.inputs == 2 && fewer.gone == 2)
        // The names of what was recorded do not help what is new.
        try folder.write(TestPicture.png(seed: 9), to: "in/b.png")
        try folder.write(TestPicture.png(seed: 10), to: "archive/one.png")
        try folder.write(Array("no picture".utf8), to: "archive/e.png")
        let findings = try await audit().findings
        #expect(findings.map(\.code) == [.inputLost, .inputLost, .inputLost], "\(findings)")
        #expect(findings.map { FilePath($0.path).lastComponent?.string } == ["e.png", "one.png", "b.png"])
    }

    @Test("a picture that was replaced where it lay is not what was inspected, moved or not")
    func replacedInPlace() async throws {
        try folder.write(TestPicture.png(seed: 9), to: "in/b.png")
        let report = try await Audit(
            of: folder["out"].string,
            inputs: [folder["in"]],
            inputsMayHaveMoved: true
        ).run()
        #expect(report.findings.map(\.code) == [.inputChanged] && report.gone == 1)
    }

    /// A kind of damage and what it has to be called.
    enum Damage: CaseIterable {
        case missingRecord, extraRecord, recordOfAFailure, corruptRecord, recordAgainstTheSchema, otherRecord
        case missingPicture, corruptPicture, extraPicture, otherPicture, smallPicture, strangePicture,
            missingLine, extraLine, cutLine, missingLines
        case wrongSummary, noSummary, brokenSummary, unfinished, otherTable, noTable, cutPage, wrongPage,
            oldPage
        case temporaryFile, temporaryRecord, strangeFile
        case lostInput, extraInput, changedInput, missingFailure, brokenFailure, twoFailures
    }

    @Test("each kind of damage is named", arguments: Damage.allCases)
    func damaged(_ damage: Damage) async throws {
        if damage == .oldPage {
            let batch = try BatchRun(inspector: Inspector(), output: folder["other"].string)
            _ = try await batch.run(on: InputListing(of: [folder["in/a.png"]]))
        }
        let expected = try plant(damage)
        let found = try await audit().findings
        #expect(Set(found.map(\.code)) == expected, "\(found.map(\.description))")
        #expect(found.allSatisfy { !$0.path.isEmpty && !$0.message.isEmpty })
    }

    /// Does some damage.
    private func plant(_ damage: Damage) throws -> Set<AuditFinding.Code> {
        switch damage {
        case .missingRecord, .extraRecord, .recordOfAFailure, .corruptRecord, .recordAgainstTheSchema,
            .otherRecord:
            return try plantInRecords(damage)
        case .missingPicture, .corruptPicture, .extraPicture, .otherPicture, .smallPicture, .strangePicture,
            .temporaryFile, .temporaryRecord, .strangeFile:
            return try plantFiles(damage)
        case .lostInput, .extraInput, .changedInput, .missingFailure, .brokenFailure, .twoFailures:
            return try plantAmongInputs(damage)
        default: return try plantInRunFiles(damage)
        }
    }

    private func plantInRecords(_ damage: Damage) throws -> Set<AuditFinding.Code> {
        let record = "out/records/a.png.json"
        switch damage {
        case .missingRecord:
            try remove(record)
            return [.recordMissing]
        case .extraRecord:
            try folder.write(Array(text(record).utf8), to: "out/records/z.png.json")
            return [.recordNotListed]
        case .recordOfAFailure:
            try change("out/failures.ndjson") { $0.replacing(#""id":"d.png""#, with: #""id":"a.png""#) }
            return [.recordAndFailure, .inputLost]
        case .corruptRecord:
            try change(record) { String($0.prefix($0.count / 2)) }
            return [.recordBroken]
        case .recordAgainstTheSchema:
            try change(record) { $0.replacing(#""height": 48"#, with: #""height": -48"#) }
            return [.recordSchema]
        default:
            try change(record) { $0.replacing(#""height": 48"#, with: #""height": 49"#) }
            return [.recordDiffers]
        }
    }

    private func plantFiles(_ damage: Damage) throws -> Set<AuditFinding.Code> {
        let picture = "out/annotated/sub/c.png.png"
        switch damage {
        case .missingPicture:
            try remove(picture)
            return [.pictureMissing]
        case .corruptPicture:
            let bytes = try FileContents.read(folder[picture], limit: 1 << 24)
            try folder.write(Array(bytes.prefix(bytes.count / 2)), to: picture)
            return [.pictureBroken]
        case .extraPicture:
            try folder.write(TestPicture.png(), to: "out/annotated/z.png.png")
            return [.pictureNotListed]
        case .otherPicture:
            // Of the same size, and of another input.
            let bytes = try FileContents.read(folder["out/annotated/a.png.png"], limit: 1 << 24)
            try folder.write(bytes, to: picture)
            return [.pictureDiffers]
        case .smallPicture:
            try folder.write(TestPicture.png(), to: picture)
            return [.pictureDiffers]
        case .strangePicture:
            let bytes = try FileContents.read(folder[picture], limit: 1 << 24)
            let drawn = try ImageDecoder().decodeColor(bytes)
            guard case .uint8(let pixels) = drawn.pixels else { throw Errno.invalidArgument }
            try folder.write(ImageEncoder.png(pixels), to: picture)
            return [.pictureDiffers]
        case .temporaryFile:
            try folder.write([1], to: "out/.clearcoat-1a2b.tmp")
            return [.temporaryFile]
        case .temporaryRecord:
            try folder.write([1], to: "out/records/sub/.clearcoat-1a2b.tmp")
            return [.temporaryFile]
        default:
            try folder.write([1], to: "out/records/notes.txt")
            try folder.write([1], to: "out/notes.txt")
            return [.unexpectedFile]
        }
    }

    private func plantAmongInputs(_ damage: Damage) throws -> Set<AuditFinding.Code> {
        let failures = "out/failures.ndjson"
        switch damage {
        case .lostInput:
            try folder.write(TestPicture.png(seed: 9), to: "in/new.png")
            return [.inputLost]
        case .extraInput:
            try remove("in/b.png")
            return [.inputUnknown]
        case .changedInput:
            try folder.write(TestPicture.png(seed: 9), to: "in/b.png")
            return [.inputChanged]
        case .missingFailure:
            try folder.write([], to: failures)
            return [.summaryDiffers, .pageDiffers, .inputLost]
        case .brokenFailure:
            try change(failures) { String($0.dropFirst(3)) }
            return [.lineBroken, .summaryDiffers, .pageDiffers, .inputLost]
        default:
            try change(failures) { $0 + $0 }
            return [.lineRepeated, .summaryDiffers, .pageDiffers]
        }
    }

    private func plantInRunFiles(_ damage: Damage) throws -> Set<AuditFinding.Code> {
        let lines = "out/records.ndjson"
        let summary = "out/summary.json"
        switch damage {
        case .missingLine:
            try change(lines) { $0.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n" }
            return [
                .recordNotListed, .pictureNotListed, .summaryDiffers, .pageDiffers, .tableDiffers, .inputLost,
            ]
        case .extraLine:
            try change(lines) { $0 + ($0.split(separator: "\n").first ?? "") + "\n" }
            return [.lineRepeated, .summaryDiffers, .pageDiffers, .tableDiffers]
        case .cutLine:
            try change(lines) { String($0.dropLast(100)) }
            return [
                .lineBroken, .recordNotListed, .pictureNotListed, .summaryDiffers, .pageDiffers,
                .tableDiffers,
                .inputLost,
            ]
        case .missingLines:
            try remove(lines)
            return [
                .lineBroken, .recordNotListed, .pictureNotListed, .summaryDiffers, .pageDiffers,
                .tableDiffers,
                .inputLost,
            ]
        case .wrongSummary:
            try change(summary) { $0.replacing(#""inspected": 3"#, with: #""inspected": 4"#) }
            return [.summaryDiffers]
        case .noSummary:
            try remove(summary)
            return [.summaryBroken]
        case .brokenSummary:
            try change(summary) { String($0.dropLast(10)) }
            return [.summaryBroken]
        case .unfinished:
            try change(summary) { $0.replacing(#""complete""#, with: #""running""#) }
            return [.unfinished]
        case .otherTable:
            try change("out/findings.csv") { $0.replacing("sub/c.png", with: "sub/d.png") }
            return [.tableDiffers]
        case .noTable:
            try remove("out/findings.csv")
            return [.tableDiffers]
        case .cutPage:
            try change("out/report.html") { String($0.dropLast(1000)) }
            return [.pageBroken]
        case .wrongPage:
            try change("out/report.html") { $0.replacing("4 files", with: "5 files") }
            return [.pageDiffers]
        default:
            // A sound page, of another run.
            let page = try FileContents.read(folder["other/report.html"], limit: 1 << 24)
            try folder.write(page, to: "out/report.html")
            return [.pageDiffers]
        }
    }
}
