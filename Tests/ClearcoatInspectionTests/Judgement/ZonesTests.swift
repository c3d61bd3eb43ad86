import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct ZonesTests {
    private func polygon(_ corners: [(Double, Double)]) -> Polygon {
        Polygon(corners: corners.map { Point(x: $0.0, y: $0.1) })
    }

    /// Counts crossings of the ray to the right, one pixel and one edge at a time.
    private func reference(_ polygon: Polygon, _ x: Double, _ y: Double) -> Bool {
        var isInside = false
        for index in polygon.corners.indices {
            var top = polygon.corners[index]
            var bottom = polygon.corners[(index + 1) % polygon.corners.count]
            if top.y > bottom.y { swap(&top, &bottom) }
            if (top.y > y) != (bottom.y > y),
                x < top.x + (y - top.y) / (bottom.y - top.y) * (bottom.x - top.x)
            {
                isInside.toggle()
            }
        }
        return isInside
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func spansAreThePixelsInside(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let isWhole = seed % 2 == 0  // Corners on pixel centres, where ties are.
        let corners = (0..<3 + Int(generator.next() % 7)).map { _ in
            let x = generator.nextUnit() * 40 - 6
            let y = generator.nextUnit() * 40 - 6
            return isWhole ? (x.rounded(), y.rounded()) : (x, y)
        }
        let polygon = polygon(corners)
        let width = 30
        for y in -2..<34 {
            let spans = polygon.spans(inRow: y, width: width)
            let pixels = (0..<width).map { x in spans.contains { $0.contains(x) } }
            #expect(
                pixels == (0..<width).map { reference(polygon, Double($0), Double(y)) },
                "seed \(seed) row \(y)"
            )
            #expect(pixels == (0..<width).map { polygon.contains(Point(x: Double($0), y: Double(y))) })
            #expect(!spans.contains { $0.isEmpty })
            for (one, two) in zip(spans, spans.dropFirst()) { #expect(one.upperBound < two.lowerBound) }
        }
    }

    @Test func aSquareHoldsItsUpperAndLeftEdgeOnly() {
        let square = polygon([(2, 1), (5, 1), (5, 3), (2, 3)])
        #expect((0..<5).map { square.spans(inRow: $0, width: 9) } == [[], [2..<5], [2..<5], [], []])
        #expect(square.spans(inRow: 1, width: 4) == [2..<4])
        #expect(square.spans(inRow: 1, width: 2) == [])
        #expect(square.spans(inRow: 1, width: 0) == [])
    }

    @Test func neighboursShareNoPixelAndLeaveNone() {
        let left = polygon([(0, 0), (7, 0), (3, 9), (0, 9)])
        let right = polygon([(7, 0), (12, 0), (12, 9), (3, 9)])
        for y in 0..<9 {
            let one = left.spans(inRow: y, width: 12)
            let two = right.spans(inRow: y, width: 12)
            #expect(one[0].upperBound == two[0].lowerBound)
            #expect([left, right].spans(inRow: y, width: 12) == [0..<12])
        }
    }

    @Test func aStarHasAHole() {
        // A pentagram: its heart is covered twice, so it is outside by the even-odd rule.
        let star = polygon([(10, 0), (16, 19), (0, 7), (20, 7), (4, 19)])
        #expect(!star.contains(Point(x: 10, y: 11)))
        #expect(star.contains(Point(x: 10, y: 3)))
        #expect(star.spans(inRow: 10, width: 30).count == 2)
    }

    @Test(
        arguments: [
            [(0.0, 0.0), (1e300, 0.0), (1e300, 1e300), (0.0, 1e300)],
            [
                (-Double.infinity, -.infinity), (.infinity, -.infinity), (.infinity, .infinity),
                (-.infinity, .infinity),
            ],
            [(-1e18, -1e18), (1e18, -1e18), (1e18, 1e18), (-1e18, 1e18)],
        ] as [[(Double, Double)]]
    )
    func hugeCoordinates(corners: [(Double, Double)]) {
        #expect(polygon(corners).spans(inRow: 5, width: 100) == [0..<100])
        #expect(polygon(corners).contains(Point(x: 5, y: 5)))
    }

    @Test func nothingIsInsideWhatIsNoArea() {
        for corners in [[], [(1.0, 1.0)], [(0.0, 0.0), (9, 9)], [(.nan, 0), (9, 0), (9, 9)]] {
            #expect(polygon(corners).spans(inRow: 1, width: 9) == [])
            #expect(!polygon(corners).contains(Point(x: 1, y: 1)))
        }
        let square = polygon([(0, 0), (9, 0), (9, 9), (0, 9)])
        #expect(!square.contains(Point(x: .nan, y: 1)))
        #expect(!square.contains(Point(x: 1, y: .infinity)))
        #expect(square.spans(inRow: .max, width: 9) == [])
        #expect(square.spans(inRow: .min, width: 9) == [])
    }

    @Test func theFirstZoneWins() throws {
        let small = polygon([(0, 0), (5, 0), (5, 5), (0, 5)])
        let large = polygon([(0, 0), (9, 0), (9, 9), (0, 9)])
        let zones = [Zone(name: "A", polygon: small), Zone(name: "B", polygon: large)]
        func zone(_ x: Double, _ y: Double, in zones: [Zone]) throws -> String? {
            var recipe = Recipe()
            recipe.zones = zones
            return try RecipeOverlay(fitting: recipe, calibration: nil, width: 9, height: 9)
                .zone(at: Position(x: x, y: y))
        }
        #expect(try zone(2, 2, in: zones) == "A")
        #expect(try zone(7, 2, in: zones) == "B")
        #expect(try zone(20, 2, in: zones) == nil)
        #expect(try zone(2, 2, in: zones.reversed()) == "B")
        #expect(try zone(2, 2, in: []) == nil)
    }
}
