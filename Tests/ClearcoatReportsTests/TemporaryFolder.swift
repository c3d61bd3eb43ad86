import Foundation

/// A new empty folder, removed with everything in it when the test lets go of it.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "clearcoat-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    }

    func put(_ name: String, _ text: String = "x") throws {
        try text.write(toFile: path + "/" + name, atomically: false, encoding: .utf8)
    }

    func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)
    }

    /// Every file below a folder with its bytes.
    func tree(_ folder: String) throws -> [String: Data] {
        let top = path + "/" + folder
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: top) {
            var isDirectory: ObjCBool = false
            _ = unsafe FileManager.default.fileExists(atPath: top + "/" + name, isDirectory: &isDirectory)
            if !isDirectory.boolValue { files[name] = FileManager.default.contents(atPath: top + "/" + name) }
        }
        return files
    }
}
