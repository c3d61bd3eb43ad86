import ClearcoatImage

/// Sizes of a set of pixels.
struct MaskGeometry {
    var pixelCount = 0
    var centroid = PixelPosition(x: 0, y: 0)
    var boundingBox = Rectangle(x: 0, y: 0, width: 0, height: 0)
    var maxFeretPx = 0.0
    var minFeretPx = 0.0

    /// Directions in which the Feret diameters are tried: a quarter of a degree apart, which is wrong by
    /// at most a few millionths.
    private static let directions = 720

    /// The sizes of the pixels of `patch` that belong to its defect and lie inside the picture.
    init(_ patch: DefectPatch, within bounds: Rectangle) {
        let part = patch.box.intersection(bounds)
        let threshold = patch.threshold
        var border: [(x: Double, y: Double)] = []
        var sumX = 0
        var sumY = 0
        for y in part.rows {
            let row = (y - patch.box.y) * patch.box.width - patch.box.x
            let xs = part.columns.filter {
                threshold > 0 && patch.coverage.samples[row + $0] >= threshold
            }
            guard let first = xs.first, let last = xs.last else { continue }
            pixelCount += xs.count
            sumX += xs.reduce(0, +)
            sumY += y * xs.count
            let run = Rectangle(x: first, y: y, width: last - first + 1, height: 1)
            boundingBox = boundingBox.union(run)
            // Only the ends of a row can be extreme in any direction but straight up and down, where the
            // middles of all upper and lower sides are equal.
            for x in [first, last] {
                let (x, y) = (Double(x), Double(y))
                border += [(x - 0.5, y), (x + 0.5, y), (x, y - 0.5), (x, y + 0.5)]
            }
        }
        guard pixelCount > 0 else { return }
        centroid = PixelPosition(
            x: Double(sumX) / Double(pixelCount),
            y: Double(sumY) / Double(pixelCount)
        )
        minFeretPx = .infinity
        for step in 0..<Self.directions {
            let direction = Double.pi * Double(step) / Double(Self.directions)
            let (c, s) = (cosine(direction), sine(direction))
            var least = Double.infinity
            var most = -Double.infinity
            for point in border {
                let place = point.x * c + point.y * s
                least = min(least, place)
                most = max(most, place)
            }
            maxFeretPx = max(maxFeretPx, most - least)
            minFeretPx = min(minFeretPx, most - least)
        }
    }
}
