import Clearcoat
import ClearcoatFileTestSupport
import Foundation
import SystemPackage
import Testing

/// A worker that runs on and on needs no more in the end than in the beginning.
///
/// In a process of its own, so that nothing but the worker is measured. The long form of this is `Soak`, in the
/// tests of the service.
@Suite("clearcoat, steady state", .timeLimit(.minutes(watchdogMinutes)))
struct SteadyStateTests {
    /// What a process holds while it waits.
    private struct Holdings {
        var bytes: Int
        /// The most it ever held.
        var peak: Int
        var descriptors: Int

        init(of processID: Int32) throws {
            let status = try String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)
            func bytes(_ name: String) throws -> Int {
                let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
                return try #require(line?.split { " \t".contains($0) }.dropFirst().first.flatMap { Int($0) })
                    * 1024
            }
            self.bytes = try bytes("VmRSS:")
            peak = try bytes("VmHWM:")
            descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(processID)/fd").count
        }
    }

    @Test("hundreds of good and broken pictures later, memory is flat and every descriptor is back")
    func worker() throws {
        let folder = try TemporaryFolder()
        let count = 50
        for index in 0..<count { try folder.write(SoakFile.bytes(index), to: "\(index).png") }
        let list = Pipe()
        let worker = try RunningCommand(
            "inspect",
            "--files-from",
            "-",
            "--ndjson",
            "--jobs",
            "2",
            input: list
        )
        let paths = (0..<count).map { folder["\($0).png"].string + "\n" }.joined()
        var course: [Holdings] = []
        for round in 1...8 {
            try list.fileHandleForWriting.write(contentsOf: Data(paths.utf8))
            worker.wait { worker.output.count(where: { $0 == "\n" }) == round * count }
            course.append(try Holdings(of: worker.processID))
        }
        try list.fileHandleForWriting.close()
        #expect(worker.end() == 2)
        let failed = worker.output.split(separator: "\n").count { $0.contains(#""error""#) }
        #expect(failed == 8 * count / 2)
        // The first rounds fill caches and the allocator's pools. A leak of one small picture for each inspection
        // (7 kB, 300 of them) would be twice the bound.
        let growth = course[7].bytes - course[1].bytes
        #expect(isSanitized || growth < 1_000_000, "\(course.map(\.bytes))")
        #expect(Set(course.map(\.descriptors)).count == 1, "\(course.map(\.descriptors))")
        // A tenth of the pictures claim 4 billion pixels.
        #expect(isSanitized || course[7].peak < 200_000_000, "\(course[7].peak)")
        #expect(try folder.contents().count == count, "nothing is left beside the pictures")
    }
}
