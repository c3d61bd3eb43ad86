import FoundationEssentials
import SystemPackage

/// The files below a folder, in the order of their paths. Hidden ones are left out.
struct FolderTree {
    let isFolder: Bool
    /// Relative to the folder.
    let files: [FilePath]
    private let root: FilePath

    init(_ root: FilePath) throws(DatasetError) {
        self.root = root
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: root.string, isDirectory: &isDirectory) else {
            throw .notFound(root.string)
        }
        isFolder = isDirectory
        let names =
            isDirectory ? (try? FileManager.default.subpathsOfDirectory(atPath: root.string)) ?? [] : []
        files = names.map { FilePath($0) }
            .filter { path in !path.components.contains { $0.string.hasPrefix(".") } }
            .sorted { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) }
    }

    /// What is a picture by its name.
    var pictures: [FilePath] {
        files.filter { ["png", "jpg", "jpeg"].contains($0.extension?.lowercased() ?? "") }
    }

    /// From here on and not from the folder.
    func path(_ file: FilePath) -> FilePath { root.pushing(file) }
}
