import Clearcoat
import ClearcoatCodecs
import ClearcoatInspection
import ClearcoatReports
import SystemPackage

/// Everything below one folder: what is to be inspected, what cannot be listed, what is left out.
///
/// Each folder is visited once, so links that lead back up end there; folders that are really there are
/// visited before those that a symbolic link points to. Hidden entries are left out, and so is what lies in
/// folders called `ground_truth`: data sets keep their masks there, which show no paint. So are the records and
/// annotated pictures of earlier results.
struct FolderWalk {
    /// Files below the folder with their path relative to it.
    private(set) var files: [File] = []
    /// Folders that cannot be listed.
    private(set) var unlistable: [(path: FilePath, error: Errno)] = []
    /// How many entries are no images by content nor by name.
    private(set) var ignored = 0

    /// A file that was found.
    struct File {
        /// As the system takes it.
        var path: FilePath
        /// Below the folder that was walked.
        var relative: FilePath
        /// Whether it lies in a folder of ground truth or of results.
        var isLeftOut = false
    }

    private static let truthFolder: FilePath.Component = "ground_truth"
    private static let recordFolder = FilePath.Component(ResultsLayout.records)
    private static let pictureFolder = FilePath.Component(ResultsLayout.annotated)
    private var visited: Set<FileIdentity>
    private var pending: [File] = []
    private var linked: [File] = []

    /// Walks the folder at `path`.
    ///
    /// - Parameters:
    ///   - excluded: folders that are left out with everything below.
    ///   - willList: called with each folder, before it is listed.
    init(
        _ path: FilePath,
        excluding excluded: Set<FileIdentity> = [],
        willList: (File) -> Void = { _ in }
    ) {
        visited = excluded
        pending = [File(path: path, relative: "")]
        while let folder = pending.popLast() ?? nextLinked() { visit(folder, willList) }
        files.sort { $0.relative.bytes.lexicographicallyPrecedes($1.relative.bytes) }
    }

    /// Whether what lies below the folder `name` in another is no paint, or a picture of it that we drew on.
    private static func leavesOut(_ name: FilePath.Component, in folder: FilePath) -> Bool {
        if name == truthFolder { return true }
        guard name == recordFolder || name == pictureFolder else { return false }
        return (try? ResultsReader(at: folder.string))?.isWritten(by: Inspector.generator.name) ?? false
    }

    /// Whether a walk of the folder `root` leaves out what is at a path below it.
    static func leavesOut(_ relative: FilePath, below root: FilePath) -> Bool {
        var folder = root
        for name in relative.components {
            if leavesOut(name, in: folder) { return true }
            folder.append(name)
        }
        return false
    }

    private mutating func nextLinked() -> File? {
        linked.sort { $0.relative.bytes.lexicographicallyPrecedes($1.relative.bytes) }
        return linked.isEmpty ? nil : linked.removeFirst()
    }

    private mutating func visit(_ folder: File, _ willList: (File) -> Void) {
        do throws(Errno) {
            let identity = FileIdentity(try folder.path.stat())
            guard visited.insert(identity).inserted else { return }
            willList(folder)
            for name in try FolderEntries.names(in: folder.path) {
                add(
                    File(
                        path: folder.path.appending(name),
                        relative: folder.relative.appending(name),
                        isLeftOut: folder.isLeftOut || Self.leavesOut(name, in: folder.path)
                    )
                )
            }
        } catch {
            unlistable.append((folder.path, error))
        }
    }

    private mutating func add(_ entry: File) {
        let isLink = (try? entry.path.stat(followTargetSymlink: false))?.type == .symbolicLink
        let type = (try? entry.path.stat())?.type
        if entry.path.isHidden {
            if type != .directory { ignored += 1 }
        } else if type == .directory {
            if isLink { linked.append(entry) } else { pending.append(entry) }
        } else if !entry.isLeftOut, entry.path.isImage(ofType: type) {
            files.append(entry)
        } else {
            ignored += 1
        }
    }
}

extension FilePath {
    /// Whether the name begins with a dot: editors, copy programs and systems keep their own things so.
    var isHidden: Bool { lastComponent?.string.hasPrefix(".") ?? false }

    /// Whether the file is to be inspected: an image by its content; or by its name alone, so that a
    /// broken image is reported and not overlooked.
    func isImage(ofType type: FileType?) -> Bool {
        if let name = self.extension?.lowercased(), Self.imageExtensions.contains(name) { return true }
        if let name = self.extension?.lowercased(), Self.unfinishedExtensions.contains(name) { return false }
        guard type == .regular, let start = try? FileContents.prefix(of: self, count: 8) else { return false }
        return ImageFormat(firstBytes: start) != nil
    }

    /// What programs call a file that they have not finished copying; it gets its real name afterwards.
    private static let unfinishedExtensions: Set<String> = [
        "part", "partial", "tmp", "temp", "filepart", "crdownload", "swp",
    ]

    /// What image files are called, also those of formats that are not read: somebody means them to be
    /// inspected, so they are refused aloud.
    private static let imageExtensions: Set<String> = [
        "png", "apng", "jpg", "jpeg", "jpe", "jfif", "jif", "bmp", "dib", "tif", "tiff", "gif", "webp",
        "heic",
        "heif", "avif", "jp2", "jxl", "pgm", "ppm", "pnm", "dng", "raw", "exr",
    ]
}
