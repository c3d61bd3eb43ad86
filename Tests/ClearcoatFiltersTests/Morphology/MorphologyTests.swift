import ClearcoatFilters
import ClearcoatImage
import ClearcoatTestSupport
import Testing

/// The offsets an element holds, from its description.
private func offsets(of element: StructuringElement) -> [(x: Int, y: Int)] {
    let around = (-20...20).flatMap { y in (-20...20).map { x in (x: x, y: y) } }
    return switch element {
    case .cross: around.filter { abs($0.x) + abs($0.y) <= 1 }
    case .square(let side): around.filter { 2 * max(abs($0.x), abs($0.y)) < side }
    case .disk(let radius): around.filter { $0.x * $0.x + $0.y * $0.y <= radius * radius }
    }
}

/// The definition: all samples under the element that lie inside the image.
private func reference<Element: GraySample>(
    _ image: Image<Element>,
    _ element: StructuringElement,
    _ pick: ([Element]) -> Element?
) -> Image<Element> {
    let offsets = offsets(of: element)
    return pixelwise(image) { x, y in
        let inside = offsets.filter { image.bounds.contains(x: x + $0.x, y: y + $0.y) }
        return pick(inside.map { image[x + $0.x, y + $0.y] }) ?? 0
    }
}

@Suite struct MorphologyTests {
    static let elements: [StructuringElement] = [
        .cross, .square(1), .square(3), .square(5), .square(9), .square(35),
        .disk(radius: 0), .disk(radius: 1), .disk(radius: 2), .disk(radius: 5),
    ]

    @Test(arguments: elements) func equalsItsDefinition(element: StructuringElement) {
        for image in smallPictures(of: UInt8.self) {
            #expect(erode(image, with: element) == reference(image, element) { $0.min() })
            #expect(dilate(image, with: element) == reference(image, element) { $0.max() })
        }
        for (width, height) in smallSizes {
            let image = pictures(width: width, height: height, of: UInt16.self)[0]
            #expect(erode(image, with: element) == reference(image, element) { $0.min() })
            #expect(dilate(image, with: element) == reference(image, element) { $0.max() })
        }
    }

    @Test(arguments: elements) func doesNotDependOnBands(element: StructuringElement) {
        // Higher than the blocks of rows a square is computed in.
        let image = pictures(width: 9, height: 150, of: UInt8.self)[0]
        let whole = erode(image, with: element).samples
        let joined = joinedBands(height: 150, cuts: [1, 2, 7, 70, 149]) {
            erode(image, with: element, rows: $0)
        }
        #expect(joined == whole)
        #expect(whole == reference(image, element) { $0.min() }.samples)
    }

    @Test(arguments: elements) func obeysTheLaws(element: StructuringElement) {
        for image in pictures(width: 31, height: 9, of: UInt8.self) {
            let opened = open(image, with: element)
            let closed = close(image, with: element)
            #expect(open(opened, with: element) == opened)
            #expect(close(closed, with: element) == closed)
            for index in image.samples.indices {
                let sample = image.samples[index]
                #expect(erode(image, with: element).samples[index] <= opened.samples[index])
                #expect(opened.samples[index] <= sample)
                #expect(sample <= closed.samples[index])
                #expect(closed.samples[index] <= dilate(image, with: element).samples[index])
                #expect(topHat(image, with: element).samples[index] == sample - opened.samples[index])
                #expect(blackHat(image, with: element).samples[index] == closed.samples[index] - sample)
            }
            let negative = pixelwise(image) { x, y in 255 - image[x, y] }
            #expect(
                dilate(negative, with: element).samples
                    == erode(image, with: element).samples.map { 255 - $0 }
            )
        }
    }

    @Test func aMaskLosesWhatCannotHoldTheCross() {
        let mask = Mask(
            drawn:
                "..........",
            "..#....##.",
            ".###...##.",
            "..#.......",
            ".........."
        )
        let expected = Mask(
            drawn:
                "..........",
            "..#.......",
            ".###......",
            "..#.......",
            ".........."
        )
        #expect(open(mask, with: .cross) == expected)
    }
}
