import ClearcoatImage

/// The brightness that metallic flakes add to a picture, relative to the paint without them.
///
/// The picture is divided into tiles, each with its own random sequence, so that any part of it can be
/// drawn alone and comes out the same.
struct FlakeField: Sendable {
    let flake: MetallicFlake
    let mmPerPixel: Double
    let seed: UInt64
    let noise: NormalNoise

    /// The side of a tile, in pixels.
    private static let tile = 128

    /// Draws the part of the field in `box`, which may reach beyond the picture.
    func drawn(in box: Rectangle) -> Image<Float> {
        var field = [Float](repeating: 0, count: box.pixelCount)
        guard !box.isEmpty else { return Image(width: box.width, height: box.height, samples: field) }
        for tileY in floorDivide(box.y - 1, Self.tile)...floorDivide(box.y + box.height, Self.tile) {
            for tileX in floorDivide(box.x - 1, Self.tile)...floorDivide(box.x + box.width, Self.tile) {
                addGrain(tileX, tileY, box, to: &field)
            }
        }
        // Flakes after all the grain, so that each pixel's sum has the same order in every box.
        for tileY in floorDivide(box.y - 1, Self.tile)...floorDivide(box.y + box.height, Self.tile) {
            for tileX in floorDivide(box.x - 1, Self.tile)...floorDivide(box.x + box.width, Self.tile) {
                addFlakes(tileX, tileY, box, to: &field)
            }
        }
        return Image(width: box.width, height: box.height, samples: field)
    }

    private func addGrain(_ tileX: Int, _ tileY: Int, _ box: Rectangle, to field: inout [Float]) {
        let sigma = Float(flake.grain * 0.1 / mmPerPixel)
        let columns = (tileX * Self.tile..<(tileX + 1) * Self.tile).clamped(to: box.columns)
        let rows = (tileY * Self.tile..<(tileY + 1) * Self.tile).clamped(to: box.rows)
        for y in rows where !columns.isEmpty {
            var generator = SplitMix64(seed: seed, .grain, tileX, y)
            let base = (y - box.y) * box.width - box.x
            for x in tileX * Self.tile..<columns.upperBound {
                let sample = Float(noise.next(using: &generator))
                if x >= columns.lowerBound { field[base + x] += sigma * sample }
            }
        }
    }

    /// Each flake leans by a random angle; what it mirrors fades with that angle as a bell. Its light
    /// goes to the four pixels around it, in proportion to its area.
    private func addFlakes(_ tileX: Int, _ tileY: Int, _ box: Rectangle, to field: inout [Float]) {
        var generator = SplitMix64(seed: seed, .flake, tileX, tileY)
        let side = Double(Self.tile)
        let expected = flake.densityPerMm2 * side * mmPerPixel * side * mmPerPixel
        let count = Int((expected + generator.nextUnit()).rounded(.down))
        let lean = flake.tiltDegrees / flake.acceptanceDegrees
        for _ in 0..<count {
            let x = (Double(tileX) + generator.nextUnit()) * side
            let y = (Double(tileY) + generator.nextUnit()) * side
            let diameter = flake.diameterMm * max(0.2, 1 + 0.25 * noise.next(using: &generator))
            let first = lean * noise.next(using: &generator)
            let second = lean * noise.next(using: &generator)
            let isDark = generator.nextUnit() < flake.darkShare
            let mirrored = exponential(-0.5 * (first * first + second * second))
            let area = .pi / 4 * diameter * diameter / (mmPerPixel * mmPerPixel)
            let light = area * (isDark ? -1 : flake.gain * mirrored)
            deposit(light, x: x, y: y, box, in: &field)
        }
    }

    private func deposit(
        _ light: Double,
        x: Double,
        y: Double,
        _ box: Rectangle,
        in field: inout [Float]
    ) {
        let column = Int(x.rounded(.down))
        let row = Int(y.rounded(.down))
        let right = x - Double(column)
        let below = y - Double(row)
        for (dx, dy, share) in [
            (0, 0, (1 - right) * (1 - below)), (1, 0, right * (1 - below)),
            (0, 1, (1 - right) * below), (1, 1, right * below),
        ] where box.contains(x: column + dx, y: row + dy) {
            field[(row + dy - box.y) * box.width + column + dx - box.x] += Float(light * share)
        }
    }
}

/// The quotient rounded down, also below zero.
func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
    dividend >= 0 ? dividend / divisor : -((divisor - 1 - dividend) / divisor)
}
