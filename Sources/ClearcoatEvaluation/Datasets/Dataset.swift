import Clearcoat
import ClearcoatCodecs
import FoundationEssentials
package import SystemPackage

/// Pictures with what is known about them.
package struct Dataset: Sendable {
    /// How it is laid out.
    package let layout: Layout
    /// Every picture, in the order of its name.
    package let pictures: [Picture]
    /// What belongs to no picture or cannot be listed.
    package let problems: [DatasetProblem]

    /// The layouts that are understood.
    package enum Layout: String, Sendable, Hashable, Codable {
        /// As `clearcoat simulate` writes it: `ground_truth/<picture>.json` and `ground_truth/<picture>.png`.
        case simulated
        /// `good/` and other folders, named after the defect, and `ground_truth/<defect>/<name>_mask.png`.
        case folders
        /// `images/` and `masks/`, a mask of the same name for each picture.
        case masks
        /// One JSON file with `images`, `annotations` and `categories`.
        case coco
    }

    /// A picture and where its truth is.
    package struct Picture: Sendable {
        /// Its path below the data set, which is what `inspect` calls it too.
        package var id: String
        package var path: FilePath
        /// What is wrong with it, by its folder; nil for good ones, and where only its truth tells.
        package var label: String?
        package var truth: TruthSource
    }

    /// Where the truth about a picture is.
    package enum TruthSource: Sendable {
        /// There is nothing to be found.
        case clean
        /// Something is wrong with it, and nobody says where.
        case defective
        /// The pixels of defects are marked in a picture of the same size.
        case mask(FilePath)
        /// A JSON of `clearcoat simulate` and the picture with the number of the defect in each pixel.
        case simulated(json: FilePath, labels: FilePath)
        /// Outlines and boxes.
        case annotated([COCOFile.Annotation])
    }
}

/// Something in a data set that could not be used, and why.
package struct DatasetProblem: Sendable, Hashable, Codable {
    /// The picture or file.
    package var name: String
    package var message: String
}

/// Why there is no data set at a path.
package enum DatasetError: Error, Sendable, CustomStringConvertible {
    case notFound(String)
    case unknownLayout(String)
    case noPictures(String)
    case malformed(file: String, why: String)

    package var description: String {
        switch self {
        case .notFound(let path): "\(path): there is no such file or folder"
        case .unknownLayout(let path):
            """
            \(path): not a data set that is understood; it needs good/ and ground_truth/ (also below test/), or \
            images/ and masks/, or ground_truth/<picture>.json as "clearcoat simulate" writes it, or it is a COCO file
            """
        case .noPictures(let path): "\(path): there are no pictures in it"
        case .malformed(let file, let why): "\(file): \(why)"
        }
    }
}

extension Dataset {
    /// Lists a data set; nothing but COCO's file is read yet.
    ///
    /// - Parameter path: a folder, or COCO's JSON file.
    package init(at path: FilePath) throws(DatasetError) {
        let tree = try FolderTree(path)
        guard tree.isFolder else {
            self = try Dataset(coco: path)
            return
        }
        if tree.files.contains(where: { Self.isTruthOfSimulator($0) }) {
            self = Dataset(simulatedIn: tree)
        } else if tree.files.contains(where: { $0.components.dropLast().contains("good") })
            || tree.files.contains(where: { $0.components.contains("ground_truth") })
        {
            self = Dataset(foldersIn: tree)
        } else if tree.files.contains(where: { $0.components.dropLast().contains("masks") }) {
            self = Dataset(masksIn: tree)
        } else if let file = tree.files.first(where: {
            $0.extension == "json" && COCOFile.isOne(tree.path($0))
        }) {
            self = try Dataset(coco: tree.path(file))
        } else {
            throw .unknownLayout(path.string)
        }
        if pictures.isEmpty { throw .noPictures(path.string) }
    }

    private static func isTruthOfSimulator(_ file: FilePath) -> Bool {
        file.extension == "json" && file.removingLastComponent().lastComponent == "ground_truth"
    }

