import ClearcoatCodecs
import Foundation
import Testing

/// The pairs of JPEG and PNG of the Rust crate jpeg-decoder.
@Suite(.enabled(if: SharedData.has("jpeg-reference"), "the folder jpeg-reference is missing, see INDEX.md of the shared data"))
struct JPEGReferenceTests {
    @Test func everyFileLooksLikeItsReference() throws {
        for file in SharedData.files(in: "jpeg-reference", ending: ".jpg") {
            do {
                let decoded = try ImageDecoder().decodeColor(bytes(of: file))
                print(file.lastPathComponent, decoded.metadata.colorKind, decoded.metadata.warnings, terminator: " ")
                let png = file.deletingPathExtension().appendingPathExtension("png")
                guard FileManager.default.fileExists(atPath: png.path) else { print("no png"); continue }
                let reference = try ImageDecoder().decodeColor(bytes(of: png)).pixels
                print(zip(planes(of: decoded.pixels), planes(of: reference)).map { difference($0, $1) })
            } catch { print(file.lastPathComponent, error) }
        }
    }
}
