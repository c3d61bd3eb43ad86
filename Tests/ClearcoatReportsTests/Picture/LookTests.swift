import ClearcoatCodecs
import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports
import Foundation
import Testing

private let lookFolder = ProcessInfo.processInfo.environment["CLEARCOAT_LOOK"]

/// Pictures and pages for a person to look at: set CLEARCOAT_LOOK to a folder.
@Suite(.enabled(if: lookFolder != nil, "set CLEARCOAT_LOOK to a folder to get pictures to look at"))
struct LookTests {
    @Test(arguments: [
        (640, 480, 0.8, 8, false), (1000, 1000, 0.15, 12, false), (5472, 3648, 0.75, 30, false),
        (4096, 3000, 0.1, 40, true), (480, 640, 0.5, 60, false), (60, 40, 0.7, 1, false),
        (1600, 1200, 0.9, 0, false),
    ])
    func annotatedPictures(width: Int, height: Int, shade: Double, count: Int, is16Bit: Bool) throws {
        let folder = try #require(lookFolder)
        let panel = try SyntheticPanel(
            width: width,
            height: height,
            shade: shade,
            count: count,
            is16Bit: is16Bit,
            calibrated: count != 12,
            seed: UInt64(width + count)
        )
        let clock = ContinuousClock()
        var bytes: [UInt8] = []
        var pieces = try AnnotatedPicture(of: panel.record, on: panel.image).png()
        let time = try clock.measure {
            let picture = AnnotatedPicture(of: panel.record, on: panel.image, areas: panel.areas)
            pieces = try picture.png(withThumbnail: true)
            while let piece = pieces.next() { bytes += piece }
        }
        print("\(width) x \(height), \(count) findings: \(time), \(bytes.count) bytes")
        let name = "\(folder)/\(width)x\(height)"
        try Data(bytes).write(to: URL(fileURLWithPath: name + ".png"))
        let thumbnail = try #require(pieces.thumbnail)
        try Data(ImageEncoder.png(thumbnail)).write(to: URL(fileURLWithPath: name + "-small.png"))
    }

    @Test func page() async throws {
        let folder = try #require(lookFolder) + "/results"
        var generator = SplitMix64(seed: 9)
        let hostile = [
            "<script>alert(1)</script>.png", "a\"onerror=\"alert(1).png", "zeile\n2 'quoted'.png",
            "\u{202E}gnp.exe.png",
            "مرحبا/صورة.png", "#?%20&amp;.png", "-->]]>.png", "Tür links/面漆.png",
        ]
        let run = RunDescription(
            generator: SyntheticRecords.generator,
            recipe: .init(name: "hood </title><script>alert(2)</script>", sha256: SyntheticRecords.hash),
            recipeText:
                "name: hood\nzones:\n  - { name: \"</pre><script>alert(3)</script>\", polygon: [[0,0]] }\n"
        )
        let results = try ResultsDirectory(at: folder, for: run)
        for order in 0..<40 {
            var panel = try SyntheticPanel(
                width: 800,
                height: 600,
                shade: order % 3 == 0 ? 0.2 : 0.8,
                count: order % 4 == 3 ? 0 : 1 + order % 7,
                calibrated: true,
                seed: UInt64(order)
            )
            let zones = ["A", "B", "C <b>", nil]
            for index in panel.record.findings.indices {
                panel.record.findings[index].zone = zones[index % 4]
                panel.record.findings[index].class =
                    DefectClass.allCases[Int.random(in: 0..<9, using: &generator)]
                panel.record.findings[index].severity =
                    Severity.allCases[Int.random(in: 0..<4, using: &generator)]
                panel.record.findings[index].explanation.text =
                    "A dark spot of 0.62 mm, 7.4 σ against 5.2 σ; sharp edge, so an inclusion <i>."
            }
            let dropped = SyntheticRecords.droppedCandidate(using: &generator)
            panel.record.candidatesDropped = try SyntheticRecords.record(
                findings: [],
                dropped: [dropped],
                using: &generator
            ).candidatesDropped
            panel.record.verdict =
                panel.record.findings.map(\.explanation.limits).contains { !$0.isEmpty }
                ? [.reject, .rework][order % 2] : .accept
            if order % 11 == 10 { panel.record.verdict = .cannotJudge }
            if panel.record.verdict == .accept { panel.record.reasons = [] }
            panel.record.capture.id = order < hostile.count ? hostile[order] : "line 1/\(order)_hood.png"
            try await results.write(panel.record, picture: panel.image, at: order)
        }
        for (order, name) in ["cut.jpg", "<img src=x onerror=alert(4)>.png"].enumerated() {
            let failure = InspectionFailure(
                code: "decode.truncated",
                message: "cut short: 120 of 3000 rows",
                path: name
            )
            try await results.write(failure, at: 100 + order)
        }
        try await results.finish(
            timings: RunTimings(startedAt: "2026-11-23T13:00:00Z", seconds: 12.4, megapixelsPerSecond: 118)
        )
    }

    @Test func explanation() async throws {
        let folder = try #require(lookFolder)
        let panel = try SyntheticPanel(width: 1000, height: 700, shade: 0.7, count: 5, seed: 5)
        let trace = try await Inspection(recipe: Recipe()).trace(on: panel.image)
        let run = SyntheticRecords.recipe
        let record = InspectionRecord(
            generator: SyntheticRecords.generator,
            capture: panel.record.capture,
            recipe: run,
            content: trace.content,
            timings: nil
        )
        try ExplainDirectory.write(record, of: panel.image, stages: trace.stages, to: folder + "/why")
    }
}