    /// `panel.png` beside `ground_truth/panel.png.json`. A picture without is listed as a problem.
    private init(simulatedIn tree: FolderTree) {
        var pictures: [Picture] = []
        var problems: [DatasetProblem] = []
        var known = Set(tree.files)
        for file in tree.pictures where !file.components.contains("ground_truth") {
            guard let name = file.lastComponent else { continue }
            let truth = file.removingLastComponent().appending("ground_truth")
            let json = truth.appending(name.string + ".json")
            guard known.contains(json) else {
                problems.append(
                    DatasetProblem(name: file.string, message: "there is no \(json) with its truth")
                )
                continue
            }
            known.remove(json)
            let source = TruthSource.simulated(
                json: tree.path(json),
                labels: tree.path(truth.appending(name.string + ".png"))
            )
            pictures.append(Picture(id: file.string, path: tree.path(file), label: nil, truth: source))
        }
        for json in known.filter(Self.isTruthOfSimulator).map(\.string).sorted() {
            problems.append(DatasetProblem(name: json, message: "there is no picture to this truth"))
        }
        self.init(layout: .simulated, pictures: pictures, problems: problems)
    }

    /// `test/<class>/<name>.png` with `ground_truth/<class>/<name>_mask.png`, or without `test/`. What is
    /// below `train/` is good and left out: it may have been learnt from.
    private init(foldersIn tree: FolderTree) {
        let hasTest = tree.files.contains { $0.components.dropLast().contains("test") }
        let masks = Dictionary(
            tree.pictures.filter { $0.components.contains("ground_truth") }.map { (Self.stem($0), $0) }
        ) { first, _ in first }
        var pictures: [Picture] = []
        var used: Set<FilePath> = []
        for file in tree.pictures where !file.components.contains("ground_truth") {
            let folders = Array(file.components.dropLast())
            if hasTest, !folders.contains("test") { continue }
            guard let label = folders.last?.string else { continue }
            var picture = Picture(id: file.string, path: tree.path(file), label: label, truth: .defective)
            if label == "good" {
                picture.label = nil
                picture.truth = .clean
            } else if let mask = masks["\(label)/\(file.stem ?? "")"] {
                picture.truth = .mask(tree.path(mask))
                used.insert(mask)
            }
            pictures.append(picture)
        }
        let unused = Set(masks.values).subtracting(used).count
        let problems =
            unused == 0
            ? []
            : [
                DatasetProblem(
                    name: "ground_truth",
                    message: "\(unused) masks belong to no picture that is scored"
                )
            ]
        self.init(layout: .folders, pictures: pictures, problems: problems)
    }

    /// The class folder and the name of a mask, without what marks it as one.
    private static func stem(_ mask: FilePath) -> String {
        let folder = mask.removingLastComponent().lastComponent?.string ?? ""
        var stem = mask.stem ?? ""
        if stem.hasSuffix("_mask") { stem.removeLast(5) }
        return "\(folder)/\(stem)"
    }

    /// `images/<name>.jpg` with `masks/<name>.png`; a mask of nothing is a good picture.
    private init(masksIn tree: FolderTree) {
        let masks = Dictionary(
            tree.pictures.filter { $0.components.dropLast().contains("masks") }.map {
                (Self.maskStem($0), $0)
            }
        ) { first, _ in first }
        var pictures: [Picture] = []
        var problems: [DatasetProblem] = []
        for file in tree.pictures where !file.components.dropLast().contains("masks") {
            guard let mask = masks[file.stem ?? ""] else {
                problems.append(DatasetProblem(name: file.string, message: "there is no mask of this name"))
                continue
            }
            pictures.append(
                Picture(id: file.string, path: tree.path(file), label: nil, truth: .mask(tree.path(mask)))
            )
        }
        self.init(layout: .masks, pictures: pictures, problems: problems)
    }

    private static func maskStem(_ mask: FilePath) -> String {
        let stem = mask.stem ?? ""
        return stem.hasSuffix("_mask") ? String(stem.dropLast(5)) : stem
    }
}
