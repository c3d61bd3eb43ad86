import Clearcoat
import Foundation
import SystemPackage
import Testing

@Suite("FileContents")
struct FileContentsTests {
    @Test("a missing file, a folder, a device and a path through a file each have their error")
    func refusals() {
        func error(_ path: FilePath) -> FileReadError? {
            do throws(FileReadError) {
                _ = try FileContents.read(path, limit: 1000)
                return nil
            } catch {
                return error
            }
        }
        #expect(error("/nowhere/at/all.png") == .notFound)
        #expect(error("/tmp") == .notAFile(kind: "a folder"))
        #expect(error("/dev/zero") == .notAFile(kind: "a device"))
        #expect(error("/etc/passwd/a.png") == .notFound)
    }

    @Test("the limit holds also where the system states no size")
    func limit() throws {
        // Files in /proc say they have 0 bytes and hold more.
        #expect(throws: FileReadError.self) { try FileContents.read("/proc/self/status", limit: 10) }
        #expect(try FileContents.read("/proc/self/status", limit: 100_000).count > 100)
    }

    @Test("what was written to meanwhile is told by its size and its time")
    func changed() throws {
        let path = FilePath("/tmp/clearcoat-\(UInt64.random(in: .min ... .max))")
        defer { try? FileManager.default.removeItem(atPath: path.string) }
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path.string))
        let before = try path.stat()
        #expect(before.hasSameContent(as: try path.stat()))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path.string))
        try file.seekToEnd()
        try file.write(contentsOf: Data([4]))
        try file.close()
        #expect(!before.hasSameContent(as: try path.stat()))
        #expect(try FileContents.read(path, limit: 10) == [1, 2, 3, 4])
    }

    @Test("bytes come as they are")
    func contents() throws {
        let path = FilePath(#filePath)
        let bytes = try FileContents.read(path, limit: 1 << 20)
        #expect(bytes.starts(with: Array("import Clearcoat\n".utf8)))
        #expect(try FileContents.prefix(of: path, count: 6) == Array("import".utf8))
        #expect(try FileContents.prefix(of: path, count: 1 << 20) == bytes)
    }
}
