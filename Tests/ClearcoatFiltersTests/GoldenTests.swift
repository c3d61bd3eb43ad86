import ClearcoatFilters
import ClearcoatImage
import Foundation
import Testing

/// What OpenCV, SciPy and scikit-image give; `Tests/Oracles/filters/golden.py` wrote it down.
private struct Golden: Decodable {
    struct Picture: Decodable {
        let width: Int
        let height: Int
        let samples: [Int]
    }
    struct Case: Decodable {
        let operation: String
        let picture: String
        let parameters: Parameters
        let output: [Double]
    }
    struct Parameters: Decodable {
        let width, height, size, low, high: Int?
        let sigma: Double?
        let element: String?
    }
    let pictures: [String: Picture]
    let cases: [Case]

    static func read() throws -> Golden {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.appending(path: "Golden/filters/filters.json")
        return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    }
}

private let elements: [String: StructuringElement] = [
    "cross": .cross, "square5": .square(5), "disk4": .disk(radius: 4),
]

/// Our answer to a case whose samples are whole numbers, or nil for one we do not know.
private func answer<Element: GraySample>(_ golden: Golden.Case, _ image: Image<Element>) -> [Int]? {
    let parameters = golden.parameters
    func integers<Sample: BinaryInteger>(_ samples: [Sample]) -> [Int] { samples.map { Int($0) } }
    func thresholds() -> (Int, Int)? {
        guard let low = parameters.low, let high = parameters.high else { return nil }
        return (low, high)
    }
    switch golden.operation {
    case "gaussian5":
        return integers(gaussian5(image).samples)
    case "box":
        guard let width = parameters.width, let height = parameters.height else { return nil }
        return integers(box(image, width: width, height: height).samples)
    case "median":
        return integers(median(image, size: parameters.size == 3 ? .three : .five).samples)
    case "gaussian":
        return parameters.sigma.map { integers(gaussian(image, sigma: $0).samples) }
    case "sobelX": return integers(sobel(image).x.samples)
    case "sobelY": return integers(sobel(image).y.samples)
    case "scharrX": return integers(scharr(image).x.samples)
    case "scharrY": return integers(scharr(image).y.samples)
    case "canny":
        return thresholds().map { integers(canny(image, low: $0, high: $1).samples) }
    case "otsu": return otsuThreshold(of: image).map { [Int($0)] }
    case "hysteresis":
        return thresholds().map {
            integers(hysteresisThreshold(image, low: Element($0), high: Element($1)).samples)
        }
    case "chain": return (image as? Image<UInt8>).map { integers(referenceChain($0).samples) }
    default:
        guard let element = elements[parameters.element ?? ""] else { return nil }
        return morphology(golden.operation, image, element).map { integers($0.samples) }
    }
}

private func morphology<Element: GraySample>(
    _ operation: String,
    _ image: Image<Element>,
    _ element: StructuringElement
) -> Image<Element>? {
    switch operation {
    case "erode": erode(image, with: element)
    case "dilate": dilate(image, with: element)
    case "open": open(image, with: element)
    case "close": close(image, with: element)
    case "topHat": topHat(image, with: element)
    case "blackHat": blackHat(image, with: element)
    default: nil
    }
}

@Suite struct GoldenTests {
    @Test func otherLibrariesGiveTheSame() throws {
        let golden = try Golden.read()
        #expect(golden.cases.count > 100)
        for entry in golden.cases {
            let picture = try #require(golden.pictures[entry.picture])
            let ours =
                picture.samples.contains { $0 > 255 } || entry.picture.hasSuffix("16")
                ? answer(
                    entry,
                    Image<UInt16>(
                        width: picture.width,
                        height: picture.height,
                        samples: picture.samples.map { UInt16($0) }
                    )
                )
                : answer(
                    entry,
                    Image<UInt8>(
                        width: picture.width,
                        height: picture.height,
                        samples: picture.samples.map { UInt8($0) }
                    )
                )
            let name = "\(entry.operation) of \(entry.picture) with \(entry.parameters)"
            let result = try #require(ours, "\(name)")
            #expect(result.count == entry.output.count, "\(name)")
            let furthest =
                zip(result.indices, zip(result, entry.output))
                .filter { isComparable($0.0, entry, picture) }
                .map { abs(Double($0.1.0) - $0.1.1) }.max() ?? 0
            #expect(furthest <= tolerance(of: entry), "\(name): \(furthest)")
        }
    }

    /// SciPy smooths in real numbers, we in fixed point: within a level at 8 bits, within the rounding of
    /// the weights at 16. Everything else is equal to the last bit.
    private func tolerance(of entry: Golden.Case) -> Double {
        guard entry.operation == "gaussian" else { return 0 }
        return entry.picture.hasSuffix("16") ? 2 : 1
    }

    /// OpenCV repeats the edge under its median where we mirror, so only the inside can be equal.
    private func isComparable(_ index: Int, _ entry: Golden.Case, _ picture: Golden.Picture) -> Bool {
        guard entry.operation == "median", let size = entry.parameters.size else { return true }
        let (x, y, reach) = (index % picture.width, index / picture.width, size / 2)
        return (reach..<picture.width - reach).contains(x) && (reach..<picture.height - reach).contains(y)
    }
}
