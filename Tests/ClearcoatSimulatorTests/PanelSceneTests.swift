import ClearcoatImage
import ClearcoatSimulator
import Testing

@Suite struct PanelSceneTests {
    static func scene(_ panel: PanelDescription, seed: UInt64 = 5) -> PanelScene {
        PanelScene(panel, seed: seed, noise: NormalNoise())
    }

    @Test(arguments: PanelPreset.allCases)
    func aPartDrawnAloneEqualsThePartOfTheWhole(_ preset: PanelPreset) {
        let scene = Self.scene(panelWithAllClasses(preset, camera: PanelCamera(isColour: true)))
        let whole = scene.light(in: Rectangle(x: 0, y: 0, width: 640, height: 480))
        for part in [
            Rectangle(x: 0, y: 0, width: 9, height: 7),
            Rectangle(x: 121, y: 77, width: 130, height: 140),
            Rectangle(x: 639, y: 479, width: 1, height: 1),
        ] {
            #expect(scene.light(in: part) == whole.map { $0.cropped(to: part) })
        }
    }

    @Test func cornersFallOffByTheFourthPowerOfTheCosine() {
        var panel = PanelSensorTests.wall(light: 0.5, camera: PanelCamera())
        panel.camera.vignetting = 0.3
        let light = Self.scene(panel).light(in: Rectangle(x: 0, y: 0, width: 256, height: 256))[0]
        let middle = 0.25 * (light[127, 127] + light[128, 127] + light[127, 128] + light[128, 128])
        #expect((light[0, 0] / middle - 0.7).magnitude < 1e-3)
        // tan² at the corner is 1/√0.7 - 1; a quarter of that half way; cos⁴ = (1 + tan²)⁻².
        let tangent = 0.25 * (1 / 0.7.squareRoot() - 1)
        let expected = Float(1 / ((1 + tangent) * (1 + tangent)))
        #expect((0.5 * (light[63, 63] + light[64, 64]) / middle - expected).magnitude < 1e-3)
    }

    @Test func mirroredLampIsBrightInsideAndHalfBrightOnItsEdge() {
        var panel = PanelSensorTests.wall(light: 0.1, camera: PanelCamera())
        panel.surface.clearCoatReflectance = 0.04
        panel.lighting.ambient = 0
        panel.lighting.lamps = [
            Lamp(xMm: 12.8, yMm: 0, angle: .pi / 2, widthMm: 10, softnessMm: 2, radiance: 5)
        ]
        let light = Self.scene(panel).light(in: Rectangle(x: 0, y: 100, width: 256, height: 1))[0]
        #expect((light[10, 0] - 0.1).magnitude < 1e-5)
        #expect((light[128, 0] - 0.3).magnitude < 1e-5)
        // The edge lies at 12.8 + 5 mm: pixel 178.
        #expect((light[178, 0] - 0.2).magnitude < 1e-3)
    }

    @Test func orangePeelShowsWhereTheLampFadesAndNowhereElse() {
        var panel = PanelSensorTests.wall(light: 0.02, camera: PanelCamera())
        panel.surface.clearCoatReflectance = 0.04
        panel.surface.orangePeel = PanelPreset.orangePeelFine.surface.orangePeel
        panel.lighting.obliqueness = 0
        panel.lighting.mirrorLeverMm = 200
        panel.lighting.lamps = [
            Lamp(xMm: 0, yMm: 12.8, angle: 0, widthMm: 8, softnessMm: 4, radiance: 5)
        ]
        let scene = Self.scene(panel)
        func spread(row: Int) -> Double {
            let row = scene.light(in: Rectangle(x: 0, y: row, width: 256, height: 1))[0].samples.map(
                Double.init
            )
            let mean = row.reduce(0, +) / Double(row.count)
            return (row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)).squareRoot()
                / mean
        }
        #expect(spread(row: 4) < 1e-5)
        #expect(spread(row: 88) > 0.05)
    }

    @Test func flakesSparkleMoreThanTheyDarken() {
        let panel = PanelPreset.metallicSilver.panel(
            name: "flakes",
            seed: 1,
            width: 256,
            height: 256,
            mmPerPixel: 0.065
        )
        let bounds = Rectangle(x: 0, y: 0, width: 256, height: 256)
        let scene = Self.scene(panel)
        let relative = zip(
            scene.light(in: bounds)[0].samples,
            scene.untextured.light(in: bounds)[0].samples
        )
        .map { Double($0 / $1) }
        let mean = relative.reduce(0, +) / Double(relative.count)
        let variance = relative.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(relative.count)
        let third =
            relative.reduce(0) { $0 + ($1 - mean) * ($1 - mean) * ($1 - mean) } / Double(relative.count)
        #expect((0.01...0.05).contains(variance.squareRoot()))
        #expect(third / (variance * variance.squareRoot()) > 1)
    }

    @Test func gapsOutlineAndStyleLinesChangeTheLightAsTheySay() {
        var panel = PanelSensorTests.wall(light: 0.5, camera: PanelCamera())
        panel.gaps = [PanelGap(xMm: 6, yMm: 0, angle: .pi / 2, widthMm: 2, depth: 0.8)]
        panel.styleLines = [
            StyleLine(xMm: 0, yMm: 12.8, angle: 0, widthMm: 1, step: 0.2, highlight: 0)
        ]
        panel.outline = PanelOutline(insetMm: 1, cornerRadiusMm: 2, background: 0.02)
        let light = Self.scene(panel).light(in: Rectangle(x: 0, y: 0, width: 256, height: 256))[0]
        #expect((light[2, 128] - 0.02).magnitude < 1e-4)
        #expect((light[11, 11] - 0.02).magnitude < 0.02)
        #expect((light[60, 60] - 0.5 * 0.9 * 0.2).magnitude < 1e-3)
        #expect((light[128, 60] - 0.5 * 0.9).magnitude < 1e-4)
        #expect((light[128, 200] - 0.5 * 1.1).magnitude < 1e-4)
    }
}
