import Clearcoat
import ClearcoatFileTestSupport
import ClearcoatReports
import ClearcoatService
import Foundation
import SystemPackage
import Testing

/// Many inspections in one process: memory stays flat, no descriptor and no temporary file is left.
///
/// The ordinary run takes a few hundred, of whose results nothing may be missing; memory is measured in a process of its
/// own then (`SteadyStateTests`), since other tests run beside this one. The long one measures it here:
///
///     CLEARCOAT_SOAK=5000 nice -n 19 swift test -c release --filter Soak
@Suite("Soak", .serialized)
struct SoakTests {
    private static let wanted = ProcessInfo.processInfo.environment["CLEARCOAT_SOAK"].flatMap { Int($0) }

    @Test("a batch of good and broken files leaves nothing behind but its results")
    func batch() async throws {
        let count = Self.wanted ?? 200
        let folder = try TemporaryFolder()
        for index in 0..<count {
            try folder.write(SoakFile.bytes(index), to: "in/\(index % 40)/\(index).png")
        }
        var course = Course("batch", of: count)
        do {
            let batch = try BatchRun(inspector: Inspector(), output: folder["out"].string)
            let result = try await batch.run(on: InputListing(of: [folder["in"]])) { progress, _ in
                course.note(progress.done)
            }
            #expect(result.summary.files.total == count)
            #expect(result.summary.files.failed > count / 5)
        }
        // A few numbers a capture, and what the page shows, which is bounded.
        if Self.wanted != nil { course.expect(bytesPerCapture: 1500) }
        for name in try folder.contents(of: "out").keys { #expect(!name.hasSuffix(".tmp"), "\(name)") }
        let audit = try await Audit(of: folder["out"].string, inputs: [folder["in"]]).run()
        #expect(audit.findings == [])
    }

    @Test("a stream of good and broken files leaves nothing at all")
    func stream() async throws {
        let count = Self.wanted ?? 200
        let folder = try TemporaryFolder()
        for index in 0..<50 { try folder.write(SoakFile.bytes(index), to: "\(index).png") }
        var course = Course("stream", of: count)
        var failed = 0
        let captures = (0..<count).map { Capture(file: folder["\($0 % 50).png"]) }
        var options = InspectorOptions()
        options.keepsPictures = false
        var done = 0
        for await outcome in Inspector(options: options).outcomes(of: captures) {
            if case .failed = outcome { failed += 1 }
            done += 1
            course.note(done)
        }
        #expect(done == count && failed == count / 2)
        if Self.wanted != nil { course.expect(bytesPerCapture: 100) }
    }

    /// How memory and descriptors went.
    private struct Course {
        let name: String
        let count: Int
        let descriptors = SoakTests.openFiles()
        var memory: [Int] = []

        init(_ name: String, of count: Int) {
            self.name = name
            self.count = count
        }

        mutating func note(_ done: Int) {
            if (done * 10).isMultiple(of: count) { memory.append(ProcessMemory.bytes ?? 0) }
        }

        /// Expects no growth but so much, once a fifth has filled what is bounded.
        func expect(bytesPerCapture: Int) {
            print(
                "soak: \(name) of \(count): MB after each tenth \(memory.map { Double($0 / 100_000) / 10 })"
            )
            print("soak: \(name): \(descriptors) descriptors before, \(SoakTests.openFiles()) after")
            let growth = (memory.last ?? 0) - (memory.dropFirst().first ?? 0)
            #expect(growth < count * bytesPerCapture + 4_000_000, "grew by \(growth) bytes")
            #expect(SoakTests.openFiles() <= descriptors)
        }
    }

    private static func openFiles() -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
    }
}
