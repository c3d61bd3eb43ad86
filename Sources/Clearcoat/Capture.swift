public import SystemPackage

/// One view of one part, to be inspected: a file that has not been read yet, or its bytes.
public struct Capture: Sendable, Hashable {
    /// Where the picture comes from.
    public enum Source: Sendable, Hashable {
        /// A PNG or JPEG file, read when its turn comes. The path may hold any bytes.
        case file(FilePath)
        /// The bytes of a PNG or JPEG file, such as a camera's driver hands over.
        case bytes([UInt8])
    }

    /// The capture's name in this batch, and of its record: a relative path such as `left/0017.png`.
    public var id: String
    /// Where the picture comes from.
    public var source: Source
    /// The serial number of the part, when known; goes into the record.
    public var partID: String?

    /// A capture by its name.
    public init(id: String, source: Source, partID: String? = nil) {
        self.id = id
        self.source = source
        self.partID = partID
    }

    /// The file at `path`, named after its last component unless `id` says otherwise.
    public init(file path: FilePath, id: String? = nil) {
        self.init(id: id ?? path.lastComponent?.string ?? path.string, source: .file(path))
    }

    /// The file at `path`, named after its last component unless `id` says otherwise.
    public init(path: String, id: String? = nil) { self.init(file: FilePath(path), id: id) }

    /// What records and messages call the source: the path as given, or `memory`.
    public var sourceDescription: String {
        switch source {
        case .file(let path): path.string
        case .bytes: "memory"
        }
    }
}
