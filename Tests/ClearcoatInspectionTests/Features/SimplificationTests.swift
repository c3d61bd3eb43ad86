import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct SimplificationTests {
    @Test func cornersOfASquareAreKept() {
        let side = (0..<10).map(Double.init)
        let outline =
            side.map { Point(x: $0, y: 0) } + side.map { Point(x: 10, y: $0) }
            + side.map { Point(x: 10 - $0, y: 10) } + side.map { Point(x: 0, y: 10 - $0) }
        let corners = [Point(x: 0, y: 0), Point(x: 10, y: 0), Point(x: 10, y: 10), Point(x: 0, y: 10)]
        #expect(simplified(outline, tolerance: 0.5) == corners)
    }

    @Test func noPointLeftOutIsFartherThanTheTolerance() {
        var generator = SplitMix64(seed: 9)
        for _ in 0..<50 {
            let outline = (0..<40).map { _ in
                Point(x: generator.nextUnit() * 20, y: generator.nextUnit() * 20)
            }
            let kept = simplified(outline, tolerance: 1)
            let closed = kept + [kept[0]]
            // Many points along the simplified outline: a second way to the distance.
            var along: [Point] = []
            for (start, end) in zip(closed, closed.dropFirst()) {
                for step in 0...200 {
                    let share = Double(step) / 200
                    let x = start.x + share * (end.x - start.x)
                    let y = start.y + share * (end.y - start.y)
                    along.append(Point(x: x, y: y))
                }
            }
            for point in outline {
                let nearest = along.map { point.distance(to: $0) }.min() ?? .infinity
                #expect(nearest <= 1.1)
            }
        }
    }
}
