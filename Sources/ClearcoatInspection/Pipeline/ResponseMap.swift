package import ClearcoatImage

extension Inspection {
    /// What the detectors answer at each pixel, before candidates are made of it: the strongest response of all
    /// scales in units of the threshold for its polarity, so 1 is where a candidate begins.
    ///
    /// - Throws: `CancellationError`, and ``InspectionError`` when the recipe does not fit pictures of this size.
    /// - Complexity: that of ``run(on:bands:)`` without its candidates, and four bytes a pixel.
    package func responses(on image: GrayImage) async throws -> Image<Float> {
        var map = [Float](repeating: 0, count: image.bounds.pixelCount)
        guard !image.bounds.isEmpty else {
            return Image(width: image.width, height: image.height, samples: map)
        }
        let detection = try await Detection.run(
            on: image,
            by: try overlay(on: image.bounds),
            bandHeight: bandHeight,
            keepsResponses: true,
            with: SerialBands()
        )
        for (index, level) in detection.levels.enumerated() {
            guard let response = level.response else { continue }
            let scores = level.noise.scores(of: response)
            let half = (1 << index) / 2
            for y in 0..<image.height {
                let row = min((y + half) >> index, response.height - 1) * response.width
                for x in 0..<image.width {
                    let score = scores[row + min((x + half) >> index, response.width - 1)]
                    map[y * image.width + x] = max(map[y * image.width + x], score)
                }
            }
        }
        return Image(width: image.width, height: image.height, samples: map)
    }
}

extension NoiseMap {
    /// Responses in units of the threshold for their polarity.
    fileprivate func scores(of response: BandedPlane) -> [Float] {
        var scores: [Float] = []
        scores.reserveCapacity(response.width * response.height)
        for y in 0..<response.height {
            for x in 0..<response.width {
                let value = Float(response[x, y])
                let side: Polarity = value < 0 ? .dark : .bright
                scores.append(abs(value) / (sigmas(of: side)[block(x: x, y: y)] * threshold(of: side)))
            }
        }
        return scores
    }
}
