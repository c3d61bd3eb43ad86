import Clearcoat
import ClearcoatFileTestSupport
import ClearcoatReports
import ClearcoatService
import Foundation
import SystemPackage
import Testing

/// Many inspections in one process: memory stays flat, no descriptor and no temporary file is left.
///
/// The ordinary run takes a few hundred. The long one:
///
///     CLEARCOAT_SOAK=5000 nice -n 19 swift test -c release --filter Soak
@Suite("Soak", .serialized)
struct SoakTests {
    private static let wanted = ProcessInfo.processInfo.environment["CLEARCOAT_SOAK"].flatMap { Int($0) }

    @Test("good and broken files by the hundred leave nothing behind")
    func inspections() async throws {
        let count = Self.wanted ?? 200
        let folder = try TemporaryFolder()
        for index in 0..<count { try folder.write(Self.file(index), to: "in/\(index % 40)/\(index).png") }
        let descriptors = Self.openFiles()
        var memory: [Int] = []
        do {
            var options = BatchRun.Options()
            options.drawsPictures = true
            let batch = try BatchRun(inspector: Inspector(), output: folder["out"].string, options: options)
            let result = try await batch.run(on: InputListing(of: [folder["in"]])) { progress, _ in
                if (progress.done * 10).isMultiple(of: count) { memory.append(ProcessMemory.bytes ?? 0) }
            }
            #expect(result.summary.files.total == count)
            #expect(result.summary.files.failed > count / 5)
        }
        if Self.wanted != nil {
            let megabytes = memory.map { Double($0 / 100_000) / 10 }
            print("soak: \(count) inspections; resident MB after each tenth: \(megabytes)")
            print("soak: descriptors \(descriptors) before, \(Self.openFiles()) after")
            // From a tenth on, nothing may grow by more than what a few numbers a capture take.
            let growth = (memory.last ?? 0) - (memory.first ?? 0)
            #expect(growth < count * 1000 + 8_000_000, "grew by \(growth) bytes")
            #expect(Self.openFiles() <= descriptors, "\(Self.openFiles()) files open, \(descriptors) before")
        }
        for name in try folder.contents(of: "out").keys { #expect(!name.hasSuffix(".tmp"), "\(name)") }
        let audit = try await Audit(of: folder["out"].string, inputs: [folder["in"]]).run()
        #expect(audit.findings == [])
    }

    /// Good files, and five kinds of broken ones.
    private static func file(_ index: Int) throws -> [UInt8] {
        let png = try TestPicture.png(seed: UInt64(index), width: 96, height: 72)
        switch index % 10 {
        case 0: return Array(png.prefix(png.count / 2))
        case 1: return []
        case 2: return Array("GIF89a, or so it says".utf8)
        case 3:
            var bent = png
            bent[png.count / 2] ^= 0x55
            return bent
        case 4:
            var huge = png
            huge.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])
            return huge
        default:
            return index % 2 == 0 ? png : try TestPicture.jpeg(seed: UInt64(index), width: 96, height: 72)
        }
    }

    private static func openFiles() -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
    }
}
