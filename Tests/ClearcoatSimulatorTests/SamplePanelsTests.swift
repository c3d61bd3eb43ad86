import ClearcoatSimulator
import Testing

@Suite struct SamplePanelsTests {
    @Test func catalogueHoldsWhatItPromises() {
        let panels = SamplePanels.all
        #expect(panels.count == 16)
        #expect(Set(panels.map(\.fileName)).count == panels.count)
        #expect(SamplePanels.clean.allSatisfy { $0.description.defects.isEmpty })
        #expect(panels.dropFirst(6).allSatisfy { (3...10).contains($0.description.defects.count) })
        let planted = Set(panels.flatMap { $0.description.defects.map(\.defectClass) })
        #expect(planted == Set(PlantedDefectClass.allCases))
        #expect(panels.contains { $0.format == .png && $0.description.camera.bitsPerSample == 12 })
        #expect(panels.contains { $0.format == .jpeg(quality: 92, orientation: 6) })
        #expect(panels.contains { $0.description.camera.isColour })
    }
}
