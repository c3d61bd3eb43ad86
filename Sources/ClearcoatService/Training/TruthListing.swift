import Clearcoat
import ClearcoatInspection
public import SystemPackage

/// The pictures in a folder of which it is known what they show.
///
/// Two kinds of folder are understood, also mixed and below others:
/// - what `clearcoat simulate` writes: `x.png` with `ground_truth/x.png.json` and `ground_truth/x.png.png`;
/// - a folder a class: `scratch/x.png` with `ground_truth/scratch/x_mask.png` (or `x.png`) beside the folder
///   `scratch` or one above, as in MVTec AD.
public struct TruthListing: Sendable, Hashable {
    /// The pictures with their truth, in the order of their paths.
    public private(set) var pictures: [TruthPicture] = []
    /// Pictures without defects, in folders called `good`: there is no class to learn from them.
    public private(set) var good = 0
    /// Pictures with nothing that says what they show.
    public private(set) var withoutTruth = 0
    /// What is in the way, one sentence each.
    public private(set) var problems: [String] = []

    private static let truth: FilePath.Component = "ground_truth"
    private static let good: FilePath.Component = "good"

    /// Lists a folder with everything below it.
    public init(of folder: FilePath) {
        let walk = FolderWalk(folder)
        problems = walk.unlistable.map { "\($0.path): the folder cannot be listed: \($0.error)" }
        var unknown: Set<String> = []
        for file in walk.files {
            let id = file.relative.string
            if let source = Self.simulated(file.path) {
                pictures.append(TruthPicture(capture: Capture(file: file.path, id: id), truth: source))
            } else if file.path.removingLastComponent().lastComponent == Self.good {
                good += 1
            } else if let (mask, name) = Self.mask(of: file.path) {
                guard let known = DefectClass(rawValue: name), known != .unknown else {
                    unknown.insert(name)
                    continue
                }
                pictures.append(
                    TruthPicture(capture: Capture(file: file.path, id: id), truth: .mask(mask, known))
                )
            } else {
                withoutTruth += 1
            }
        }
        let names = DefectClass.allCases.filter { $0 != .unknown }.map(\.rawValue).joined(separator: ", ")
        problems += unknown.sorted().map {
            "\(folder): the folder \"\($0)\" is named after no defect class; rename it to one of \(names)"
        }
    }

    private static func simulated(_ picture: FilePath) -> TruthPicture.Source? {
        guard let name = picture.lastComponent else { return nil }
        let start = picture.removingLastComponent().appending(truth).appending(name).string
        let list = FilePath(start + ".json")
        return isFile(list) ? .simulated(list: list, mask: FilePath(start + ".png")) : nil
    }

    /// The mask of a picture in a folder of its class, and the folder's name.
    private static func mask(of picture: FilePath) -> (FilePath, String)? {
        let folder = picture.removingLastComponent()
        guard let name = picture.lastComponent, let stem = picture.stem, let `class` = folder.lastComponent
        else {
            return nil
        }
        for above in [folder.removingLastComponent(), folder.removingLastComponent().removingLastComponent()]
        {
            let masks = above.appending(truth).appending(`class`)
            for name in [stem + "_mask.png", stem + ".png", name.string] where isFile(masks.appending(name)) {
                return (masks.appending(name), `class`.string)
            }
        }
        return nil
    }

    private static func isFile(_ path: FilePath) -> Bool { (try? path.stat())?.type == .regular }
}
