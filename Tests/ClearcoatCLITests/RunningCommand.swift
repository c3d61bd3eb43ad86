import Clearcoat
import ClearcoatFileTestSupport
import Foundation
import SystemPackage

/// A run of the built `clearcoat` that goes on while the test does something to it.
final class RunningCommand {
    private let process = Process()
    private let streams: TemporaryFolder

    /// Starts the command.
    init(_ arguments: String..., input: Pipe? = nil) throws {
        streams = try TemporaryFolder()
        process.executableURL = CommandRun.executable
        process.arguments = arguments
        process.standardInput = input ?? FileHandle.nullDevice
        process.standardOutput = try Self.file(streams["out"])
        process.standardError = try Self.file(streams["err"])
        try process.run()
    }

    deinit { if process.isRunning { send(SIGKILL) } }

    private static func file(_ path: FilePath) throws -> FileHandle {
        _ = FileManager.default.createFile(atPath: path.string, contents: nil)
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path.string))
    }

    /// What it wrote to standard output so far.
    var output: String { text("out") }

    /// What it wrote to standard error so far.
    var errors: String { text("err") }

    private func text(_ name: String) -> String {
        (try? String(contentsOfFile: streams[name].string, encoding: .utf8)) ?? ""
    }

    /// Sends a signal.
    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Its process id.
    var processID: Int32 { process.processIdentifier }

    /// Waits for its end; the exit status, or the negative number of the signal that ended it.
    func end() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Waits until `condition` holds. False when the command ended before.
    @discardableResult
    func wait(until condition: () -> Bool) -> Bool {
        while !condition() {
            guard process.isRunning else { return condition() }
            usleep(200)
        }
        return true
    }

    /// Freezes the command once `condition` holds, so that nothing happens behind the test's back. False when it
    /// ended before.
    func freeze(when condition: () -> Bool) -> Bool {
        guard wait(until: condition) else { return false }
        send(SIGSTOP)
        while process.isRunning {
            // pid (name) state …
            let status = (try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)) ?? ""
            if status.drop(while: { $0 != ")" }).dropFirst(2).first == "T" { return true }
            usleep(200)
        }
        return false
    }

    /// Lets a frozen command go on.
    func thaw() { send(SIGCONT) }
}

extension TemporaryFolder {
    /// A batch from the folder `in` to `out` that is frozen in the middle, with pictures left to do.
    func frozenBatch() throws -> (RunningCommand, count: Int) {
        // More of them should this machine have been so busy that the test came too late.
        for count in [60, 600, 6000] {
            for index in 0..<count { try write(TestPicture.png(seed: UInt64(index)), to: "in/\(index).png") }
            let batch = try RunningCommand(
                "inspect",
                self["in"].string,
                "-o",
                self["out"].string,
                "--jobs",
                "1"
            )
            if batch.freeze(when: { recordCount() > 0 }), recordCount() < count - 20 { return (batch, count) }
        }
        throw Errno.timedOut
    }

    /// Whether there is something of this name.
    func exists(_ name: String) -> Bool { (try? self[name].stat()) != nil }

    /// How many records there are, in one folder.
    func recordCount(in name: String = "out") -> Int {
        let names = try? FileManager.default.contentsOfDirectory(atPath: self[name + "/records"].string)
        return names?.filter { !$0.hasPrefix(".") }.count ?? 0
    }
}
