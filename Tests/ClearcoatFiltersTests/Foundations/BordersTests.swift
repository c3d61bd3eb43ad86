import ClearcoatFilters
import Testing

@Suite struct BordersTests {
    @Test func reflectsWithoutRepeatingTheEdge() {
        #expect((-3...6).map { mirrored($0, count: 4) } == [3, 2, 1, 0, 1, 2, 3, 2, 1, 0])
        #expect((-9...9).allSatisfy { mirrored($0, count: 1) == 0 })
        #expect((-5...5).map { mirrored($0, count: 2) } == [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
    }
}
