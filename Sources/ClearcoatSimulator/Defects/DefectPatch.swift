import ClearcoatImage

/// A defect on the pixel grid: for each pixel of a box what it does to the light and how much of the
/// pixel it covers.
struct DefectPatch: Sendable {
    /// The box, which may reach beyond the picture.
    let box: Rectangle
    /// The relative change of light, averaged over each pixel: -1 is black, 0 no change.
    let change: Image<Float>
    /// What is added to that in each channel of a colour camera, for a defect of another colour.
    let tints: [Image<Float>]
    /// The share of each pixel that lies inside the defect, 0...1.
    let coverage: Image<Float>
    /// The share from which on a pixel is the defect's: a half, or, where the defect is too thin to cover
    /// half of any pixel, half of the most it covers. Zero if it covers nothing.
    let threshold: Float

    /// Tiles of this many pixels are skipped at once where the shape is not.
    private static let tile = 16

    /// Draws `defect` with 4 × 4 points in each pixel, 2 × 2 if it is wider than 24 pixels.
    init(_ defect: PlantedDefect, mmPerPixel: Double, lightDirection: Double) {
        let shape = defect.shape(lightDirection: lightDirection)
        let centreX = defect.xMm / mmPerPixel
        let centreY = defect.yMm / mmPerPixel
        let reach = shape.reachMm / mmPerPixel + 1
        let left = Int((centreX - reach).rounded(.down))
        let top = Int((centreY - reach).rounded(.down))
        let right = Int((centreX + reach).rounded(.up))
        let bottom = Int((centreY + reach).rounded(.up))
        box = Rectangle(columns: left..<right + 1, rows: top..<bottom + 1)
        let grid = SampleGrid(
            shape: shape,
            centreX: centreX,
            centreY: centreY,
            mmPerPixel: mmPerPixel,
            orientation: defect.orientation,
            points: defect.widthMm > 24 * mmPerPixel ? 2 : 4
        )
        var change = [Float](repeating: 0, count: box.pixelCount)
        var coverage = change
        var strengths = defect.tint == nil ? [] : change
        for tileY in stride(from: 0, to: box.height, by: Self.tile) {
            for tileX in stride(from: 0, to: box.width, by: Self.tile) {
                guard let part = grid.part(x: left + tileX, y: top + tileY, side: Self.tile) else {
                    continue
                }
                for y in tileY..<min(tileY + Self.tile, box.height) {
                    for x in tileX..<min(tileX + Self.tile, box.width) {
                        let pixel = grid.average(of: part, x: left + x, y: top + y)
                        change[y * box.width + x] = Float(defect.contrast * pixel.strength)
                        if defect.tint != nil { strengths[y * box.width + x] = Float(pixel.strength) }
                        coverage[y * box.width + x] = Float(pixel.coverage)
                    }
                }
            }
        }
        self.change = Image(width: box.width, height: box.height, samples: change)
        let (width, height) = (box.width, box.height)
        let tint = defect.tint.map { [$0.red, $0.green, $0.blue] } ?? []
        tints = tint.map { share in
            Image(width: width, height: height, samples: strengths.map { Float(share) * $0 })
        }
        self.coverage = Image(width: box.width, height: box.height, samples: coverage)
        threshold = 0.5 * min(coverage.max() ?? 0, 1)
    }
}

/// How a shape's own frame lies on the pixel grid, and the points of a pixel at which it is asked.
private struct SampleGrid {
    let shape: any DefectShape
    /// Where the shape's middle is, in pixels.
    let centreX: Double
    let centreY: Double
    let mmPerPixel: Double
    private let cosTurn: Double
    private let sinTurn: Double
    /// Where the points lie in a pixel along x and along y, from its centre.
    private let offsets: [Double]

    init(
        shape: any DefectShape,
        centreX: Double,
        centreY: Double,
        mmPerPixel: Double,
        orientation: Double,
        points: Int
    ) {
        self.shape = shape
        self.centreX = centreX
        self.centreY = centreY
        self.mmPerPixel = mmPerPixel
        cosTurn = cosine(orientation)
        sinTurn = sine(orientation)
        offsets = (0..<points).map { (Double($0) + 0.5) / Double(points) - 0.5 }
    }

    /// A point of the picture in the shape's frame.
    private func local(_ x: Double, _ y: Double) -> (u: Double, v: Double) {
        let dx = (x - centreX) * mmPerPixel
        let dy = (y - centreY) * mmPerPixel
        return (dx * cosTurn + dy * sinTurn, dy * cosTurn - dx * sinTurn)
    }

    /// The part of the shape that touches a square of pixels, if any.
    func part(x: Int, y: Int, side: Int) -> (any DefectShape)? {
        let half = Double(side) / 2
        let middle = local(Double(x) + half - 0.5, Double(y) + half - 0.5)
        return shape.part(nearU: middle.u, v: middle.v, radius: half * 1.4143 * mmPerPixel)
    }

    /// The mean strength over one pixel and the share of it that is inside.
    func average(of shape: any DefectShape, x: Int, y: Int) -> (strength: Double, coverage: Double) {
        var strength = 0.0
        var inside = 0
        for offsetY in offsets {
            for offsetX in offsets {
                let point = local(Double(x) + offsetX, Double(y) + offsetY)
                let effect = shape.effect(u: point.u, v: point.v)
                strength += effect.strength
                if effect.isInside { inside += 1 }
            }
        }
        let count = Double(offsets.count * offsets.count)
        return (strength / count, Double(inside) / count)
    }
}
