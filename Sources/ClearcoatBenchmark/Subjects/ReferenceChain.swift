import ClearcoatFilters
package import ClearcoatImage
package import ClearcoatInspection
package import ClearcoatRegions

/// The chain of operations that the speed targets speak of, as any image library offers them:
/// 5x5 Gaussian, 65x65 box background, |difference| above 14, Canny 40/100 on the smoothed image, either
/// of both, 3x3 cross opening, 8-connected components with area, box and centroid.
package struct ReferenceChain<Bands: BandScheduler>: Sendable {
    private let scheduler: Bands
    private let bandCount: Int

    /// The chain in `bandCount` bands of rows. The result does not depend on them.
    package init(on scheduler: Bands, bandCount: Int) {
        self.scheduler = scheduler
        self.bandCount = max(bandCount, 1)
    }

    /// What the chain finds, in the order of the regions' first pixels.
    ///
    /// - Throws: `CancellationError` only.
    package func components(of image: Image<UInt8>) async throws -> [Component] {
        let mask = try await mask(of: image)
        let bands = try await inBands(mask.height) { runs(in: mask, rows: $0) }
        return regions(of: bands.flatMap(\.self)).map(Component.init)
    }

    /// The mask whose components are measured.
    ///
    /// - Throws: `CancellationError` only.
    package func mask(of image: Image<UInt8>) async throws -> Mask {
        let smoothed = try await joined(image.height) { gaussian5(image, rows: $0) }
        let edges = try await edges(of: smoothed)
        let marked = try await joined(image.height) { rows in
            let background = box(smoothed, width: 65, height: 65, rows: rows)
            let spots = threshold(absoluteDifference(smoothed.band(rows), background), above: 14)
            return maskUnion(spots, edges.expanded(rows: rows))
        }
        let eroded = try await joined(image.height) { erode(marked, with: .cross, rows: $0) }
        return try await joined(image.height) { dilate(eroded, with: .cross, rows: $0) }
    }

    private func edges(of image: Image<UInt8>) async throws -> BitMask {
        let bands = try await inBands(image.height) {
            edgeCandidates(of: image, low: 40, high: 100, rows: $0)
        }
        return spread(BitMask(joining: bands.map(\.strong)), over: BitMask(joining: bands.map(\.all)))
    }

    private func inBands<Part: Sendable>(
        _ height: Int,
        _ body: @escaping @Sendable (Range<Int>) -> Part
    ) async throws -> [Part] {
        let bands = rowBands(height: height, count: bandCount)
        return try await scheduler.map(bands.count) { body(bands[$0]) }
    }

    private func joined(
        _ height: Int,
        _ body: @escaping @Sendable (Range<Int>) -> Image<UInt8>
    ) async throws -> Image<UInt8> {
        let bands = try await inBands(height, body)
        if bands.count == 1 { return bands[0] }
        var samples: [UInt8] = []
        samples.reserveCapacity(bands.reduce(0) { $0 + $1.samples.count })
        for band in bands { samples += band.samples }
        return Image(width: bands.first?.width ?? 0, height: height, samples: samples)
    }
}

/// What the reference chain says of a region.
package struct Component: Sendable, Hashable {
    /// How many pixels there are.
    package let area: Int
    /// The smallest upright box that holds every pixel.
    package let box: Rectangle
    /// The mean of the pixels' centres.
    package let centroid: Point

    /// Measures a region.
    package init(_ region: Region) {
        area = region.pixelCount
        box = region.boundingBox
        centroid = Moments(of: region).centroid
    }
}

/// `count` ranges of rows, nearly equally long, that together are 0 ..< `height`; fewer when there are
/// fewer rows, and one for no rows.
func rowBands(height: Int, count: Int) -> [Range<Int>] {
    let count = max(1, min(count, height))
    return (0..<count).map { height * $0 / count..<height * ($0 + 1) / count }
}

extension Image {
    /// Some rows; all of them without a copy.
    fileprivate func band(_ rows: Range<Int>) -> Image {
        if rows == 0..<height { return self }
        return cropped(to: Rectangle(columns: 0..<width, rows: rows))
    }
}
