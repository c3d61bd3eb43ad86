import ClearcoatImage
import ClearcoatReports
import Testing

@Suite struct LabelPlacerTests {
    /// Random layouts: no label leaves the picture, covers another or touches a pixel of a defect.
    @Test func labelsCoverNothing() {
        var generator = SplitMix64(seed: 51)
        var placedInAll = 0
        for layout in 0..<60 {
            let bounds = Rectangle(x: 0, y: 0, width: 300 + layout * 7, height: 500 - layout * 5)
            var placer = LabelPlacer(bounds: bounds, cell: Int.random(in: 1...6, using: &generator))
            let contours = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
                Self.contour(in: bounds, using: &generator)
            }
            for contour in contours { placer.block(contour, margin: 4) }
            var labels: [Rectangle] = []
            var leaders: [Segment] = []
            for contour in contours {
                let width = Int.random(in: 10...90, using: &generator)
                if let place = placer.place(width: width, height: 15, beside: contour, distance: 8, clear: 5)
                {
                    let label = place.box
                    leaders.append(place.leader)
                    #expect(label.intersection(bounds) == label)
                    for other in labels { #expect(label.intersection(other).isEmpty) }
                    #expect(label.width == width && label.height == 15)
                    labels.append(label)
                }
            }
            for (index, leader) in leaders.enumerated() {
                for share in stride(from: 0.0, through: 1, by: 0.02) {
                    let point = leader.point(at: share)
                    for (other, label) in labels.enumerated() where other != index {
                        #expect(!label.contains(x: Int(point.x.rounded()), y: Int(point.y.rounded())))
                    }
                }
            }
            for label in labels {
                for contour in contours { #expect(!Self.touches(label, contour), "layout \(layout)") }
            }
            placedInAll += labels.count
        }
        #expect(placedInAll > 600)
    }

    @Test func aFullPictureHasNoRoom() {
        let bounds = Rectangle(x: 0, y: 0, width: 200, height: 100)
        var placer = LabelPlacer(bounds: bounds, cell: 4)
        let all = [Point(x: -1, y: -1), Point(x: 201, y: -1), Point(x: 201, y: 101), Point(x: -1, y: 101)]
        placer.block(all, margin: 2)
        let beside = placer.place(width: 20, height: 10, beside: all, distance: 5, clear: 5)
        #expect(beside?.box == nil)
        let inside = placer.place(width: 20, height: 10, inside: bounds)
        #expect(inside == nil)
    }

    @Test func theFirstPlaceIsBesideTheDefect() throws {
        var placer = LabelPlacer(bounds: Rectangle(x: 0, y: 0, width: 400, height: 400), cell: 3)
        let spot = [
            Point(x: 195, y: 195), Point(x: 205, y: 195), Point(x: 205, y: 205), Point(x: 195, y: 205),
        ]
        placer.block(spot, margin: 4)
        let place = placer.place(width: 60, height: 16, beside: spot, distance: 8, clear: 5)
        let label = try #require(place).box
        #expect(label.x > 205 && label.x < 225)
        #expect(label.y < 200 && label.y > 150)
    }

    @Test func placesThatAreNowhereAreNotTaken() {
        var placer = LabelPlacer(bounds: Rectangle(x: 0, y: 0, width: 100, height: 100), cell: 3)
        let nowhere = [Point(x: .nan, y: 0), Point(x: 1e300, y: 5), Point(x: -.infinity, y: 3)]
        placer.block(nowhere, margin: 4)
        let beside = placer.place(width: 10, height: 5, beside: nowhere, distance: 8, clear: 5)
        #expect(beside?.box == nil)
        var empty = LabelPlacer(bounds: Rectangle(x: 0, y: 0, width: 0, height: 0), cell: 3)
        let inside = empty.place(width: 10, height: 5, inside: Rectangle(x: 0, y: 0, width: 50, height: 50))
        #expect(inside == nil)
    }

    private static func contour(in bounds: Rectangle, using generator: inout SplitMix64) -> [Point] {
        let x = generator.nextUnit() * Double(bounds.width)
        let y = generator.nextUnit() * Double(bounds.height)
        let reach = 2 + generator.nextUnit() * generator.nextUnit() * 150
        return (0..<Int.random(in: 1...7, using: &generator)).map { _ in
            Point(x: x + generator.nextUnit() * reach, y: y + generator.nextUnit() * reach)
        }
    }

    /// Whether any pixel of a box is inside a contour or within two pixels of it.
    private static func touches(_ box: Rectangle, _ contour: [Point]) -> Bool {
        let corners = contour.map { [$0.x, $0.y] }
        for y in box.rows {
            for x in box.columns {
                if Polygons.contains(corners, x: Double(x), y: Double(y)) { return true }
            }
        }
        for (a, b) in zip(contour, contour.dropFirst() + contour.prefix(1)) {
            let edge = Segment(a, b)
            for share in stride(from: 0.0, through: 1, by: 0.01) {
                let point = edge.point(at: share)
                if box.expanded(by: 2).contains(x: Int(point.x.rounded()), y: Int(point.y.rounded())) {
                    return true
                }
            }
        }
        return false
    }
}
