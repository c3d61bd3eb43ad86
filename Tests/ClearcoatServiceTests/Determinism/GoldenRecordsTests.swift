import Clearcoat
import ClearcoatFileTestSupport
import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports
import ClearcoatSimulator
import Foundation
import SystemPackage
import Testing

/// What is found on some panels, held against what was found before: any change of a result fails here.
///
/// The panels are painted at the time of the test; `Tests/Golden/records` has the records alone. A change
/// that is intended is accepted with
///
///     CLEARCOAT_ACCEPT_GOLDEN=1 swift test -c release --filter GoldenRecords
///
/// which writes the records anew and fails once, so that nobody accepts without knowing. Then look at the
/// difference that git shows, and commit it with the reason.
@Suite("GoldenRecords", .timeLimit(.minutes(watchdogMinutes)))
struct GoldenRecordsTests {
    private static let folder = FilePath(#filePath).removingLastComponent().removingLastComponent()
        .removingLastComponent().appending("Golden").appending("records")

    private static let isAccepting = ProcessInfo.processInfo.environment["CLEARCOAT_ACCEPT_GOLDEN"] == "1"

    @Test("the records of the test panels are those that were accepted", arguments: TestPanel.all.indices)
    func sameRecord(index: Int) async throws {
        let name = TestPanel.all[index].name
        let image = TestPanel.image(index)
        let record = InspectionRecord(
            // Not of this version: a new number alone changes no result.
            generator: .init(name: "golden", version: "0"),
            capture: CaptureDescription(
                id: name,
                source: "simulator",
                sha256: Self.hash(of: image),
                width: image.width,
                height: image.height,
                bitDepth: 8,
                orientation: 1,
                mmPerPixel: 0.065,
                scaleSource: "file",
                partId: nil,
                warnings: []
            ),
            recipe: .init(
                name: Recipe().name,
                sha256: SHA256Digest(of: Array(Recipe().yaml.utf8)).hexadecimal
            ),
            content: try await Inspector().inspect(image, scale: PhysicalScale(mmPerPixel: 0.065)),
            timings: nil
        )
        let found = try RecordCoder.file(record)
        #expect(RecordSchema.violations(in: found) == [])
        let path = Self.folder.appending("\(name).json")
        let expected = (try? FileContents.read(path, limit: 1 << 24)) ?? []
        if found == expected { return }
        if Self.isAccepting {
            try AtomicFile.write(found, to: path.bytes)
            Issue.record("\(name): recorded anew; look at the difference and commit it")
        } else {
            Issue.record("\(name): \(Self.firstDifference(found, expected))")
        }
    }

    @Test("every accepted record has its panel")
    func noneLeft() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.string)
        let records = names.filter { $0.hasSuffix(".json") }
        #expect(records.sorted() == TestPanel.all.map { "\($0.name).json" }.sorted())
    }

    private static func hash(of image: GrayImage) -> String {
        guard case .uint8(let image) = image else { return "" }
        return SHA256Digest(of: image.samples).hexadecimal
    }

    private static func firstDifference(_ found: [UInt8], _ expected: [UInt8]) -> String {
        let lines = [found, expected].map { String(decoding: $0, as: UTF8.self).split(separator: "\n") }
        for (number, (new, old)) in zip(lines[0], lines[1]).enumerated() where new != old {
            let isPixels = new.contains("\"sha256\"")
            return "line \(number + 1) is \(new), not \(old)"
                + (isPixels ? " (the panel itself is another)" : "")
        }
        return "\(lines[0].count) lines instead of \(lines[1].count)"
    }
}
