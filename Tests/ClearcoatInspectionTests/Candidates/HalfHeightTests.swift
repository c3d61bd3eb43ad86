import ClearcoatImage
import ClearcoatInspection
import ClearcoatRegions
import Testing

@Suite struct HalfHeightTests {
    private let box = Rectangle(x: 0, y: 0, width: 60, height: 40)

    private func heights(_ value: (Double, Double) -> Double) -> Patch<Float> {
        var patch = Patch<Float>(rectangle: box, filledWith: 0)
        for y in box.rows {
            for x in box.columns {
                patch.values[patch.index(x: x, y: y)] = Float(value(Double(x), Double(y)))
            }
        }
        return patch
    }

    private func look(at seed: Rectangle, localRadius: Int?) -> HalfHeight {
        var inside = Patch(rectangle: box, filledWith: false)
        inside.fill(seed, with: true)
        return HalfHeight(
            inside: inside,
            reachable: Patch(rectangle: box, filledWith: true),
            localRadius: localRadius
        )
    }

    /// A cone falls to half of its height half way down.
    @Test func aConesOutlineIsItsHalfRadius() throws {
        let cone = heights { x, y in
            let distance = ((x - 30) * (x - 30) + (y - 20) * (y - 20)).squareRoot()
            return max(0, 100 * (1 - distance / 16))
        }
        let found = try #require(
            look(at: Rectangle(x: 30, y: 20, width: 1, height: 1), localRadius: nil).outline(cone, noise: 1)
        )
        #expect(found.height == 100)
        #expect(found.region.boundingBox == Rectangle(x: 22, y: 12, width: 17, height: 17))
    }

    /// A line that fades to a third is followed to its end by local heights, and cut off without them.
    @Test func aFadingLineIsFollowed() throws {
        let line = heights { x, y in y == 20 && x >= 5 && x < 55 ? 90 - 1.2 * (x - 5) : 0 }
        let seed = Rectangle(x: 5, y: 20, width: 50, height: 1)
        let whole = try #require(look(at: seed, localRadius: 6).outline(line, noise: 1))
        #expect(whole.region.boundingBox == Rectangle(x: 5, y: 20, width: 50, height: 1))
        let core = try #require(look(at: seed, localRadius: nil).outline(line, noise: 1))
        #expect(core.region.boundingBox.width < 45)
    }

    @Test func withoutHeightThereIsNothing() {
        let flat = heights { _, _ in 0 }
        #expect(
            look(at: Rectangle(x: 5, y: 5, width: 3, height: 3), localRadius: nil).outline(flat, noise: 1)
                == nil
        )
    }
}
