import ClearcoatImage
import ClearcoatRegions
import Testing

@Suite struct ContourTests {
    @Test func equalsOpenCVTheOtherWayRound() throws {
        for (name, region, expected) in try Golden.shapes() {
            #expect(region.contour().map { [$0.x, $0.y] } == expected.contour, "\(name)")
            let inner = region.innerContours().map { walk in walk.map { [$0.x, $0.y] } }
            #expect(Set(inner) == Set(expected.innerContours), "\(name)")
            #expect(inner.count == expected.innerContours.count, "\(name)")
        }
    }

    @Test func squareGoesClockwiseFromItsFirstPixel() {
        let contour = Region(drawn: "....", ".###", ".###", ".###").contour()
        let expected = [(1, 1), (2, 1), (3, 1), (3, 2), (3, 3), (2, 3), (1, 3), (1, 2)]
        #expect(contour == expected.map { PixelCoordinate(x: $0.0, y: $0.1) })
    }

    @Test func thinLineIsWalkedOnBothSides() {
        let contour = Region(drawn: "####").contour()
        #expect(contour.map(\.x) == [0, 1, 2, 3, 2, 1])
        #expect(Region(drawn: "#").contour() == [PixelCoordinate(x: 0, y: 0)])
        #expect(Region(drawn: "#", "#").contour().map(\.y) == [0, 1])
    }

    /// The walk is closed, goes from neighbour to neighbour, and passes every pixel with a side to the
    /// outside and no other.
    @Test func walksAllOfTheOuterBorder() {
        for region in randomRegions(seed: 24) {
            let contour = region.contour()
            #expect(contour.first == region.firstPixel)
            for (pixel, next) in zip(contour, contour.dropFirst() + contour.prefix(1)) where contour.count > 1
            {
                #expect(max(abs(pixel.x - next.x), abs(pixel.y - next.y)) == 1)
            }
            #expect(Set(contour) == Set(region.filled.borderPixels.pixels))
        }
    }

    @Test func innerContoursPassThePixelsRoundEachHole() {
        for region in randomRegions(seed: 25) {
            for (hole, contour) in zip(region.holes(), region.innerContours()) {
                let inside = Set(hole.pixels)
                let around = region.pixels.filter { pixel in
                    [(1, 0), (-1, 0), (0, 1), (0, -1)]
                        .contains { inside.contains(PixelCoordinate(x: pixel.x + $0.0, y: pixel.y + $0.1)) }
                }
                #expect(Set(contour) == Set(around))
            }
            #expect(region.holes().count == region.innerContours().count)
        }
    }
}
