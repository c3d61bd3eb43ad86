import ClearcoatImage
import ClearcoatSimulator
import Testing

@Suite struct PanelSensorTests {
    /// An evenly lit matt gray wall.
    static func wall(light: Double, camera: PanelCamera) -> PanelDescription {
        var camera = camera
        camera.vignetting = 0
        camera.exposure = 1
        return PanelDescription(
            name: "wall",
            width: 256,
            height: 256,
            mmPerPixel: 0.1,
            surface: PanelSurface(baseColour: LinearColour(gray: light), clearCoatReflectance: 0),
            camera: camera
        )
    }

    @Test(arguments: [0.05, 0.3, 0.8], [4000.0, 25000])
    func noiseFollowsThePhotonTransferCurve(_ light: Double, _ fullWell: Double) throws {
        let camera = PanelCamera(
            fullWellElectrons: fullWell,
            readNoiseElectrons: 8,
            blackLevel: 64,
            bitsPerSample: 12
        )
        let rendered = render(Self.wall(light: light, camera: camera), seed: 2)
        guard case .gray16(let image) = rendered.pixels else {
            Issue.record("a 12-bit monochrome camera gave \(rendered.pixels)")
            return
        }
        let values = image.samples.map(Double.init)
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        let gain = (4095 - 64) / fullWell
        let expected = gain * gain * (light * fullWell + 8 * 8) + 1.0 / 12
        #expect((mean - 64 - light * (4095 - 64)).magnitude < 0.5)
        // Four standard errors of a variance from 65536 samples are 2.2 %.
        #expect((variance / expected - 1).magnitude < 0.022, "\(variance) for \(expected)")
    }

    @Test func toneIsTheStandardsCurve() {
        let camera = PanelCamera(
            fullWellElectrons: 1e12,
            readNoiseElectrons: 0,
            blackLevel: 0,
            tone: .sRGB
        )
        for (light, stored) in [
            (0.0, 0), (0.002, 7), (0.0423114, 58), (0.2158605, 128), (0.5, 188), (1, 255),
        ] {
            // By IEC 61966-2-1: 12.92 · 0.002 · 255 = 6.6; 58, 128 and 188 from published tables.
            guard case .gray8(let image) = render(Self.wall(light: light, camera: camera), seed: 1).pixels
            else {
                Issue.record("an 8-bit monochrome camera gave no gray8")
                return
            }
            #expect(image[100, 100] == UInt8(stored), "\(light)")
        }
    }

    @Test func brightLightIsClippedNotWrapped() {
        let wall = Self.wall(light: 1.4, camera: PanelCamera())
        #expect(render(wall, seed: 1).pixels == .gray8(Image(width: 256, height: 256, filledWith: 255)))
    }
}
