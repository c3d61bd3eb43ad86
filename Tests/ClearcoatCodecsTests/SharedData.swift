import ClearcoatCodecs
import ClearcoatImage
import Foundation

/// Pictures made by others, kept outside the repository; see each suite for what is in them.
enum SharedData {
    /// In the folder `shared` beside the repository, or where CLEARCOAT_SHARED says that folder is.
    static let folder: URL = {
        let beside = repository.deletingLastPathComponent().appending(path: "shared")
        let named = ProcessInfo.processInfo.environment["CLEARCOAT_SHARED"].map { URL(filePath: $0) }
        return (named ?? beside).appending(path: "data")
    }()

    static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: name).path)
    }

    /// The files below a folder whose name ends so, sorted by path.
    static func files(in name: String, ending: String) -> [URL] {
        let enumerator = FileManager.default.enumerator(
            at: folder.appending(path: name),
            includingPropertiesForKeys: nil
        )
        let files = enumerator?.compactMap { $0 as? URL } ?? []
        return files.filter { $0.lastPathComponent.hasSuffix(ending) }.sorted { $0.path < $1.path }
    }
}

/// The content of a file.
func bytes(of url: URL) throws -> [UInt8] { try [UInt8](Data(contentsOf: url)) }

/// The samples of a colour picture as whole numbers, plane after plane.
func planes(of image: ColorImage) -> [[Int]] {
    switch image {
    case .uint8(let image): [image.red, image.green, image.blue].map { $0.samples.map(Int.init) }
    case .uint16(let image): [image.red, image.green, image.blue].map { $0.samples.map(Int.init) }
    }
}

/// The samples of a gray picture as whole numbers.
func samples(of image: GrayImage) -> [Int] {
    switch image {
    case .uint8(let image): image.samples.map(Int.init)
    case .uint16(let image): image.samples.map(Int.init)
    }
}

/// The largest and the mean difference between two lists of the same length.
func difference(_ a: [Int], _ b: [Int]) -> (maximum: Int, mean: Double) {
    guard a.count == b.count, !a.isEmpty else { return (.max, .infinity) }
    var maximum = 0
    var sum = 0
    for (a, b) in zip(a, b) {
        maximum = max(maximum, abs(a - b))
        sum += abs(a - b)
    }
    return (maximum, Double(sum) / Double(a.count))
}
