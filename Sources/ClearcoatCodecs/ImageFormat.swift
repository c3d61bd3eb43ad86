/// A file format this package reads and writes.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable {
    /// Portable Network Graphics, ISO/IEC 15948.
    case png = "PNG"
    /// JPEG, ISO/IEC 10918-1, alone or in a JFIF or EXIF file.
    case jpeg = "JPEG"

    /// Tells the format by how the file begins, whatever its name says; nil when it is neither.
    public init?(firstBytes bytes: some Sequence<UInt8>) {
        let start = Array(bytes.prefix(8))
        if start == Self.pngSignature {
            self = .png
        } else if start.starts(with: [0xff, 0xd8, 0xff]) {
            self = .jpeg
        } else {
            return nil
        }
    }

    static let pngSignature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
}
