import ClearcoatImage
import ClearcoatRegions
import Foundation

/// Numbers from SciPy, scikit-image and OpenCV, made by `Tests/Oracles/regions/make_golden.py`.
enum Golden {
    struct Shapes: Decodable {
        let name: String
        let mask: [String]
        let regions: [Shape]
    }

    struct Shape: Decodable {
        let pixelCount: Int
        let boundingBox: [Int]
        let centroid: [Double]
        let majorAxisLength: Double
        let minorAxisLength: Double
        let orientation: Double
        let eccentricity: Double
        let equivalentDiameter: Double
        let extent: Double
        let convexPixelCount: Int
        let solidity: Double
        let maxFeret: Double
        let minFeret: Double
        let perimeter: Double
        let croftonPerimeter: Double
        let eulerNumber: Int
        let filledPixelCount: Int
        let contour: [[Int]]
        let innerContours: [[[Int]]]
        let stretchedMaxFeret: Double
        let stretchedMajorAxisLength: Double
        let stretchedMinorAxisLength: Double
    }

    struct Labels: Decodable {
        let mask: [String]
        let four: [[UInt32]]
        let eight: [[UInt32]]
    }

    struct Intensities: Decodable {
        let kind: String
        let mask: [String]
        let image: [[Double]]
        let regions: [Intensity]
    }

    struct Intensity: Decodable {
        let mean: Double
        let minimum: Double
        let maximum: Double
        let standardDeviation: Double
        let weightedCentroid: [Double]
    }

    /// Reads a file of `Tests/Golden/regions`.
    static func read<Cases: Decodable>(_ name: String, as type: Cases.Type) throws -> Cases {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: tests.appending(path: "Golden/regions/\(name)"))
        return try JSONDecoder().decode(type, from: data)
    }

    /// Every region of `shapes.json` beside its numbers.
    static func shapes() throws -> [(name: String, region: Region, expected: Shape)] {
        try read("shapes.json", as: [Shapes].self).flatMap { shapes in
            zip(regions(in: Mask(rows: shapes.mask)), shapes.regions).map { (shapes.name, $0, $1) }
        }
    }
}

extension Mask {
    /// A mask of rows of text, `#` for foreground.
    init(rows: [String]) {
        self.init(
            width: rows.first?.count ?? 0,
            height: rows.count,
            samples: rows.flatMap { row in row.map { $0 == "#" ? UInt8(1) : 0 } }
        )
    }
}

/// Whether two numbers agree but for rounding.
func agree(_ one: Double, _ other: Double, within tolerance: Double = 1e-9) -> Bool {
    abs(one - other) <= tolerance * max(1, abs(one), abs(other))
}
