import Clearcoat
import ClearcoatCodecs
import ClearcoatImage
import ClearcoatReports
import FoundationEssentials
import SystemPackage

/// A folder for the benchmark's files, gone when the benchmark is done.
struct WorkFolder {
    /// Where it is.
    let path: FilePath

    /// Makes a folder of its own among the system's temporary files, and removes it after `body`.
    static func with<Result>(_ body: (WorkFolder) async throws -> Result) async throws -> Result {
        let name = "clearcoat-bench-" + String(UInt64.random(in: .min ... .max), radix: 36)
        let folder = FileManager.default.temporaryDirectory.path + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(WorkFolder(path: FilePath(folder)))
    }

    /// A folder with copies of one file: `00000.jpg` and so on.
    func pictures(_ name: String, count: Int, bytes: (Int) throws -> [UInt8]) throws -> FilePath {
        let folder = path.appending(name)
        for index in 0..<count {
            let number = String(100_000 + index).dropFirst()
            try AtomicFile.write(bytes(index), to: folder.appending("\(number).jpg").bytes)
        }
        return folder
    }

    /// Calls `body` with a new folder for results, which is removed after it.
    func withResults<Result>(_ body: (FilePath) async throws -> Result) async throws -> Result {
        let results = path.appending("results")
        defer { try? FileManager.default.removeItem(atPath: results.string) }
        return try await body(results)
    }

    /// How many files and folders there are in a folder; 0 when there is no such folder.
    static func fileCount(in folder: FilePath) -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.string).count) ?? 0
    }
}
