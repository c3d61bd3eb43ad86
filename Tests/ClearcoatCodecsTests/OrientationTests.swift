import ClearcoatCodecs
import ClearcoatImage
import ClearcoatTestSupport
import Testing

@Suite struct OrientationTests {
    /// Where a stored pixel belongs, from the words of the EXIF standard: the side of the picture as displayed
    /// at which the first stored row and the first stored column stand.
    private func reference<S: Sample>(_ image: Image<S>, _ orientation: Orientation, zero: S) -> Image<S> {
        let sides: (row: String, column: String) =
            switch orientation {
            case .topLeft: ("top", "left")
            case .topRight: ("top", "right")
            case .bottomRight: ("bottom", "right")
            case .bottomLeft: ("bottom", "left")
            case .leftTop: ("left", "top")
            case .rightTop: ("right", "top")
            case .rightBottom: ("right", "bottom")
            case .leftBottom: ("left", "bottom")
            }
        let isTurned = ["left", "right"].contains(sides.row)
        let width = isTurned ? image.height : image.width
        let height = isTurned ? image.width : image.height
        var result = Image<S>(width: width, height: height, filledWith: zero)
        for y in 0..<image.height {
            for x in 0..<image.width {
                var place = (x: 0, y: 0)
                for (side, distance) in [(sides.row, y), (sides.column, x)] {
                    switch side {
                    case "top": place.y = distance
                    case "bottom": place.y = height - 1 - distance
                    case "left": place.x = distance
                    default: place.x = width - 1 - distance
                    }
                }
                result[place.x, place.y] = image[x, y]
            }
        }
        return result
    }

    @Test(arguments: Orientation.allCases) func everySizeIsTurnedAsTheStandardSays(orientation: Orientation) {
        var generator = SplitMix64(seed: 8)
        for (width, height) in smallSizes + [(64, 33), (100, 70)] {
            let narrow = Image<UInt8>.random(width: width, height: height, using: &generator)
            #expect(narrow.upright(from: orientation) == reference(narrow, orientation, zero: 0))
            let wide = Image<UInt16>.random(width: width, height: height, using: &generator)
            #expect(wide.upright(from: orientation) == reference(wide, orientation, zero: 0))
        }
    }
}
