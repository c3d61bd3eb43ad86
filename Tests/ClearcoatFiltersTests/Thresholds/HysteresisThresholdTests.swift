import ClearcoatFilters
import ClearcoatImage
import ClearcoatTestSupport
import Testing

private func reference<Element: Sample>(_ image: Image<Element>, low: Element, high: Element) -> Mask {
    connected(
        pixelwise(image) { x, y in image[x, y] > min(low, high) ? UInt8(1) : 0 },
        to: pixelwise(image) { x, y in image[x, y] > high ? UInt8(1) : 0 }
    )
}

@Suite struct HysteresisThresholdTests {
    @Test(arguments: [(128, 230), (100, 250), (230, 128), (0, 254), (255, 255)])
    func equalsItsDefinitionAt8Bits(low: UInt8, high: UInt8) {
        for image in smallPictures(of: UInt8.self) {
            #expect(
                hysteresisThreshold(image, low: low, high: high) == reference(image, low: low, high: high)
            )
        }
    }

    @Test func equalsItsDefinitionForOtherSamples() {
        for image in smallPictures(of: UInt16.self) {
            let actual = hysteresisThreshold(image, low: 40_000, high: 60_000)
            #expect(actual == reference(image, low: 40_000, high: 60_000))
            let floats = pixelwise(image) { x, y in Float(image[x, y]) / 7000 }
            #expect(hysteresisThreshold(floats, low: 5.5, high: 9) == reference(floats, low: 5.5, high: 9))
        }
    }

    @Test func followsAPathAcrossManyWords() {
        // A spiral through an image of several words a row: everything hangs on the one strong pixel.
        var spiral = Mask(width: 150, height: 41, filledWith: 0)
        var (left, top, right, bottom) = (0, 0, 149, 40)
        while right - left > 3 && bottom - top > 3 {
            for x in left...right { spiral[x, top] = 100 }
            for y in top...bottom { spiral[right, y] = 100 }
            for x in left + 2...right { spiral[x, bottom] = 100 }
            for y in top + 2...bottom { spiral[left + 2, y] = 100 }
            (left, top, right, bottom) = (left + 2, top + 2, right - 2, bottom - 2)
        }
        let path = spiral.samples.count { $0 != 0 }
        #expect(hysteresisThreshold(spiral, low: 50, high: 150).samples.allSatisfy { $0 == 0 })
        spiral[149, 20] = 200
        let found = hysteresisThreshold(spiral, low: 50, high: 150)
        #expect(found == reference(spiral, low: 50, high: 150))
        #expect(found.samples.count { $0 == 255 } > path / 2)
    }

    @Test func aDiagonalNeighbourHangsTogether() {
        let image = Image<UInt8>(width: 2, height: 2, samples: [200, 0, 0, 100])
        #expect(hysteresisThreshold(image, low: 50, high: 150).samples == [255, 0, 0, 255])
    }

    @Test func nothingIsAboveANaN() {
        let image = Image<Float>(width: 3, height: 1, samples: [.nan, 2, 1])
        #expect(hysteresisThreshold(image, low: 0.5, high: 1.5).samples == [0, 255, 255])
        #expect(hysteresisThreshold(image, low: 0.5, high: .nan).samples == [0, 0, 0])
    }
}
