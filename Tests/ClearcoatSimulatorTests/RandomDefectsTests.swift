import ClearcoatImage
import ClearcoatSimulator
import Testing

@Suite struct RandomDefectsTests {
    @Test(arguments: PanelPreset.allCases)
    func defectsKeepApartAndAreAsStrongAsPromised(_ preset: PanelPreset) {
        let panel = panelWithAllClasses(preset)
        let rendered = render(panel, seed: 5)
        #expect(rendered.truth.defects.count >= 6)
        for defect in rendered.truth.defects {
            #expect(defect.mustBeFound(mmPerPixel: 0.1), "\(defect)")
            let inside = Rectangle(x: 10, y: 10, width: 620, height: 460)
            #expect(defect.boundingBox.intersection(inside) == defect.boundingBox)
            // Nothing else overwrote its label.
            #expect(rendered.truthLabels.samples.count { $0 == UInt16(defect.id) } == defect.areaPx)
            let neighbours = rendered.truthLabels.cropped(to: defect.boundingBox.expanded(by: 1)).samples
            if defect.defectClass == .pinhole {
                #expect(neighbours.allSatisfy { [0, UInt16(defect.id)].contains($0) })
            }
        }
    }

    @Test func weakDefectsAreTooWeakToBeAskedFor() {
        let panel = PanelDescription.random(
            .smoothLight,
            name: "weak",
            seed: 8,
            width: 500,
            height: 400,
            mmPerPixel: 0.1,
            defects: [.inclusion, .crater, .scratch],
            weakShare: 1
        )
        for defect in render(panel, seed: 8).truth.defects {
            #expect((1.8...4.2).contains(defect.snr))
            #expect(!defect.mustBeFound(mmPerPixel: 0.1))
        }
    }
}
