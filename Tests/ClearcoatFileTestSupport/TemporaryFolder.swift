import Clearcoat
import ClearcoatReports
import Foundation
package import SystemPackage

/// A folder of its own for one test, gone when the test is.
package final class TemporaryFolder: Sendable {
    /// Where it is.
    package let path: FilePath

    /// Makes it.
    package init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(
            "clearcoat-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = FilePath(url.path)
    }

    deinit { try? FileManager.default.removeItem(atPath: path.string) }

    /// The path of `name` in the folder.
    package subscript(name: String) -> FilePath { path.pushing(FilePath(name)) }

    /// Writes a file and the folders above it.
    @discardableResult
    package func write(_ bytes: [UInt8], to name: String) throws -> FilePath {
        try AtomicFile.write(bytes, to: self[name].bytes)
        return self[name]
    }

    /// Makes a folder and those above it.
    @discardableResult
    package func makeFolder(_ name: String) throws -> FilePath {
        try FileManager.default.createDirectory(atPath: self[name].string, withIntermediateDirectories: true)
        return self[name]
    }

    /// Moves a file, and makes the folders above its new place.
    package func move(_ name: String, to other: String) throws {
        try write([], to: other)
        try FileManager.default.removeItem(atPath: self[other].string)
        try FileManager.default.moveItem(atPath: self[name].string, toPath: self[other].string)
    }

    /// Makes a pipe with a name.
    package func makePipe(_ name: String) throws {
        guard unsafe mkfifo(self[name].string, 0o600) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Makes a symbolic link.
    package func link(_ name: String, to target: FilePath) throws {
        try FileManager.default.createSymbolicLink(
            atPath: self[name].string,
            withDestinationPath: target.string
        )
    }

    /// Every file below, by its path, with its bytes.
    package func contents(of name: String = "") throws -> [String: [UInt8]] {
        let root = name.isEmpty ? path : self[name]
        var contents: [String: [UInt8]] = [:]
        for case let file as String in FileManager.default.enumerator(atPath: root.string) ?? .init() {
            let path = root.pushing(FilePath(file))
            if try path.stat().type == .regular {
                contents[file] = try FileContents.read(path, limit: 1 << 30)
            }
        }
        return contents
    }
}
