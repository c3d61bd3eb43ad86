import ClearcoatCodecs
import ClearcoatFilters
import ClearcoatImage
import ClearcoatInspection
import ClearcoatRegions

/// The operations that an inspection is made of, each on the same picture.
struct Operations {
    /// The picture.
    let image: Image<UInt8>
    /// What the reference chain leaves of it: some spots on an empty ground.
    let sparse: Mask

    /// All of them, in the order of the report.
    func all() throws -> [Operation] { filters + labelling + (try codecs) + [Self.inspection(of: image)] }

    private var filters: [Operation] {
        let image = image
        let (width, height) = (image.width, image.height)
        return [
            Operation("gaussian5", width: width, height: height) { discard(gaussian5(image, rows: $0)) },
            Operation("box65", width: width, height: height) {
                discard(box(image, width: 65, height: 65, rows: $0))
            },
            Operation("median3", width: width, height: height) {
                discard(median(image, size: .three, rows: $0))
            },
            Operation("median5", width: width, height: height) {
                discard(median(image, size: .five, rows: $0))
            },
            Operation("sobel", width: width, height: height) { discard(sobel(image, rows: $0)) },
            Operation("canny", pixelCount: width * height) { discard(canny(image, low: 40, high: 100)) },
            Operation("openCross", pixelCount: width * height) { discard(open(image, with: .cross)) },
            Operation("threshold", width: width, height: height) {
                discard(threshold(image, above: 128, rows: $0))
            },
            Operation("otsu", pixelCount: width * height) { discard(otsuThreshold(of: image)) },
            Operation("flatten", pixelCount: width * height) { discard(flatten(image, window: 257)) },
        ]
    }

    private var labelling: [Operation] {
        let sparse = sparse
        let dense = Self.lowestBits(of: image)
        let pixelCount = image.samples.count
        let found = regions(in: sparse)
        return [
            Operation("labelSparse", pixelCount: pixelCount) {
                discard(regions(in: sparse).map(Component.init))
            },
            Operation("labelDense", pixelCount: pixelCount) {
                discard(regions(in: dense).map(Component.init))
            },
            Operation("features", pixelCount: pixelCount) {
                discard(found.map(RegionFeatures.init).map { ($0, $0.perimeter) })
            },
        ]
    }

    /// A mask that is foreground where the lowest bit is set. In a noisy picture that is every second
    /// pixel at random, the most work that a labeller can be given.
    static func lowestBits(of image: Image<UInt8>) -> Mask {
        Image(width: image.width, height: image.height, samples: image.samples.map { $0 & 1 == 1 ? 255 : 0 })
    }

    private var codecs: [Operation] {
        get throws {
            let image = image
            let pixelCount = image.samples.count
            let jpeg = try ImageEncoder.jpeg(image, quality: 90)
            let png = try ImageEncoder.png(image)
            let decoder = ImageDecoder()
            return [
                Operation("decodeJPEG", pixelCount: pixelCount) { discard(try decoder.decodeGray(jpeg)) },
                Operation("decodePNG", pixelCount: pixelCount) { discard(try decoder.decodeGray(png)) },
                Operation("encodePNG", pixelCount: pixelCount) { discard(try ImageEncoder.png(image)) },
            ]
        }
    }

    /// The whole of an inspection, with the built-in recipe.
    static func inspection(of image: Image<UInt8>) -> Operation {
        Operation("inspect", pixelCount: image.samples.count) {
            discard(try await Inspection(recipe: Recipe()).run(on: .uint8(image)))
        }
    }
}
