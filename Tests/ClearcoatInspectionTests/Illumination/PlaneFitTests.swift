import ClearcoatImage
import ClearcoatInspection
import Testing

@Suite struct PlaneFitTests {
    private func plane(_ columns: Int, _ rows: Int) -> [Float] {
        (0..<columns * rows).map { 100 + 2.5 * Float($0 % columns) - 1.25 * Float($0 / columns) }
    }

    @Test(arguments: [(40, 30), (7, 50), (64, 64)])
    func aPlaneIsItsOwnFitEvenAtTheBorder(columns: Int, rows: Int) {
        let values = plane(columns, rows)
        let fit = PlaneFit(columns: columns, rows: rows, window: 19)
            .fit(values, where: values.map { _ in true }, fallback: 0)
        for (index, value) in values.enumerated() { #expect(abs(fit[index] - value) < 0.05, "at \(index)") }
    }

    @Test func maskedValuesBleedIntoNothing() {
        var generator = SplitMix64(seed: 3)
        var values = plane(48, 36)
        let valid = values.map { _ in generator.next() % 3 != 0 }
        let truth = values
        for index in values.indices where !valid[index] { values[index] = 1e6 }
        let fit = PlaneFit(columns: 48, rows: 36, window: 19).fit(values, where: valid, fallback: 0)
        for index in truth.indices { #expect(abs(fit[index] - truth[index]) < 0.1) }
    }

    @Test func withoutValidValuesTheFallbackStands() {
        let fit = PlaneFit(columns: 9, rows: 5, window: 9)
            .fit(Array(repeating: 3, count: 45), where: Array(repeating: false, count: 45), fallback: 7)
        #expect(fit == Array(repeating: 7, count: 45))
    }

    /// Also where nothing changes, everything does, and in cells that are not whole.
    @Test(arguments: [0, 1, 40, 100]) func sumsOfAnotherMaskAreThoseOfThatMask(percent: UInt64) {
        var generator = SplitMix64(seed: percent)
        let values = plane(47, 35)
        let before = values.map { _ in generator.next() % 3 != 0 }
        let after = before.map { generator.next() % 100 < percent ? !$0 : $0 }
        let planes = PlaneFit(columns: 47, rows: 35, window: 37)
        var moments = planes.moments(of: values, where: before)
        planes.update(&moments, of: values, from: before, to: after)
        #expect(moments == planes.moments(of: values, where: after))
        #expect(planes.fit(moments, fallback: 0) == planes.fit(values, where: after, fallback: 0))
    }
}
