package import ClearcoatImage

/// A lens's blur: a Gaussian point spread, applied along rows and then along columns.
package struct LensBlur: Sendable {
    /// The weights from the middle outwards: the middle one, then those of either side. All together,
    /// the sides counted twice, they are 1, so that no light is lost.
    package let weights: [Float]

    /// How many pixels a point spreads to each side: 4 standard deviations.
    package var radius: Int { weights.count - 1 }

    package init(sigmaPx: Double) {
        guard sigmaPx > 0 else {
            weights = [1]
            return
        }
        let bell = (0...Int((4 * sigmaPx).rounded(.up))).map { distance in
            let t = Double(distance) / sigmaPx
            return exponential(-0.5 * t * t)
        }
        let sum = 2 * bell.reduce(0, +) - 1
        weights = bell.map { Float($0 / sum) }
    }

    /// The blurred inner part of `image`: ``radius`` pixels smaller on each side.
    ///
    /// - Precondition: the image is wider and higher than twice the radius.
    package func applied(to image: Image<Float>) -> Image<Float> {
        guard radius > 0 else { return image }
        let width = image.width - 2 * radius
        let height = image.height - 2 * radius
        precondition(
            width >= 0 && height >= 0,
            "\(image.bounds) is too small for a blur of \(radius) px"
        )
        var blurred = [Float](repeating: 0, count: width * height)
        // The rows that are needed now, blurred along x, as a ring: row y lies at y modulo its size.
        let ring = 2 * radius + 1
        var rows = [[Float]](repeating: [Float](repeating: 0, count: width), count: ring)
        for y in 0..<image.height {
            blurRow(image.samples.span.extracting(image.row(y)), into: &rows[y % ring])
            guard y >= 2 * radius else { continue }
            let middle = y - radius
            var output = blurred.mutableSpan
            let base = (y - 2 * radius) * width
            for (distance, weight) in weights.enumerated() {
                let rowAbove = rows[(middle - distance) % ring]
                let rowBelow = rows[(middle + distance) % ring]
                let above = rowAbove.span
                let below = rowBelow.span
                if distance == 0 {
                    for x in 0..<width { output[base &+ x] = weight * above[x] }
                } else {
                    for x in 0..<width { output[base &+ x] += weight * (above[x] + below[x]) }
                }
            }
        }
        return Image(width: width, height: height, samples: blurred)
    }

    private func blurRow(_ row: Span<Float>, into output: inout [Float]) {
        let width = output.count
        var blurred = output.mutableSpan
        for (distance, weight) in weights.enumerated() {
            let left = row.extracting(radius - distance..<radius - distance + width)
            let right = row.extracting(radius + distance..<radius + distance + width)
            if distance == 0 {
                for x in 0..<width { blurred[x] = weight * left[x] }
            } else {
                for x in 0..<width { blurred[x] += weight * (left[x] + right[x]) }
            }
        }
    }
}
