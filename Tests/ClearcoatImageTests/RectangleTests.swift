import ClearcoatImage
import Testing

@Suite struct RectangleTests {
    @Test func intersectionOfDistantBoxesIsEmpty() {
        let left = Rectangle(x: 0, y: 0, width: 3, height: 3)
        let right = Rectangle(x: 10, y: 1, width: 3, height: 3)
        #expect(left.intersection(right).isEmpty)
        #expect(right.intersection(left).isEmpty)
    }

    @Test func intersectionHoldsExactlyTheCommonPixels() {
        let one = Rectangle(x: 0, y: 0, width: 5, height: 4)
        let two = Rectangle(x: 3, y: -2, width: 9, height: 4)
        #expect(one.intersection(two) == Rectangle(x: 3, y: 0, width: 2, height: 2))
    }

    @Test func unionSpansBothAndIgnoresEmptyBoxes() {
        let one = Rectangle(x: 0, y: 0, width: 2, height: 2)
        let two = Rectangle(x: 5, y: 7, width: 1, height: 1)
        #expect(one.union(two) == Rectangle(x: 0, y: 0, width: 6, height: 8))
        #expect(one.union(Rectangle(x: 99, y: 99, width: 0, height: 5)) == one)
    }

    @Test func expandingByANegativeMarginStopsAtNothing() {
        let box = Rectangle(x: 2, y: 2, width: 3, height: 3)
        #expect(box.expanded(by: 1) == Rectangle(x: 1, y: 1, width: 5, height: 5))
        #expect(box.expanded(by: -2).isEmpty)
    }
}
