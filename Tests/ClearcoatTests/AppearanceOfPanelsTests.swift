import Clearcoat
import ClearcoatImage
import ClearcoatInspection
import ClearcoatSimulator
import Testing

/// How even simulated paint looks as a whole: the indices follow what was simulated.
@Suite struct AppearanceOfPanelsTests {
    private static let mmPerPixel = 0.1

    /// Mid-gray paint with waves of 2 to 6 mm of a height, as the inspector sees it.
    private func surface(waves micrometres: Double, gradient: Double = 0.02, isPlainLight: Bool = false)
        async throws -> Appearance
    {
        var panel = PanelPreset.orangePeelCoarse.panel(
            name: "waves",
            seed: 3,
            width: 768,
            height: 512,
            mmPerPixel: Self.mmPerPixel
        )
        panel.surface.orangePeel = OrangePeel(
            shortestWavelengthMm: 2,
            longestWavelengthMm: 6,
            rmsHeightMicrometres: micrometres
        )
        panel.lighting.gradientX = gradient
        if isPlainLight { panel.lighting.lamps = [] }
        let scale = PhysicalScale(mmPerPixel: Self.mmPerPixel)
        let content = try await Inspector().inspect(render(panel, seed: 3).pixels.gray, scale: scale)
        return try #require(content.appearance.first)
    }

    @Test func wavinessGrowsWithTheHeightOfOrangePeel() async throws {
        var last = 0.0
        var bands: [Double] = []
        for height in [0.01, 1, 2, 4] {
            let surface = try await surface(waves: height)
            // Long waves are those of the lamps' soft edges.
            let waviness = try #require(surface.waviness(of: 2...6, millimetres: true))
            #expect(waviness > 1.25 * last, "\(height) µm: \(waviness) %")
            last = waviness
            bands = surface.bands.map(\.contrastPercent)
        }
        // The slopes of 2 to 6 mm, and so the contrast, are in the bands that hold 20 to 60 px.
        let strongest = try #require(bands.indices.max { bands[$0] < bands[$1] })
        #expect((1...2).contains(strongest), "\(bands)")
    }

    @Test func unevennessGrowsWithTheSlopeOfTheLight() async throws {
        let even = try #require(
            try await surface(waves: 0.2, gradient: 0.02, isPlainLight: true).unevennessPercent
        )
        let uneven = try #require(
            try await surface(waves: 0.2, gradient: 0.2, isPlainLight: true).unevennessPercent
        )
        #expect(uneven > 2 * even, "\(even) % and \(uneven) %")
        // A straight slope is no cloud.
        let clouds = try #require(
            try await surface(waves: 0.2, gradient: 0.2, isPlainLight: true).mottlingPercent
        )
        #expect(clouds < 0.1 * uneven, "\(clouds) %")
    }
}
