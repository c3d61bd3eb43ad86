import Clearcoat
import ClearcoatFilters
import ClearcoatImage
import ClearcoatInspection
import ClearcoatSimulator
import Testing

/// Blurred pictures of simulated paint: by the lens, before the sensor's noise, and by processing, after it.
@Suite struct FocusOfPanelsTests {
    private func picture(_ paint: PanelPreset, lens sigma: Double = 0.7, seed: UInt64 = 5) -> GrayImage {
        let panel = paint.panel(
            name: "panel",
            seed: seed,
            width: 640,
            height: 480,
            mmPerPixel: 0.065,
            camera: PanelCamera(blurSigmaPx: sigma)
        )
        return render(panel, seed: seed).pixels.gray
    }

    private func content(_ image: GrayImage, _ recipe: Recipe = Recipe()) async throws -> InspectionContent {
        try await Inspector(recipe: recipe).inspect(image, scale: nil)
    }

    @Test(arguments: PanelPreset.allCases) func sharpPanelsAreJudged(paint: PanelPreset) async throws {
        let content = try await content(picture(paint))
        #expect(content.verdict != .cannotJudge, "\(content.reasons)")
        #expect(try #require(content.quality.grain) > 0.3)
    }

    @Test(arguments: PanelPreset.allCases) func whatWasSmoothedIsNotJudged(paint: PanelPreset) async throws {
        guard case .uint8(let sharp) = picture(paint) else { return }
        for sigma in [2.0, 3, 5] {
            let content = try await content(.uint8(gaussian(sharp, sigma: sigma)))
            #expect(content.verdict == .cannotJudge, "\(sigma) px")
            #expect(content.reasons.first?.hasPrefix("cannot judge: the picture is smoothed") == true)
            #expect(try #require(content.quality.grain) < 0.05, "\(sigma) px")
        }
    }

    @Test func aLensOutOfFocusLosesTheTextureOfPaint() async throws {
        for paint in [PanelPreset.metallicSilver, .metallicDark, .orangePeelFine] {
            let sharp = try #require(try await content(picture(paint)).quality.focus)
            let soft = try await content(picture(paint, lens: 3.1))
            #expect(soft.verdict != .cannotJudge, "without calibration it cannot be told")
            let focus = try #require(soft.quality.focus)
            #expect(focus < 0.85 * sharp, "\(paint): \(focus) of \(sharp)")
            var recipe = Recipe()
            recipe.station.minimumFocus = 0.85 * sharp
            #expect(try await content(picture(paint, lens: 3.1), recipe).verdict == .cannotJudge)
            #expect(try await content(picture(paint, seed: 6), recipe).verdict != .cannotJudge)
        }
    }

    @Test func aTextureThatIsGoneIsNotInFocus() async throws {
        var recipe = Recipe()
        recipe.station.minimumFocus = 0.2
        let content = try await content(picture(.smoothLight), recipe)
        #expect(content.quality.focus == nil)
        #expect(content.verdict == .cannotJudge)
        #expect(content.reasons.first?.hasPrefix("cannot judge: no texture of the paint stands out") == true)
    }
}
