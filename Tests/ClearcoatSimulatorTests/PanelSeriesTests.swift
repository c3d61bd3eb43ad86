import ClearcoatSimulator
import Testing

@Suite struct PanelSeriesTests {
    private func series(_ seed: UInt64, clean: Double, most: Int) -> PanelSeries {
        PanelSeries(
            seed: seed,
            preset: nil,
            width: 1400,
            height: 1000,
            mmPerPixel: 0.065,
            cleanShare: clean,
            mostDefects: most
        )
    }

    @Test func aPanelFollowsFromTheSeedAndItsNumber() {
        let one = series(5, clean: 0.25, most: 8)
        #expect(one.panel(7) == series(5, clean: 0.25, most: 8).panel(7))
        #expect(one.panel(7).seed != one.panel(6).seed)
        #expect(one.panel(7).seed != series(6, clean: 0.25, most: 8).panel(7).seed)
        #expect(one.panel(7).description.name == "panel-0008")
        #expect(one.panel(12_344).description.name == "panel-12345")
    }

    @Test func defectsAreAsManyAsAsked() {
        for index in 0..<40 {
            #expect(series(1, clean: 1, most: 8).panel(index).description.defects.isEmpty)
            #expect((1...3).contains(series(1, clean: 0, most: 3).panel(index).description.defects.count))
        }
    }
}
