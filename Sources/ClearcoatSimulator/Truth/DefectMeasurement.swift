import ClearcoatImage

/// How strongly a defect shows, and in how much noise: measured on small renderings of its surroundings.
struct DefectMeasurement {
    var darkContrast = 0.0
    var brightContrast = 0.0
    var noise = 0.0

    /// The stronger side, with its sign.
    var contrast: Double { -darkContrast > brightContrast ? darkContrast : brightContrast }
    var snr: Double { noise > 0 ? contrast.magnitude / noise : 0 }

    var polarity: PlantedPolarity {
        if min(-darkContrast, brightContrast) >= 0.5 * contrast.magnitude { return .mixed }
        return contrast < 0 ? .dark : .bright
    }

    /// How far around a defect the noise is measured, in pixels.
    private static let surroundings = 24

    /// Measures the defect that `patch` draws in `scene`.
    init(
        _ patch: DefectPatch,
        footprint: Rectangle,
        index: Int,
        in scene: PanelScene,
        sensor: PanelSensor
    ) {
        let bounds = Rectangle(x: 0, y: 0, width: scene.panel.width, height: scene.panel.height)
        let seen = patch.box.expanded(by: scene.blur.radius).intersection(bounds)
        let with = Self.luma(scene.only(patch).light(in: seen), sensor)
        let without = Self.luma(scene.clean.light(in: seen), sensor)
        for (with, without) in zip(with, without) where without > 0 {
            let change = Double(with / without) - 1
            darkContrast = min(darkContrast, change)
            brightContrast = max(brightContrast, change)
        }
        let window = (footprint.isEmpty ? seen : footprint).expanded(by: Self.surroundings)
            .intersection(
                bounds
            )
        noise = Self.noise(in: window, index: index, of: scene, sensor: sensor)
    }

    /// The standard deviation, from pixel to pixel in `box`, of the clean panel's brightness relative to
    /// that of the same panel without texture and noise.
    static func noise(in box: Rectangle, index: Int, of scene: PanelScene, sensor: PanelSensor)
        -> Double
    {
        var generator = SplitMix64(seed: scene.seed, .noiseOnly, index)
        let measured = scene.clean.light(in: box).map { light in
            let samples = light.samples.map { sensor.measured($0, using: &generator) }
            return Image(width: light.width, height: light.height, samples: samples)
        }
        let noisy = luma(measured, sensor)
        let expected = luma(scene.untextured.light(in: box), sensor)
        var count = 0.0
        var sum = 0.0
        var squares = 0.0
        for (noisy, expected) in zip(noisy, expected) where expected > 0 {
            let change = Double(noisy / expected) - 1
            count += 1
            sum += change
            squares += change * change
        }
        guard count > 0 else { return 0 }
        return max(0, squares / count - (sum / count) * (sum / count)).squareRoot()
    }

    /// The stored brightness, not rounded; for colour the luma of ITU-R BT.601, which is JPEG's.
    private static func luma(_ light: [Image<Float>], _ sensor: PanelSensor) -> [Float] {
        if light.count == 1 { return light[0].samples.map(sensor.level) }
        return light[0].samples.indices.map { place in
            0.299 * sensor.level(light[0].samples[place])
                + 0.587 * sensor.level(light[1].samples[place])
                + 0.114 * sensor.level(light[2].samples[place])
        }
    }
}

extension TrueDefect {
    /// The truth about the defect number `index` of the scene's panel.
    init(index: Int, in scene: PanelScene, sensor: PanelSensor) {
        let panel = scene.panel
        let planted = panel.defects[index]
        let patch = scene.patches[index]
        let bounds = Rectangle(x: 0, y: 0, width: panel.width, height: panel.height)
        let geometry = MaskGeometry(patch, within: bounds)
        let measured = DefectMeasurement(
            patch,
            footprint: geometry.boundingBox,
            index: index,
            in: scene,
            sensor: sensor
        )
        let isLine = planted.defectClass == .scratch || planted.defectClass == .fibre
        let maxFeretMm = geometry.maxFeretPx * panel.mmPerPixel
        let minFeretMm = geometry.minFeretPx * panel.mmPerPixel
        self.init(
            id: index + 1,
            defectClass: planted.defectClass,
            polarity: measured.polarity,
            centroid: geometry.centroid,
            boundingBox: geometry.boundingBox,
            areaPx: geometry.pixelCount,
            areaMm2: Double(geometry.pixelCount) * panel.mmPerPixel * panel.mmPerPixel,
            lengthMm: isLine ? planted.lengthMm : maxFeretMm,
            widthMm: isLine ? planted.widthMm : minFeretMm,
            maxFeretMm: maxFeretMm,
            minFeretMm: minFeretMm,
            orientation: halfTurn(planted.orientation),
            contrast: measured.contrast,
            darkContrast: measured.darkContrast,
            brightContrast: measured.brightContrast,
            noise: measured.noise,
            snr: measured.snr
        )
    }
}

/// The same undirected direction in (-π/2, π/2].
func halfTurn(_ angle: Double) -> Double {
    let turned = angle - .pi * ((angle / .pi + 0.5).rounded(.up) - 1)
    return turned
}
