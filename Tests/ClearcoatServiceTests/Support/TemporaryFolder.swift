import Clearcoat
import ClearcoatCodecs
import ClearcoatImage
import Foundation
import SystemPackage

/// A folder of its own for one test, gone when the test is.
final class TemporaryFolder: Sendable {
    let path: FilePath

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(
            "clearcoat-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = FilePath(url.path)
    }

    deinit { try? FileManager.default.removeItem(atPath: path.string) }

    /// The path of `name` in the folder.
    subscript(name: String) -> FilePath { path.pushing(FilePath(name)) }

    /// Writes a file and the folders above it.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> FilePath {
        try FileContents.write(bytes, to: self[name])
        return self[name]
    }

    /// Makes a folder and those above it.
    @discardableResult
    func makeFolder(_ name: String) throws -> FilePath {
        try FileManager.default.createDirectory(atPath: self[name].string, withIntermediateDirectories: true)
        return self[name]
    }

    /// Makes a symbolic link.
    func link(_ name: String, to target: FilePath) throws {
        try FileManager.default.createSymbolicLink(
            atPath: self[name].string,
            withDestinationPath: target.string
        )
    }

    /// Every file below, by its path, with its bytes.
    func contents(of name: String = "") throws -> [String: [UInt8]] {
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

/// Small pictures for tests that need some.
enum TestPicture {
    /// A PNG of plain paint with a dark speck; `seed` makes it differ.
    static func png(seed: UInt64 = 1, width: Int = 64, height: Int = 48) throws -> [UInt8] {
        try ImageEncoder.png(image(seed: seed, width: width, height: height))
    }

    /// The same picture as a JPEG.
    static func jpeg(seed: UInt64 = 1, width: Int = 64, height: Int = 48) throws -> [UInt8] {
        try ImageEncoder.jpeg(image(seed: seed, width: width, height: height))
    }

    static func image(seed: UInt64 = 1, width: Int = 64, height: Int = 48) -> Image<UInt8> {
        var generator = SplitMix64(seed: seed)
        var image = Image<UInt8>(width: width, height: height, filledWith: 160)
        for index in image.samples.indices { image.samples[index] += UInt8(generator.next() % 5) }
        for y in height / 2..<min(height / 2 + 4, height) {
            for x in width / 2..<min(width / 2 + 4, width) { image[x, y] = 60 }
        }
        return image
    }
}
