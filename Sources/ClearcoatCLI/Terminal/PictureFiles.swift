import ArgumentParser
import Clearcoat
import ClearcoatCodecs
import ClearcoatImage
import ClearcoatReports
import SystemPackage

/// Reading and writing single pictures for the commands that work on one.
enum PictureFiles {
    /// The gray picture in a file, with what the file says about it.
    ///
    /// - Throws: the exit status for an input that cannot be read, after telling why.
    static func read(_ path: String) throws -> DecodedImage<GrayImage> {
        do {
            let bytes = try FileContents.read(FilePath(path), limit: InspectorOptions().maximumFileBytes)
            return try ImageDecoder().decodeGray(bytes)
        } catch {
            StandardError.complain("\(path): \(error)")
            throw ExitCode.someFailed
        }
    }

    /// The colours of the picture in a file that was read before; nil when it has none.
    static func colour(_ path: String) -> ColourCells? {
        let bytes = try? FileContents.read(FilePath(path), limit: InspectorOptions().maximumFileBytes)
        return bytes.flatMap { try? ImageDecoder().decodeGrayAndColour($0).colour }
    }

    /// Writes a file whole or not at all.
    ///
    /// - Throws: the exit status for an output that cannot be written, after telling why.
    static func write(_ bytes: [UInt8], to path: FilePath) throws {
        do {
            try AtomicFile.write(bytes, to: path.bytes)
        } catch {
            throw error.reported
        }
    }
}
