import ClearcoatFilters
import ClearcoatImage
import ClearcoatTestSupport
import Testing

/// The definition: a difference along, `side centre side` across.
private func reference<Element: GraySample>(
    _ image: Image<Element>,
    side: Int,
    centre: Int
) -> Gradient<Element.Derivative> {
    let weights = [(-1, side), (0, centre), (1, side)]
    func sample(_ x: Int, _ y: Int) -> Int { Int(image.reflected(x, y)) }
    return Gradient(
        x: pixelwise(image) { x, y in
            Element.Derivative(
                weights.reduce(0) { $0 + $1.1 * (sample(x + 1, y + $1.0) - sample(x - 1, y + $1.0)) }
            )
        },
        y: pixelwise(image) { x, y in
            Element.Derivative(
                weights.reduce(0) { $0 + $1.1 * (sample(x + $1.0, y + 1) - sample(x + $1.0, y - 1)) }
            )
        }
    )
}

@Suite struct SobelTests {
    @Test func sobelEqualsItsDefinition() {
        for image in smallPictures(of: UInt8.self) {
            #expect(sobel(image) == reference(image, side: 1, centre: 2))
        }
        for image in smallPictures(of: UInt16.self) {
            #expect(sobel(image) == reference(image, side: 1, centre: 2))
        }
    }

    @Test func scharrEqualsItsDefinition() {
        for image in smallPictures(of: UInt8.self) {
            #expect(scharr(image) == reference(image, side: 3, centre: 10))
        }
        for image in smallPictures(of: UInt16.self) {
            #expect(scharr(image) == reference(image, side: 3, centre: 10))
        }
    }

    @Test func doesNotDependOnBands() {
        for image in pictures(width: 33, height: 12, of: UInt8.self) {
            let whole = sobel(image)
            #expect(joinedBands(height: 12, cuts: [1, 5]) { sobel(image, rows: $0).x } == whole.x.samples)
            #expect(joinedBands(height: 12, cuts: [1, 5]) { sobel(image, rows: $0).y } == whole.y.samples)
        }
    }

    @Test func aRampRisesByEightTimesItsSlope() {
        let ramp = Image<UInt8>(width: 20, height: 4, samples: (0..<80).map { UInt8(3 * ($0 % 20)) })
        let gradient = sobel(ramp)
        #expect(gradient.x.samples[21..<39].allSatisfy { $0 == 24 })
        #expect(gradient.y.samples.allSatisfy { $0 == 0 })
    }

    @Test func theMirroredImageHasTheOppositeGradient() {
        for image in pictures(width: 17, height: 5, of: UInt16.self) {
            let there = sobel(image.mirroredSideways)
            let here = sobel(image)
            #expect(there.x.mirroredSideways.samples == here.x.samples.map { -$0 })
            #expect(there.y.mirroredSideways == here.y)
            #expect(sobel(image.transposed).x == here.y.transposed)
        }
    }
}
