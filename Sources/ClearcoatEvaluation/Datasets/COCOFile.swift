import Clearcoat
import ClearcoatImage
import ClearcoatInspection
import ClearcoatRegions
import FoundationEssentials
import SystemPackage

/// The parts of a COCO file that say where defects are.
package struct COCOFile: Sendable, Decodable {
    var images: [Image]
    var annotations: [Annotation]
    var categories: [Category]?

    struct Image: Sendable, Decodable {
        var id: Int
        var fileName: String

        enum CodingKeys: String, CodingKey {
            case id
            case fileName = "file_name"
        }
    }

    struct Category: Sendable, Decodable {
        var id: Int
        var name: String
    }

    /// One defect.
    package struct Annotation: Sendable, Decodable {
        var imageID: Int
        var categoryID: Int?
        /// x, y, width, height.
        var bbox: [Double]?
        var segmentation: Segmentation?
        /// The category's name, filled in after reading.
        var name: String?

        enum CodingKeys: String, CodingKey {
            case imageID = "image_id"
            case categoryID = "category_id"
            case bbox, segmentation, name
        }
    }

    /// Polygons, or the lengths of runs down the columns.
    enum Segmentation: Sendable, Decodable {
        case polygons([[Double]])
        case runs(counts: [Int], height: Int, width: Int)
        /// Compressed runs are not read.
        case other

        private struct Runs: Decodable {
            var counts: [Int]
            var size: [Int]
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let polygons = try? container.decode([[Double]].self) {
                self = .polygons(polygons)
            } else if let runs = try? container.decode(Runs.self), runs.size.count == 2 {
                self = .runs(counts: runs.counts, height: runs.size[0], width: runs.size[1])
            } else {
                self = .other
            }
        }
    }

    /// Whether a file looks like one.
    static func isOne(_ path: FilePath) -> Bool { (try? read(path)) != nil }

    static func read(_ path: FilePath) throws(DatasetError) -> COCOFile {
        do {
            let bytes = try FileContents.read(path, limit: 1 << 28)
            return try JSONDecoder().decode(COCOFile.self, from: Data(bytes))
        } catch let error as FileReadError {
            throw .malformed(file: path.string, why: "\(error)")
        } catch {
            throw .malformed(file: path.string, why: "not a COCO file with images and annotations")
        }
    }
}

extension Dataset {
    /// The pictures that a COCO file names, beside it or in `images/`.
    init(coco path: FilePath) throws(DatasetError) {
        let file = try COCOFile.read(path)
        let names = Dictionary((file.categories ?? []).map { ($0.id, $0.name) }) { first, _ in first }
        let byImage = Dictionary(grouping: file.annotations, by: \.imageID)
        let folder = path.removingLastComponent()
        var pictures: [Picture] = []
        for image in file.images {
            let annotations = (byImage[image.id] ?? []).map { annotation in
                var named = annotation
                named.name = annotation.categoryID.flatMap { names[$0] }
                return named
            }
            // A name must not lead out of the data set.
            let parts = FilePath(image.fileName).lexicallyNormalized().components.filter {
                $0.kind == .regular
            }
            let name = parts.reduce(into: FilePath()) { $0.append($1) }
            let inImages = folder.appending("images").pushing(name)
            let place =
                FileManager.default.fileExists(atPath: inImages.string) ? inImages : folder.pushing(name)
            pictures.append(
                Picture(
                    id: name.string,
                    path: place,
                    label: nil,
                    truth: annotations.isEmpty ? .clean : .annotated(annotations)
                )
            )
        }
        pictures.sort { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        self.init(layout: .coco, pictures: pictures, problems: [])
    }
}

extension COCOFile.Annotation {
    /// The pixels in a picture of this size; nil when none is inside or the form is not read.
    ///
    /// COCO's polygons have (0, 0) at the corner of the first pixel, ours in its middle.
    func region(in bounds: Rectangle) -> Region? {
        switch segmentation {
        case .polygons(let polygons) where !polygons.isEmpty:
            let outlines = polygons.map { numbers in
                Polygon(
                    corners: stride(from: 0, to: numbers.count - 1, by: 2).map {
                        Point(x: numbers[$0] - 0.5, y: numbers[$0 + 1] - 0.5)
                    }
                )
            }
            let runs = bounds.rows.flatMap { y in
                outlines.spans(inRow: y, width: bounds.width).map {
                    Run(row: y, start: $0.lowerBound, end: $0.upperBound)
                }
            }
            return runs.isEmpty ? nil : Region(runs: runs)
        case .runs(let counts, bounds.height, bounds.width):
            return Self.region(columnRuns: counts, in: bounds)
        default:
            guard let bbox, bbox.count == 4, bbox.allSatisfy({ abs($0) < 1e6 }) else { return nil }
            let columns =
                Int(bbox[0].rounded())..<max(Int(bbox[0].rounded()), Int((bbox[0] + bbox[2]).rounded()))
            let rows =
                Int(bbox[1].rounded())..<max(Int(bbox[1].rounded()), Int((bbox[1] + bbox[3]).rounded()))
            let box = Rectangle(columns: columns, rows: rows).intersection(bounds)
            guard !box.isEmpty else { return nil }
            return Region(runs: box.rows.map { Run(row: $0, start: box.x, end: box.x + box.width) })
        }
    }

    /// From runs of background and defect in turn, down one column after the other.
    private static func region(columnRuns counts: [Int], in bounds: Rectangle) -> Region? {
        var runs: [Run] = []
        var place = 0
        for (index, count) in counts.enumerated() {
            guard count >= 0, place + count <= bounds.pixelCount else { return nil }
            if index % 2 == 1 {
                for pixel in place..<place + count {
                    let x = pixel / bounds.height
                    runs.append(Run(row: pixel % bounds.height, start: x, end: x + 1))
                }
            }
            place += count
        }
        return runs.isEmpty ? nil : Region(runs: runs)
    }
}
