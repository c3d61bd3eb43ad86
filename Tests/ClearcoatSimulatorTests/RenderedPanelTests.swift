import ClearcoatImage
import ClearcoatSimulator
import Testing

/// A small panel with one defect of each class.
func panelWithAllClasses(_ preset: PanelPreset, camera: PanelCamera = PanelCamera())
    -> PanelDescription
{
    .random(
        preset,
        name: "all",
        seed: 5,
        width: 640,
        height: 480,
        mmPerPixel: 0.1,
        camera: camera,
        defects: PlantedDefectClass.allCases,
        weakShare: 0
    )
}

@Suite struct RenderedPanelTests {
    @Test(arguments: [PanelPreset.orangePeelFine, .metallicDark])
    func sameSeedGivesTheSameSamples(_ preset: PanelPreset) {
        let panel = panelWithAllClasses(preset)
        let first = render(panel, seed: 5)
        #expect(first == render(panel, seed: 5))
        #expect(first.pixels != render(panel, seed: 6).pixels)
    }

    @Test(arguments: PanelPreset.allCases)
    func cleanPanelHasNoTruth(_ preset: PanelPreset) {
        let clean = render(panelWithAllClasses(preset).clean, seed: 5)
        #expect(clean.truth.defects.isEmpty)
        #expect(clean.truthLabels.samples.allSatisfy { $0 == 0 })
    }

    @Test func contrastHasTheSignThatWasPlanted() {
        let panel = panelWithAllClasses(.smoothLight)
        let truth = render(panel, seed: 5).truth
        #expect(truth.defects.count == panel.defects.count && !truth.defects.isEmpty)
        for (planted, found) in zip(panel.defects, truth.defects) where found.polarity != .mixed {
            #expect((planted.contrast > 0) == (found.contrast > 0), "\(planted)")
            #expect((found.polarity == .bright) == (found.contrast > 0), "\(planted)")
        }
    }
}
