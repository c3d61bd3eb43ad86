import ClearcoatCodecs
import Foundation
import Testing

/// The pairs of JPEG and PNG of the Rust crate jpeg-decoder: odd sizes, samplings, restarts, inks.
@Suite(
    .enabled(
        if: SharedData.has("jpeg-reference"),
        "the folder jpeg-reference is missing, see INDEX.md of the shared data"
    )
)
struct JPEGReferenceTests {
    /// What libjpeg reads on with a warning although image data is lost.
    static let incomplete = [
        "partial_progressive.jpg": "image.truncated",  // a scan ends early
        "progressive-missing-dc.jpg": "image.malformed",  // without the mean of each block
    ]

    @Test func everySequentialOrProgressiveFileLooksLikeItsReference() throws {
        var count = 0
        for file in SharedData.files(in: "jpeg-reference", ending: ".jpg") {
            let name = file.lastPathComponent
            let png = file.deletingPathExtension().appendingPathExtension("png")
            guard FileManager.default.fileExists(atPath: png.path), Self.incomplete[name] == nil else {
                continue
            }
            guard !file.path.contains("/lossless/") else { continue }
            let decoded = planes(of: try ImageDecoder().decodeColor(bytes(of: file)).pixels)
            let reference = try ImageDecoder().decodeColor(bytes(of: png))
            for (plane, expected) in zip(decoded, planes(of: reference.pixels)) {
                // Some references repeat each sample in both bytes of 16 bits.
                let expected =
                    reference.metadata.bitDepth == 16 ? expected.map { ($0 + 128) / 257 } : expected
                let (maximum, mean) = difference(plane, expected)
                #expect(maximum <= 3 && mean < 0.3, "\(name): \(maximum), \(mean)")
            }
            count += 1
        }
        #expect(count == 35)
    }

    @Test func losslessFilesAreNotSupported() throws {
        var count = 0
        for file in SharedData.files(in: "jpeg-reference", ending: ".jpg")
        where file.path.contains("/lossless/") {
            let error = try #require(throws: ImageDecodingError.self) {
                try ImageDecoder().decodeGray(bytes(of: file))
            }
            #expect(error.code == "image.unsupported", "\(file.lastPathComponent): \(error)")
            #expect(error.description.contains("lossless"), "\(error)")
            count += 1
        }
        #expect(count == 11)
    }

    @Test func lostImageDataIsAnErrorAlthoughLibjpegOnlyWarns() throws {
        for (name, code) in Self.incomplete {
            let content = try bytes(of: SharedData.folder.appending(path: "jpeg-reference/images/\(name)"))
            let error = try #require(throws: ImageDecodingError.self) {
                try ImageDecoder().decodeColor(content)
            }
            #expect(error.code == code, "\(name): \(error)")
        }
    }
}
