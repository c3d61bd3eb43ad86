package import ClearcoatImage

/// A panel made ready to be looked at: the light that reaches the sensor, for any part of the picture.
///
/// For each channel, with ρ the base coat's reflectance and F the clear coat's:
///
///     light = exposure · V · blur( outline( L · defects · style lines · gaps ) )
///     L     = ρ · E · flakes + F · R
///     E     = (1 + gradient) · (1 - tan(θ) · slope towards the lamp)          diffuse, Lambert
///     R     = ambient + Σ lamps at (x, y) + lever · slope                     mirrored
///     V     = cos⁴ of the angle to the lens's axis
///
/// The slope is that of the orange peel. Defects change the light in proportion: they are asked for by
/// their contrast. The scene has no border: what lies outside the picture is blurred into it like
/// everything else, so that a part drawn alone equals the same part of the whole, bit for bit.
package struct PanelScene: Sendable {
    let panel: PanelDescription
    let seed: UInt64
    let blur: LensBlur
    let patches: [DefectPatch]
    private let orangePeel: PlaneWaves?
    private let mottle: PlaneWaves?
    private let flakes: FlakeField?

    /// How many waves make an orange peel: enough that none can be seen alone.
    private static let orangePeelWaves = 72
    private static let mottleWaves = 16

    package init(_ panel: PanelDescription, seed: UInt64, noise: NormalNoise) {
        self.panel = panel
        self.seed = seed
        blur = LensBlur(sigmaPx: panel.camera.blurSigmaPx)
        patches = panel.defects.map {
            DefectPatch($0, mmPerPixel: panel.mmPerPixel, lightDirection: panel.lighting.direction)
        }
        orangePeel = panel.surface.orangePeel.map { peel in
            var generator = SplitMix64(seed: seed, .orangePeel)
            return PlaneWaves(
                count: Self.orangePeelWaves,
                shortestMm: peel.shortestWavelengthMm,
                longestMm: peel.longestWavelengthMm,
                rms: peel.rmsHeightMicrometres / 1000,
                using: &generator
            )
        }
        mottle = panel.surface.flake.map { flake in
            var generator = SplitMix64(seed: seed, .mottle)
            return PlaneWaves(
                count: Self.mottleWaves,
                shortestMm: 8,
                longestMm: 40,
                rms: flake.mottle,
                using: &generator
            )
        }
        flakes = panel.surface.flake.map {
            FlakeField(flake: $0, mmPerPixel: panel.mmPerPixel, seed: seed, noise: noise)
        }
    }

    /// The same scene with other defects, and with or without its paint's texture.
    private init(_ scene: PanelScene, patches: [DefectPatch], isTextured: Bool) {
        panel = scene.panel
        seed = scene.seed
        blur = scene.blur
        self.patches = patches
        orangePeel = isTextured ? scene.orangePeel : nil
        mottle = isTextured ? scene.mottle : nil
        flakes = isTextured ? scene.flakes : nil
    }

    /// The scene with one of its defects only.
    func only(_ patch: DefectPatch) -> PanelScene {
        PanelScene(self, patches: [patch], isTextured: true)
    }
    /// The scene without defects.
    package var clean: PanelScene { PanelScene(self, patches: [], isTextured: true) }
    /// The scene without paint texture and without defects: only light, style lines, gaps and border.
    package var untextured: PanelScene { PanelScene(self, patches: [], isTextured: false) }

    /// The reflectances of the channels the camera sees: one or three.
    var channels: [Double] {
        let colour = panel.surface.baseColour
        return panel.camera.isColour ? [colour.red, colour.green, colour.blue] : [colour.luminance]
    }

    /// The light on the sensor in `box`, one image a channel; 1 saturates it.
    package func light(in box: Rectangle) -> [Image<Float>] {
        let wide = box.expanded(by: blur.radius)
        var planes = channels.map { _ in [Float](repeating: 0, count: wide.pixelCount) }
        let field = flakes?.drawn(in: wide)
        let peelTable = orangePeel?.table(columns: wide.columns, mmPerPixel: panel.mmPerPixel)
        let mottleTable = mottle?.table(columns: wide.columns, mmPerPixel: panel.mmPerPixel)
        let zeros = [Float](repeating: 0, count: wide.width)
        // Places count from the picture's corner, not the part's, so that every part rounds alike.
        let places = wide.columns.map { Float($0) }
        for y in wide.rows {
            var slopesX = zeros
            var slopesY = zeros
            peelTable?.addSlopes(y: y, alongX: &slopesX, alongY: &slopesY)
            var diffuse = zeros
            if let field { diffuse = Array(field.samples[field.row(y - wide.y)]) }
            mottleTable?.addHeights(y: y, to: &diffuse)
            var mirrored = zeros
            illuminate(y, places, slopesX, slopesY, &diffuse, &mirrored)
            let base = (y - wide.y) * wide.width
            for (channel, reflectance) in channels.enumerated() {
                let rho = Float(reflectance)
                let coat = Float(panel.surface.clearCoatReflectance)
                var output = planes[channel].mutableSpan
                for x in 0..<wide.width { output[base &+ x] = rho * diffuse[x] + coat * mirrored[x] }
                applyFeatures(y, wide.columns, to: &output, at: base)
                applyDefects(y, wide.columns, channel: channel, to: &output, at: base)
                applyOutline(y, wide.columns, to: &output, at: base)
            }
        }
        return planes.map { samples in
            vignetted(
                blur.applied(to: Image(width: wide.width, height: wide.height, samples: samples)),
                in: box
            )
        }
    }

    /// Turns `diffuse` (the flakes' relative brightness) into diffuse light and adds what the clear coat
    /// mirrors to `mirrored`, for one row.
    private func illuminate(
        _ y: Int,
        _ places: [Float],
        _ slopesX: [Float],
        _ slopesY: [Float],
        _ diffuse: inout [Float],
        _ mirrored: inout [Float]
    ) {
        let lighting = panel.lighting
        let slantX = Float(lighting.obliqueness * cosine(lighting.direction))
        let slantY = Float(lighting.obliqueness * sine(lighting.direction))
        let halfWidth = Float(max(panel.width, 2)) / 2
        let halfHeight = Float(max(panel.height, 2)) / 2
        let places = places.span
        let riseX = Float(lighting.gradientX) / halfWidth
        let start = 1 + Float(lighting.gradientY) * (Float(y) + 0.5 - halfHeight) / halfHeight
        let width = places.count
        let middle = halfWidth - 0.5
        let slopesX = slopesX.span
        let slopesY = slopesY.span
        var diffuseRow = diffuse.mutableSpan
        var mirroredRow = mirrored.mutableSpan
        for x in 0..<width {
            let slow = start + riseX * (places[x] - middle)
            let lambert = 1 - slantX * slopesX[x] - slantY * slopesY[x]
            diffuseRow[x] = slow * lambert * (1 + diffuseRow[x])
            mirroredRow[x] = Float(lighting.ambient)
        }
        let lever = Float(lighting.mirrorLeverMm)
        let scale = Float(panel.mmPerPixel)
        for lamp in lighting.lamps {
            // The distance from the band's middle line, by its normal.
            let normalX = Float(-sine(lamp.angle))
            let normalY = Float(cosine(lamp.angle))
            let half = Float(lamp.widthMm / 2)
            let soft = 1 / Float(lamp.softnessMm)
            let radiance = Float(lamp.radiance)
            let offset = normalY * (Float(y) * scale - Float(lamp.yMm)) - normalX * Float(lamp.xMm)
            for x in 0..<width {
                let shift = lever * (normalX * slopesX[x] + normalY * slopesY[x])
                let distance = offset + normalX * scale * places[x] + shift
                let one = smoothStep(0.5 + (half - distance) * soft)
                let other = smoothStep(0.5 + (half + distance) * soft)
                mirroredRow[x] += radiance * one * other
            }
        }
    }

    private func applyDefects(
        _ y: Int,
        _ columns: Range<Int>,
        channel: Int,
        to row: inout MutableSpan<Float>,
        at base: Int
    ) {
        for patch in patches where patch.box.rows.contains(y) {
            let shared = patch.box.columns.clamped(to: columns)
            let offset = (y - patch.box.y) * patch.box.width - patch.box.x
            let tint = panel.camera.isColour && !patch.tints.isEmpty ? patch.tints[channel] : nil
            for x in shared {
                let place = base + x - columns.lowerBound
                let change = patch.change.samples[offset + x] + (tint?.samples[offset + x] ?? 0)
                row[place] = max(0, row[place] * (1 + change))
            }
        }
    }

    /// Light lost towards the corners, by the cos⁴ law: with r the distance from the middle of the
    /// picture and c that of a corner, cos⁴ = (1 + (r/c)² t)⁻², t chosen for the loss at the corner.
    private func vignetted(_ image: Image<Float>, in box: Rectangle) -> Image<Float> {
        let exposure = Float(panel.camera.exposure)
        let corner = 1 / (1 - panel.camera.vignetting).squareRoot() - 1
        let middleX = Float(panel.width - 1) / 2
        let middleY = Float(panel.height - 1) / 2
        let scale = Float(corner) / max(middleX * middleX + middleY * middleY, 1)
        let width = image.width
        var lit = image.samples
        var samples = lit.mutableSpan
        for y in 0..<image.height {
            let dy = Float(box.y + y) - middleY
            let base = y * width
            for x in 0..<width {
                let dx = Float(box.x &+ x) - middleX
                let fall = 1 + (dx * dx + dy * dy) * scale
                samples[base &+ x] *= exposure / (fall * fall)
            }
        }
        return Image(width: width, height: image.height, samples: lit)
    }
}
