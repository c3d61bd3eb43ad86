internal import ClearcoatCodecs
internal import ClearcoatImage
public import ClearcoatInspection
public import SystemPackage

/// A recipe on disk, with the masks that lie beside it.
public struct RecipeFile: Sendable {
    private let path: FilePath
    private let bytes: [UInt8]

    /// The most bytes of a mask's file.
    private static let maximumMaskBytes = 1 << 28

    /// Reads the file at `path`; nothing is looked at yet.
    ///
    /// - Throws: the system's error, in words that follow a path and a colon.
    public init(_ path: FilePath) throws {
        self.path = path
        bytes = try FileContents.read(path, limit: 1 << 20)
    }

    /// Everything that is wrong or looks wrong in it; see ``Recipe/check(bytes:file:loadMask:)``.
    public func check() -> [RecipeProblem] {
        Recipe.check(bytes: bytes, file: path.string, loadMask: Self.maskLoader(beside: path))
    }

    /// The recipe.
    public func recipe() throws(RecipeProblems) -> Recipe {
        try Recipe(bytes: bytes, file: path.string, loadMask: Self.maskLoader(beside: path))
    }

    /// Reads masks by paths that count from the folder of the recipe at `path`.
    public static func maskLoader(beside path: FilePath) -> AreaMaskLoader {
        let folder = path.removingLastComponent()
        return { (name: String) throws(AreaMaskError) -> AreaMask in
            do {
                let bytes = try FileContents.read(folder.appending(name), limit: maximumMaskBytes)
                return AreaMask(
                    path: name,
                    sha256: SHA256Digest(of: bytes).hexadecimal,
                    picture: try ImageDecoder().decodeGray(bytes).pixels
                )
            } catch {
                throw AreaMaskError("\(error)")
            }
        }
    }
}
