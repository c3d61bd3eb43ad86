import ClearcoatImage
import ClearcoatSimulator
import Foundation
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

    #if os(Linux) && arch(x86_64)
        /// FNV-1a over the samples of a small picture with every part of the renderer in it, as first rendered
        /// on Linux, glibc 2.36. A change of it is a change of every sample image: say so in the commit. (Another
        /// C library may round sin, cos, exp or log otherwise, so other platforms are not asked.)
        @Test func samplesAreStillThoseOfTheFirstVersion() {
            var panel = PanelPreset.metallicDark.panel(
                name: "golden",
                seed: 1,
                width: 96,
                height: 64,
                mmPerPixel: 0.1,
                camera: PanelCamera(tone: .sRGB)
            )
            panel.styleLines = [StyleLine(xMm: 4, yMm: 3, angle: 0.3)]
            panel.defects = PlantedDefectClass.allCases.enumerated().map { index, defectClass in
                PlantedDefect(
                    defectClass,
                    xMm: 1 + Double(index),
                    yMm: 3,
                    lengthMm: 1.5,
                    widthMm: 0.4,
                    orientation: 0.5,
                    contrast: -0.3,
                    bend: 0.5
                )
            }
            guard case .gray8(let image) = render(panel, seed: 1).pixels else {
                Issue.record("an 8-bit monochrome camera gave no gray8")
                return
            }
            let hash = image.samples.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
                ($0 ^ UInt64($1)) &* 0x100_0000_01b3
            }
            #expect(hash == 11_834_108_856_356_862_936, "now \(hash)")
        }
    #endif

    @Test func descriptionAndTruthSurviveJSON() throws {
        let panel = panelWithAllClasses(.smoothLight)
        let truth = render(panel, seed: 5).truth
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let panelText = try encoder.encode(panel)
        let truthText = try encoder.encode(truth)
        #expect(try JSONDecoder().decode(PanelDescription.self, from: panelText) == panel)
        #expect(try JSONDecoder().decode(GroundTruth.self, from: truthText) == truth)
        #expect(String(decoding: truthText, as: UTF8.self).contains("\"class\":\"inclusion\""))
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
