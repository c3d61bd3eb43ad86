import ClearcoatCodecs
import ClearcoatImage
import Foundation
import Testing

/// PngSuite by Willem van Schaik: every colour type, depth, interlacing, filter and transparency.
@Suite(
    .enabled(
        if: SharedData.has("pngsuite"),
        "the folder pngsuite is missing, see INDEX.md of the shared data"
    )
)
struct PNGSuiteTests {
    @Test func everySoundFileHasExactlyItsSamples() throws {
        var count = 0
        for file in SharedData.files(in: "pngsuite/png", ending: ".png")
        where !file.lastPathComponent.hasPrefix("x") {
            let name = file.deletingPathExtension().lastPathComponent
            let json = SharedData.folder.appending(path: "pngsuite/json/\(name).json")
            let expected = try JSONDecoder().decode([Int].self, from: Data(contentsOf: json))
            let content = try bytes(of: file)
            let decoder = ImageDecoder()
            let planes: [[Int]] =
                if try decoder.metadata(of: content).bitDepth == 16 {
                    try decoder.decodeStoredRGBA(content, as: UInt16.self).map { $0.samples.map(Int.init) }
                } else {
                    try decoder.decodeStoredRGBA(content, as: UInt8.self).map { $0.samples.map(Int.init) }
                }
            let decoded = planes[0].indices.flatMap { index in planes.map { $0[index] } }
            #expect(decoded == expected, "\(name)")
            count += 1
        }
        #expect(count == 161)
    }

    @Test func everyCorruptFileIsRefused() throws {
        let files = SharedData.files(in: "pngsuite/png", ending: ".png").filter {
            $0.lastPathComponent.hasPrefix("x")
        }
        #expect(files.count == 14)
        for file in files {
            let content = try bytes(of: file)
            #expect(throws: ImageDecodingError.self, "\(file.lastPathComponent)") {
                try ImageDecoder().decodeGray(content)
            }
            #expect(throws: ImageDecodingError.self, "\(file.lastPathComponent)") {
                try ImageDecoder().decodeColor(content)
            }
        }
    }
}
