import ClearcoatImage
import ClearcoatRegions
import Testing

@Suite struct ConvexHullTests {
    /// Positive when the corners a, b, c turn clockwise to the eye.
    func turn(_ a: Point, _ b: Point, _ c: Point) -> Double {
        (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    }

    func expectHull(_ hull: [Point], toHold points: [Point]) {
        for (index, corner) in hull.enumerated() {
            let next = hull[(index + 1) % hull.count]
            if hull.count > 2 { #expect(turn(corner, next, hull[(index + 2) % hull.count]) > 0) }
            for point in points where hull.count > 2 { #expect(turn(corner, next, point) >= 0) }
        }
        #expect(Set(hull).isSubset(of: points))
        #expect(hull == convexHull(of: points))
    }

    @Test func turnsClockwiseAndHoldsEveryPoint() {
        for region in randomRegions(seed: 15) {
            let centers = region.pixels.map(\.center)
            let corners = centers.flatMap { center in
                [(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)]
                    .map { Point(x: center.x + $0.0, y: center.y + $0.1) }
            }
            let middles = centers.flatMap { center in
                [(-0.5, 0.0), (0.5, 0.0), (0.0, -0.5), (0.0, 0.5)]
                    .map { Point(x: center.x + $0.0, y: center.y + $0.1) }
            }
            expectHull(region.convexHull(of: .centers), toHold: centers)
            expectHull(region.convexHull(of: .corners), toHold: corners)
            expectHull(region.convexHull(of: .sideMiddles), toHold: middles)
        }
    }

    @Test func startsAtTheTopmostLeftmostPoint() {
        let square = Region(drawn: "...", ".##", ".##")
        #expect(
            square.convexHull(of: .centers)
                == [Point(x: 1, y: 1), Point(x: 2, y: 1), Point(x: 2, y: 2), Point(x: 1, y: 2)]
        )
        #expect(square.convexHull(of: .corners).first == Point(x: 0.5, y: 0.5))
    }

    @Test func fewPlacesGiveFewCorners() {
        let place = Point(x: 3, y: 4)
        #expect(convexHull(of: []).isEmpty)
        #expect(convexHull(of: [place]) == [place])
        #expect(convexHull(of: [place, place, place]) == [place])
        let line = [Point(x: 2, y: 2), Point(x: 0, y: 0), Point(x: 1, y: 1), Point(x: 0, y: 0)]
        #expect(convexHull(of: line) == [Point(x: 0, y: 0), Point(x: 2, y: 2)])
    }

    @Test func areaOfTheHull() {
        let square = Region(drawn: "###", "###", "###")
        #expect(area(ofPolygon: square.convexHull(of: .centers)) == 4)
        #expect(area(ofPolygon: square.convexHull(of: .sideMiddles)) == 8.5)
        #expect(area(ofPolygon: square.convexHull(of: .corners)) == 9)
        #expect(area(ofPolygon: square.convexHull(of: .corners).reversed()) == 9)
        #expect(area(ofPolygon: Region(drawn: "####").convexHull(of: .centers)) == 0)
        #expect(area(ofPolygon: []) == 0)
    }

    @Test func convexFilledHoldsTheRegionAndIsConvex() {
        for region in randomRegions(seed: 16) {
            let filled = region.convexFilled
            #expect(filled.union(region) == filled)
            #expect(filled.boundingBox == region.boundingBox)
            #expect(filled.runs.count == filled.boundingBox.height)
            #expect(filled.holes().isEmpty)
        }
    }

    /// Pieces far apart, as a broken scratch has them, are held in one hull without a gap.
    @Test func convexFilledJoinsPieces() {
        let pieces = Region(runs: [Run(row: 0, start: 0, end: 1), Run(row: 50, start: 3, end: 4)])
        #expect(pieces.convexFilled.runs.count == 51)
    }
}
