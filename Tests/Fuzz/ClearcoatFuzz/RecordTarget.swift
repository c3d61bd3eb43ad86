import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports

/// Records read back from a results directory: what reads, written again, reads the same.
struct RecordTarget: FuzzTarget {
    func run(_ bytes: [UInt8]) {
        let violations = RecordSchema.violations(in: bytes)
        promise(violations.allSatisfy { !$0.isEmpty }, "a violation is a sentence")
        do {
            let record = try RecordCoder.record(from: bytes)
            let file = try RecordCoder.file(record)
            promise(try RecordCoder.record(from: file) == record, "a file that reads the same")
            promise(try RecordCoder.file(RecordCoder.record(from: file)) == file, "one written form")
            promise(
                try RecordCoder.record(from: RecordCoder.line(record)) == record,
                "a line that reads the same"
            )
        } catch {
            promise(error.description.utf8.count < 2000, "a message that can be read: \(error)")
            if case .notFinite = error { promise(false, "numbers that were read are finite: \(error)") }
        }
    }

    func seeds() async throws -> [[UInt8]] {
        var samples = ramp(UInt8.self, width: 96, height: 96).samples.map { 120 + $0 / 16 }
        for index in samples.indices { samples[index] += UInt8(index * 7919 % 5) }
        for y in 40..<46 { for x in 50..<55 { samples[y * 96 + x] = 30 } }
        let picture = GrayImage.uint8(Image(width: 96, height: 96, samples: samples))
        var records: [[UInt8]] = []
        for scale in [nil, PhysicalScale(mmPerPixel: 0.065)] {
            var recipe = Recipe()
            recipe.zones = [Zone(name: "A", polygon: ZonesTarget.triangle)]
            var content = try await Inspection(recipe: recipe, scale: scale).run(on: picture)
            content.findings = Array(content.findings.prefix(1))
            content.candidatesDropped = Array(content.candidatesDropped.prefix(1))
            let capture = CaptureDescription(
                id: "a.png",
                source: "in/a.png",
                sha256: String(repeating: "0a", count: 32),
                width: 96,
                height: 96,
                bitDepth: 8,
                orientation: 1,
                mmPerPixel: scale?.mmPerPixel,
                scaleSource: scale.map { _ in "file" },
                partId: nil,
                warnings: ["compressed text was left out"]
            )
            let record = InspectionRecord(
                generator: .init(name: "clearcoat", version: "1"),
                capture: capture,
                recipe: .init(name: "default", sha256: String(repeating: "0b", count: 32)),
                content: content,
                timings: .init(startedAt: "2026-01-01T00:00:00Z", readMs: 1, decodeMs: 2, inspectMs: 3)
            )
            records.append(try RecordCoder.line(record))
        }
        return records
    }

    let words = [
        "\"schemaVersion\":1", "\"findings\":[", "null", "true", "1e308", "-1e308", "1e400",
        "9223372036854775807",
        "-9223372036854775808", "9223372036854775808", "1e-400", "0.1", "\\u0000", "\\ud800", "[[[[[[[[",
        "{\"\":",
        "\"boundingBox\":{\"x\":", "\"contour\":[[", "\"mmPerPixel\":", "\"explanation\":{", "\"unknown\"",
    ]
    let maximumLength = 8192
}
