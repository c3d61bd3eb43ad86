import ClearcoatFilters
import ClearcoatImage
import ClearcoatTestSupport
import Foundation
import Testing

private let sigmas = [0.25, 0.7, 1, 2.3, 6]

/// The weights as documented, from the formula.
private func weights(sigma: Double) -> (integers: [Int], floats: [Float]) {
    let radius = max(1, Int((4 * sigma).rounded(.toNearestOrAwayFromZero)))
    let bell = (-radius...radius).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let total = bell[radius] + 2 * (1...radius).map { bell[radius + $0] }.reduce(0, +)
    var integers = bell.map { Int((65536 * $0 / total).rounded(.toNearestOrAwayFromZero)) }
    integers[radius] += 65536 - integers.reduce(0, +)
    return (integers, bell.map { Float($0 / total) })
}

/// The definition: down the columns, rounded; along the rows, rounded.
private func reference<Element: GraySample>(_ image: Image<Element>, sigma: Double) -> Image<Element> {
    let weights = weights(sigma: sigma).integers
    let radius = weights.count / 2
    let unit = Element.bitWidth == 8 ? 1 << 9 : 1 << 16
    let columns = pixelwise(image) { x, y in
        let sum = (-radius...radius).reduce(0) { $0 + weights[radius + $1] * Int(image.reflected(x, y + $1)) }
        return Int32((sum + unit / 2) / unit)
    }
    let rest = (1 << 32) / unit
    return pixelwise(image) { x, y in
        let sum = (-radius...radius).reduce(0) {
            $0 + weights[radius + $1] * Int(columns.reflected(x + $1, y))
        }
        return Element((sum + rest / 2) / rest)
    }
}

private func reference(_ image: Image<Float>, sigma: Double) -> Image<Float> {
    let weights = weights(sigma: sigma).floats
    let radius = weights.count / 2
    func smoothed(_ sample: (Int) -> Float) -> Float {
        (1...radius).reduce(weights[radius] * sample(0)) { sum, distance in
            sum + weights[radius + distance] * (sample(-distance) + sample(distance))
        }
    }
    let columns = pixelwise(image) { x, y in smoothed { image.reflected(x, y + $0) } }
    return pixelwise(image) { x, y in smoothed { columns.reflected(x + $0, y) } }
}

@Suite struct GaussianTests {
    @Test(arguments: sigmas) func equalsItsDefinition(sigma: Double) {
        for (width, height) in smallSizes {
            for image in pictures(width: width, height: height, of: UInt8.self).prefix(5) {
                #expect(gaussian(image, sigma: sigma) == reference(image, sigma: sigma))
            }
            for image in pictures(width: width, height: height, of: UInt16.self).prefix(5) {
                #expect(gaussian(image, sigma: sigma) == reference(image, sigma: sigma))
            }
        }
    }

    @Test(arguments: sigmas) func equalsItsDefinitionInFloats(sigma: Double) {
        for (width, height) in smallSizes {
            let integers = pictures(width: width, height: height, of: UInt16.self)[0]
            let image = pixelwise(integers) { x, y in Float(integers[x, y]) / 1000 - 30 }
            #expect(gaussian(image, sigma: sigma) == reference(image, sigma: sigma))
        }
    }

    @Test func doesNotDependOnBands() {
        let image = pictures(width: 17, height: 12, of: UInt8.self)[0]
        let whole = gaussian(image, sigma: 2).samples
        #expect(joinedBands(height: 12, cuts: [1, 2, 7]) { gaussian(image, sigma: 2, rows: $0) } == whole)
        let floats = pixelwise(image) { x, y in Float(image[x, y]) }
        let wholeFloats = gaussian(floats, sigma: 2).samples
        #expect(
            joinedBands(height: 12, cuts: [1, 2, 7]) { gaussian(floats, sigma: 2, rows: $0) } == wholeFloats
        )
    }

    @Test(arguments: sigmas) func aConstantStaysWhatItIs(sigma: Double) {
        for level in [UInt8(0), 1, 254, 255] {
            let image = Image(width: 20, height: 9, filledWith: level)
            #expect(gaussian(image, sigma: sigma) == image)
        }
        let bright = Image<UInt16>(width: 20, height: 9, filledWith: 65535)
        #expect(gaussian(bright, sigma: sigma) == bright)
    }
}
