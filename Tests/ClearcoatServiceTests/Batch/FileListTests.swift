import Clearcoat
import ClearcoatFileTestSupport
import ClearcoatService
import SystemPackage
import Testing

@Suite("FileList", .timeLimit(.minutes(watchdogMinutes)))
struct FileListTests {
    private func paths(
        _ text: String,
        separator: FileList.Separator = .line
    ) async throws -> [String] {
        let (reading, writing) = try FileDescriptor.pipe()
        try writing.writeAll(Array(text.utf8))
        try writing.close()
        var ids: [String] = []
        for await capture in FileList(reading, separator: separator, stop: StopSignal()) {
            ids.append(capture.id)
        }
        try reading.close()
        return ids
    }

    @Test("one capture a line, whatever ends the line")
    func lines() async throws {
        #expect(try await paths("a.png\nb c.png\r\n\n/d/e.png") == ["a.png", "b c.png", "d/e.png"])
        #expect(try await paths("") == [])
        #expect(try await paths("\n\n") == [])
        #expect(
            try await paths("a.png\0b c.png\0\0d.png\ne.png\0") == ["a.png", "b c.png", "d.png", "e.png"]
        )
    }

    @Test("between zero bytes, a name may hold anything")
    func zeroBytes() async throws {
        let text = "a\nb.png\0c.png\r\0\0\n.png\0d.png"
        let names = ["a\nb.png", "c.png\r", "\n.png", "d.png"]
        #expect(try await paths(text, separator: .zero) == names)
        let (reading, writing) = try FileDescriptor.pipe()
        try writing.writeAll(Array(text.utf8))
        try writing.close()
        #expect(try FileList.all(in: reading, separator: .zero) == names.map { FilePath($0) })
        try reading.close()
    }

    @Test("a list that cannot be read is told from one that has ended")
    func unreadable() async throws {
        let directory = try FileDescriptor.open(FilePath("."), .readOnly)
        let list = FileList(directory, stop: StopSignal())
        #expect(list.readError == nil)
        var captures = list.makeAsyncIterator()
        #expect(await captures.next() == nil)
        #expect(list.readError == .isDirectory)
        #expect(throws: Errno.isDirectory) { try FileList.all(in: directory) }
        try directory.close()

        let (reading, writing) = try FileDescriptor.pipe()
        try writing.writeAll(Array("a.png\0b.png".utf8))
        try writing.close()
        #expect(try FileList.all(in: reading) == ["a.png", "b.png"])
        try reading.close()
    }

    @Test("a stop ends the wait for a writer that says nothing")
    func stop() async throws {
        let (reading, writing) = try FileDescriptor.pipe()
        let stop = StopSignal()
        try writing.writeAll(Array("a.png\n".utf8))
        var iterator = FileList(reading, stop: stop).makeAsyncIterator()
        #expect(await iterator.next()?.id == "a.png")
        async let end = iterator.next()
        stop.raise()
        #expect(await end == nil)
        try writing.close()
    }

    @Test("a stop with lines that nobody took ends the list", arguments: [500, 3 * FileList.capacity])
    func stopWithLinesLeft(count: Int) async throws {
        let (reading, writing) = try FileDescriptor.pipe()
        let stop = StopSignal()
        try writing.writeAll(Array(String(repeating: "a.png\n", count: count).utf8))
        try writing.close()
        var iterator = FileList(reading, stop: stop).makeAsyncIterator()
        #expect(await iterator.next()?.id == "a.png")
        stop.raise()
        #expect(await iterator.next() == nil)
    }

    @Test("more lines than are read ahead all come, in order")
    func many() async throws {
        let (reading, writing) = try FileDescriptor.pipe()
        let count = 3 * FileList.capacity
        let writer = Task.detached {
            for index in 0..<count { try writing.writeAll(Array("\(index).png\n".utf8)) }
            try writing.close()
        }
        var next = 0
        for await capture in FileList(reading, stop: StopSignal()) {
            #expect(capture.id == "\(next).png")
            next += 1
        }
        #expect(next == count)
        try await writer.value
        try reading.close()
    }
}
