import Clearcoat
import ClearcoatFileTestSupport
import ClearcoatService
import Foundation
import Synchronization
import SystemPackage
import Testing

@Suite("DropDirectory", .timeLimit(.minutes(watchdogMinutes)))
struct DropDirectoryTests {
    let folder: TemporaryFolder
    let picture: [UInt8]
    let stop = StopSignal()

    init() throws {
        folder = try TemporaryFolder()
        picture = try TestPicture.png()
        try folder.makeFolder("drop")
    }

    /// What arrives in the folder `drop`; each call waits for the next file.
    private func drop(
        excluding output: String? = nil,
        events: (any FolderEvents)? = nil
    ) throws -> DropDirectory.AsyncIterator {
        DropDirectory(
            folder["drop"],
            excluding: output.map { folder[$0] },
            events: try events ?? Inotify(),
            stop: stop
        ).makeAsyncIterator()
    }

    /// Ends the watching, and says that nothing more was there to deliver.
    private func expectNothingMore(_ drop: inout DropDirectory.AsyncIterator) async throws {
        // Everything that happened so far comes before this file.
        try folder.write(picture, to: "drop/last.png")
        #expect(try await drop.next()?.relative == "last.png")
        stop.raise()
        #expect(try await drop.next() == nil)
    }

    @Test("files that are there at the start come first, in order, and only once")
    func listing() async throws {
        for name in ["b.png", "a.png", "sub/c.png", "notes.txt"] {
            try folder.write(picture, to: "drop/\(name)")
        }
        try folder.write(Array("text".utf8), to: "drop/notes.txt")
        var drop = try drop()
        #expect(try await drop.next()?.relative == "a.png")
        #expect(try await drop.next()?.relative == "b.png")
        #expect(try await drop.next()?.relative == "sub/c.png")
        try await expectNothingMore(&drop)
    }

