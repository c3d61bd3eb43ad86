public import Clearcoat
import ClearcoatReports
public import SystemPackage

/// What the inputs of a batch come to: every capture by its name in the results, in the order of those
/// names, and everything that cannot be a capture. The order of the inputs cannot be seen in it.
public struct InputListing: Sendable {
    /// What is to be inspected, ordered by the bytes of its name.
    public private(set) var captures: [Capture] = []
    /// Inputs that are no capture: folders that cannot be listed or hold no image.
    public private(set) var failures: [CaptureFailure] = []
    /// How many files in the folders are no images, neither by content nor by name.
    public private(set) var ignored = 0
    /// How often a file is named that another input names already: it is inspected once.
    public private(set) var repeated = 0
    /// Which files are captures already.
    private var known: Set<FilePlace> = []

    /// Lists files and folders, folders with everything below them.
    ///
    /// A path that names no folder is a capture whatever is there, and fails in its turn if it is no
    /// image. In folders, a file is a capture when it is a PNG or JPEG by its content, whatever its
    /// name, or when its name says that it is an image.
    ///
    /// - Parameters:
    ///   - inputs: as given; `InputNames` says how they are called in the results.
    ///   - output: where the results go. Lying below an input, it is not listed.
    public init(of inputs: [FilePath], excluding output: FilePath? = nil) {
        let excluded = Set([output].compactMap { path in (try? path?.stat()).map(FileIdentity.init) })
        let names = InputNames(inputs.map(\.bytes))
        // A folder comes before what lies in it.
        for index in inputs.indices.sorted(by: { inputs[$0].precedes(inputs[$1]) }) {
            let input = inputs[index]
            if (try? input.stat())?.type == .directory {
                add(FolderWalk(input, excluding: excluded), of: input, index: index, names)
            } else {
                add(input, named: try? names.path(of: nil as [UInt8]?, inInput: index))
            }
        }
        sort()
    }

    /// Takes a list of files, each named by its path. A name that points upwards or begins at the root is
    /// made to fit below the results.
    ///
    /// - Parameter list: what the list is called, which is what fails when it is empty.
    public init(ofFiles files: [FilePath], listedIn list: String = "-") {
        if files.isEmpty { failures.append(.emptyList(list)) }
        var taken: Set<String> = []
        for file in files {
            guard isNew(file) else { continue }
            let capture = Capture(listed: file)
            if taken.insert(capture.id).inserted {
                captures.append(capture)
            } else {
                failures.append(
                    CaptureFailure(of: capture, .sameName, "another file is listed under this name")
                )
            }
        }
        sort()
    }

    private mutating func add(_ walk: FolderWalk, of input: FilePath, index: Int, _ names: InputNames) {
        for file in walk.files {
            add(file.path, named: try? names.path(of: file.relative.bytes, inInput: index))
        }
        ignored += walk.ignored
        for (path, error) in walk.unlistable {
            let code: CaptureFailure.Code =
                switch error {
                case .permissionDenied, .notPermitted: .notPermitted
                case .noSuchFileOrDirectory: .notFound
                default: .readFailed
                }
            failures.append(
                CaptureFailure(
                    captureID: path.string,
                    source: path.string,
                    code,
                    "the folder cannot be listed: \(error)"
                )
            )
        }
        if walk.files.isEmpty && walk.unlistable.isEmpty {
            let others =
                walk.ignored == 0
                ? "it is empty" : "it holds \(walk.ignored) other file\(walk.ignored == 1 ? "" : "s")"
            failures.append(
                CaptureFailure(
                    captureID: input.string,
                    source: input.string,
                    .noImages,
                    "there are no PNG or JPEG images in this folder or below (\(others))"
                )
            )
        }
    }

    private mutating func add(_ file: FilePath, named name: CapturePath?) {
        guard isNew(file) else { return }
        captures.append(name.map { Capture(file: file, id: $0.id) } ?? Capture(listed: file))
    }

    /// Whether no input has named the file before. Two links to one file are two files: they have two names.
    private mutating func isNew(_ file: FilePath) -> Bool {
        guard let place = FilePlace(of: file), !known.insert(place).inserted else { return true }
        repeated += 1
        return false
    }

    private mutating func sort() {
        captures = captures.sorted(byBytesOf: \.id)
        failures = failures.sorted(byBytesOf: \.captureID)
    }
}

extension CaptureFailure {
    /// Nothing was listed where paths of pictures were to be.
    public static func emptyList(_ list: String) -> CaptureFailure {
        CaptureFailure(captureID: list, source: list, .noImages, "the list names no pictures (it is empty)")
    }
}

/// Which entry of which folder a path leads to, however it is written.
private struct FilePlace: Hashable {
    private let folder: FileIdentity
    private let name: FilePath.Component

    /// Nil when there is no such folder.
    init?(of path: FilePath) {
        let folder = path.removingLastComponent()
        guard let name = path.lastComponent, let status = try? (folder.isEmpty ? "." : folder).stat() else {
            return nil
        }
        self.folder = FileIdentity(status)
        self.name = name
    }
}

extension Array {
    /// The elements by the bytes of some text of theirs, as any two machines order them.
    fileprivate func sorted(byBytesOf text: (Element) -> String) -> [Element] {
        map { ($0, Array<UInt8>(text($0).utf8)) }
            .sorted { $0.1.lexicographicallyPrecedes($1.1) }
            .map(\.0)
    }
}

extension FilePath {
    /// The order of paths by their bytes.
    fileprivate func precedes(_ other: FilePath) -> Bool { bytes.lexicographicallyPrecedes(other.bytes) }
}

extension Capture {
    /// A file from a list, named by its path as given, without what leads out of the results.
    package init(listed file: FilePath) {
        let components = file.lexicallyNormalized().components.filter { $0.kind == .regular }
        let relative = components.reduce(into: FilePath()) { $0.append($1) }
        let name = try? CapturePath(bytes: relative.bytes)
        self.init(file: file, id: name?.id ?? "input")
    }
}
