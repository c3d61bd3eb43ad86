public import ClearcoatImage

/// A picture of a simulated panel and what it really shows.
public struct RenderedPanel: Sendable, Hashable {
    /// The samples, upright.
    public let pixels: PanelPixels
    /// The planted defects.
    public let truth: GroundTruth
    /// For each pixel the id of the defect that covers it by half or more before the lens's blur, or 0.
    /// (A line too thin to cover half of any pixel counts from half of the most it covers.)
    public let truthLabels: Image<UInt16>
}

/// Photographs a panel.
///
/// The same description and seed give the same samples on every run; from one machine to another as far
/// as their C libraries agree on sin, cos, exp, log and pow.
///
/// - Parameters:
///   - panel: what to look at.
///   - seed: of all that is random: waviness, flakes, noise. (Each defect's shape has its own seed.)
/// - Complexity: O(*n*) in pixels; four bytes a pixel and channel of working memory twice over.
public func render(_ panel: PanelDescription, seed: UInt64) -> RenderedPanel {
    let noise = NormalNoise()
    let scene = PanelScene(panel, seed: seed, noise: noise)
    let sensor = PanelSensor(panel.camera, noise: noise)
    let bounds = Rectangle(x: 0, y: 0, width: panel.width, height: panel.height)
    let light = scene.light(in: bounds)

    func exposed<Element: Sample & FixedWidthInteger & UnsignedInteger>(
        _ channel: Int,
        as type: Element.Type
    ) -> Image<Element> {
        sensor.stored(light[channel], channel: channel, seed: seed, as: type)
    }
    func colour<Element: Sample & FixedWidthInteger & UnsignedInteger>(
        as type: Element.Type
    ) -> RGBImage<Element> {
        RGBImage(red: exposed(0, as: type), green: exposed(1, as: type), blue: exposed(2, as: type))
    }
    let pixels: PanelPixels =
        switch (panel.camera.isColour, panel.camera.bitsPerSample > 8) {
        case (false, false): .gray8(exposed(0, as: UInt8.self))
        case (false, true): .gray16(exposed(0, as: UInt16.self))
        case (true, false): .rgb8(colour(as: UInt8.self))
        case (true, true): .rgb16(colour(as: UInt16.self))
        }
    let truth = GroundTruth(
        name: panel.name,
        width: panel.width,
        height: panel.height,
        mmPerPixel: panel.mmPerPixel,
        seed: seed,
        paint: PanelPreset.allCases.first { $0.surface == panel.surface },
        defects: panel.defects.indices.map { TrueDefect(index: $0, in: scene, sensor: sensor) }
    )
    return RenderedPanel(
        pixels: pixels,
        truth: truth,
        truthLabels: labels(of: scene.patches, in: bounds)
    )
}

/// The label image. Where defects overlap the later one wins.
private func labels(of patches: [DefectPatch], in bounds: Rectangle) -> Image<UInt16> {
    var labels = [UInt16](repeating: 0, count: bounds.pixelCount)
    for (index, patch) in patches.enumerated() {
        let part = patch.box.intersection(bounds)
        let threshold = patch.threshold
        guard threshold > 0 else { continue }
        for y in part.rows {
            let row = (y - patch.box.y) * patch.box.width - patch.box.x
            for x in part.columns where patch.coverage.samples[row + x] >= threshold {
                labels[y * bounds.width + x] = UInt16(truncatingIfNeeded: index + 1)
            }
        }
    }
    return Image(width: bounds.width, height: bounds.height, samples: labels)
}