    @Test(
        "ground truth and earlier results are left out, whether they are there at the start or arrive later"
    )
    func earlierResults() async throws {
        let ours = Array(#"{"generator":{"name":"clearcoat","version":"0.0.1"}}"#.utf8)
        try folder.write(ours, to: "drop/results/summary.json")
        try folder.write(picture, to: "drop/results/annotated/a.png")
        try folder.write(picture, to: "drop/start.png")
        var drop = try drop()
        #expect(try await drop.next()?.relative == "start.png")
        try folder.write(picture, to: "drop/results/annotated/b.png")
        try folder.write(ours, to: "drop/later/summary.json")
        try folder.write(picture, to: "drop/later/annotated/c.png")
        try folder.write(picture, to: "drop/ground_truth/d.png")
        try await expectNothingMore(&drop)
    }

    @Test("a file comes when it is closed, not while it is being written")
    func closeAfterWrite() async throws {
        try folder.write(picture, to: "drop/start.png")
        var drop = try drop()
        #expect(try await drop.next()?.relative == "start.png")
        let file = try FileDescriptor.open(
            folder["drop/a.png"],
            .writeOnly,
            options: .create,
            permissions: .ownerReadWrite
        )
        try file.writeAll(picture.prefix(100))
        try folder.write(picture, to: "drop/b.png")
        #expect(try await drop.next()?.relative == "b.png")
        try file.writeAll(picture.dropFirst(100))
        try file.close()
        let arrived = try await drop.next()
        #expect(arrived?.relative == "a.png")
        #expect(arrived?.isNew == true)
        try await expectNothingMore(&drop)
    }

    @Test("a half-written file that is there at the start waits for its writer")
    func halfWrittenAtTheStart() async throws {
        let file = try FileDescriptor.open(
            folder["drop/a.png"],
            .writeOnly,
            options: .create,
            permissions: .ownerReadWrite
        )
        try file.writeAll(picture.prefix(100))
        try folder.write(picture, to: "drop/b.png")
        var drop = try drop()
        #expect(try await drop.next()?.relative == "b.png")
        try file.writeAll(picture.dropFirst(100))
        try file.close()
        #expect(try await drop.next()?.relative == "a.png")
        try await expectNothingMore(&drop)
    }

    @Test("a file that is announced while it is written again is not taken for a new one")
    func writtenAgain() async throws {
        let path = try folder.write(picture, to: "drop/a.png")
        let events = DeafEvents()
        var drop = try drop(events: events)
        #expect(try await drop.next()?.isNew == true)
        let file = try FileDescriptor.open(path, .writeOnly, options: .append)
        try file.writeAll([0])
        let watch = Int32(events.watched.count)
        events.say([.settled(watch: watch, name: "a.png")])
        events.say([.settled(watch: watch, name: "a.png")]) { try? file.close() }
        // Removed and made anew, it is new.
        events.say([.gone(watch: watch, name: "a.png"), .settled(watch: watch, name: "a.png")])
        let stop = stop
        events.say([]) { stop.raise() }
        let again = try await drop.next()
        #expect(again?.relative == "a.png" && again?.isNew == false)
        #expect(try await drop.next()?.isNew == true)
        #expect(try await drop.next() == nil)
    }

    @Test("a file that is moved in comes; one that is renamed comes under its new name")
    func movedIn() async throws {
        try folder.write(picture, to: "drop/start.png")
        try folder.write(picture, to: "elsewhere/a.png")
        var drop = try drop()
        #expect(try await drop.next()?.relative == "start.png")
        try FileManager.default.moveItem(
            atPath: folder["elsewhere/a.png"].string,
            toPath: folder["drop/a.png"].string
        )
        #expect(try await drop.next()?.relative == "a.png")
        try FileManager.default.moveItem(
            atPath: folder["drop/a.png"].string,
            toPath: folder["drop/z.png"].string
        )
        #expect(try await drop.next()?.relative == "z.png")
        try await expectNothingMore(&drop)
    }

    @Test("announced again without a change, it does not come; with new content, it does")
    func once() async throws {
        try folder.write(picture, to: "drop/a.png")
        var drop = try drop()
        #expect(try await drop.next()?.isNew == true)
        // Opened for writing and closed: announced, and nothing changed.
        for _ in 0..<3 { try FileDescriptor.open(folder["drop/a.png"], .writeOnly).close() }
        try folder.write(picture, to: "drop/b.png")
        #expect(try await drop.next()?.relative == "b.png")
        try folder.write(TestPicture.png(seed: 2, width: 80), to: "drop/a.png")
        let again = try await drop.next()
        #expect(again?.relative == "a.png")
        #expect(again?.isNew == false)
        try await expectNothingMore(&drop)
    }

    @Test("a subfolder is watched from when it appears, and nothing in it is missed")
    func subfolders() async throws {
        try folder.write(picture, to: "drop/start.png")
        var drop = try drop()
        #expect(try await drop.next()?.relative == "start.png")
        // Made, filled and filled below before anybody can have begun to watch it.
        for name in ["new/a.png", "new/deep/er/b.png"] { try folder.write(picture, to: "drop/\(name)") }
        var arrived = Set([try await drop.next()?.relative, try await drop.next()?.relative])
        #expect(arrived == ["new/a.png", "new/deep/er/b.png"])
        try folder.write(picture, to: "drop/new/deep/er/c.png")
        #expect(try await drop.next()?.relative == "new/deep/er/c.png")
        // A whole folder moved in.
        try folder.write(picture, to: "elsewhere/moved/d.png")
        try FileManager.default.moveItem(
            atPath: folder["elsewhere/moved"].string,
            toPath: folder["drop/moved"].string
        )
        #expect(try await drop.next()?.relative == "moved/d.png")
        // Renamed: what comes into it afterwards has the new name.
        try FileManager.default.moveItem(
            atPath: folder["drop/moved"].string,
            toPath: folder["drop/renamed"].string
        )
        #expect(try await drop.next()?.relative == "renamed/d.png")
        try folder.write(picture, to: "drop/renamed/e.png")
        #expect(try await drop.next()?.relative == "renamed/e.png")
        arrived = []
        try await expectNothingMore(&drop)
    }

    @Test("hidden files, unfinished copies and texts do not come, nor does the output folder")
    func leftOut() async throws {
        try folder.makeFolder("drop/results")
        try folder.write(picture, to: "drop/start.png")
        var drop = try drop(excluding: "drop/results")
        #expect(try await drop.next()?.relative == "start.png")
        for name in [".a.png", "b.png.part", "c.tmp", "results/annotated/a.png.png", ".cache/d.png"] {
            try folder.write(picture, to: "drop/\(name)")
        }
        try folder.write(Array("text".utf8), to: "drop/e.txt")
        try await expectNothingMore(&drop)
    }

    @Test("after an overflow the folder is listed again, and what was missed comes")
    func overflow() async throws {
        let events = DeafEvents()
        try folder.write(picture, to: "drop/a.png")
        var drop = try drop(events: events)
        #expect(try await drop.next()?.relative == "a.png")
        try folder.write(picture, to: "drop/b.png")
        try folder.write(picture, to: "drop/sub/c.png")
        events.say([.overflow])
        #expect(try await drop.next()?.relative == "b.png")
        #expect(try await drop.next()?.relative == "sub/c.png")
        #expect(events.watched.suffix(2) == [folder["drop"], folder["drop/sub"]])
        // Listed again, with nothing new.
        events.say([.overflow])
        try folder.write(picture, to: "drop/d.png")
        events.say([.overflow])
        #expect(try await drop.next()?.relative == "d.png")
        stop.raise()
        #expect(try await drop.next() == nil)
    }

    @Test("what nobody announces comes when two listings find it the same")
    func unannounced() async throws {
        let events = DeafEvents()
        try folder.write(picture, to: "drop/a.png")
        try folder.write(picture, to: "elsewhere/b.png")
        var drop = try drop(events: events)
        #expect(try await drop.next()?.relative == "a.png")
        try folder.link("drop/b.png", to: folder["elsewhere/b.png"])
        try folder.write(picture, to: "drop/c.png")
        events.say([.listingDue])
        // Still being written: it is not the same the next time.
        events.say(
            [.listingDue],
            after: { [folder] in
                _ = try? folder.write(TestPicture.png(seed: 3, width: 80), to: "drop/c.png")
            }
        )
        #expect(try await drop.next()?.relative == "b.png")
        events.say([.listingDue])
        let last = try await drop.next()
        #expect(last?.relative == "c.png")
        #expect(last?.isNew == true)
        // Known by now, and no longer there.
        events.say([.listingDue, .listingDue])
        stop.raise()
        #expect(try await drop.next() == nil)
    }

    @Test("the kernel's queue says when a listing is due")
    func listingDue() async throws {
        let events = try Inotify(listingEvery: .milliseconds(1))
        _ = try events.watch(folder["drop"])
        for _ in 0..<3 { #expect(try await events.next().last == .listingDue) }
    }

    @Test("a real overflow of the kernel's queue loses nothing", .timeLimit(.minutes(watchdogMinutes)))
    func realOverflow() async throws {
        try folder.write(picture, to: "drop/start.png")
        var drop = try drop()
        #expect(try await drop.next()?.relative == "start.png")
        // The queue takes 16,384 events by default; each of these makes three.
        let junk = folder["drop/junk"]
        for _ in 0..<7000 {
            let file = try FileDescriptor.open(
                junk,
                .writeOnly,
                options: .create,
                permissions: .ownerReadWrite
            )
            try file.close()
            try FileManager.default.removeItem(atPath: junk.string)
        }
        try folder.write(picture, to: "drop/a.png")
        #expect(try await drop.next()?.relative == "a.png")
        try await expectNothingMore(&drop)
    }

    @Test("a folder that is not there, or goes away, is an error")
    func gone() async throws {
        await #expect(throws: Errno.noSuchFileOrDirectory) {
            var drop = DropDirectory(folder["nowhere"], excluding: nil, events: try Inotify(), stop: stop)
                .makeAsyncIterator()
            _ = try await drop.next()
        }
        try folder.write(picture, to: "drop/a.png")
        var drop = try drop()
        #expect(try await drop.next()?.relative == "a.png")
        try FileManager.default.removeItem(atPath: folder["drop"].string)
        await #expect(throws: Errno.noSuchFileOrDirectory) { _ = try await drop.next() }
    }

    @Test("a stop and a cancellation end the wait")
    func ends() async throws {
        let waiting = Task {
            var drop = try drop()
            return try await drop.next()
        }
        await Task.yield()
        waiting.cancel()
        #expect(try await waiting.value == nil)
        let stopped = Task {
            var drop = try drop()
            return try await drop.next()
        }
        await Task.yield()
        stop.raise()
        #expect(try await stopped.value == nil)
    }
}

/// Events that a test invents; watching has no effect of its own.
private final class DeafEvents: FolderEvents {
    private struct State {
        var turns: [(events: [FolderEvent], action: @Sendable () -> Void)] = []
        var watched: [FilePath] = []
    }

    private let state = Mutex(State())

    var watched: [FilePath] { state.withLock(\.watched) }

    /// What ``next()`` answers in its turn, after some action.
    func say(_ events: [FolderEvent], after action: @escaping @Sendable () -> Void = {}) {
        state.withLock { $0.turns.append((events, action)) }
    }

    func watch(_ folder: FilePath) throws(Errno) -> Int32 {
        state.withLock { state in
            state.watched.append(folder)
            return Int32(state.watched.count)
        }
    }

    func unwatch(_ watch: Int32) {}

    func next() async throws(Errno) -> [FolderEvent] {
        let turn = state.withLock { state in state.turns.isEmpty ? nil : state.turns.removeFirst() }
        turn?.action()
        return turn?.events ?? []
    }

    func wake() {}
}
