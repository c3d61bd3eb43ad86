import ClearcoatFileTestSupport
import Foundation
import SystemPackage

/// One run of the built `clearcoat`, and what came out.
struct CommandRun {
    let status: Int32
    let output: String
    let errors: String

    /// Runs the command to its end.
    init(_ arguments: String..., input: String = "", in folder: TemporaryFolder? = nil) throws {
        try self.init(list: arguments, input: input, in: folder)
    }

    /// Runs the command to its end.
    init(
        list arguments: [String],
        of executable: URL = Self.executable,
        input: String = "",
        in folder: TemporaryFolder? = nil
    ) throws {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder.path.string) }
        // Files and not pipes: nothing waits for anybody, however much is written.
        let streams = try TemporaryFolder()
        let files = try ["in", "out", "err"].map { name in
            let path = streams[name].string
            _ = FileManager.default.createFile(atPath: path, contents: name == "in" ? Data(input.utf8) : nil)
            return try name == "in"
                ? FileHandle(forReadingFrom: URL(fileURLWithPath: path))
                : FileHandle(forWritingTo: URL(fileURLWithPath: path))
        }
        process.standardInput = files[0]
        process.standardOutput = files[1]
        process.standardError = files[2]
        try process.run()
        process.waitUntilExit()
        status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        output = try String(contentsOfFile: streams["out"].string, encoding: .utf8)
        errors = try String(contentsOfFile: streams["err"].string, encoding: .utf8)
    }

    /// Runs a line of the shell.
    static func shell(_ line: String, in folder: TemporaryFolder) throws -> CommandRun {
        try CommandRun(list: ["-c", line], of: URL(fileURLWithPath: "/bin/bash"), in: folder)
    }

    /// Beside the tests themselves.
    static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().appendingPathComponent("clearcoat")

    /// The lines of standard output.
    var lines: [String] { output.split(separator: "\n").map(String.init) }
}
