import ClearcoatFilters
package import ClearcoatImage
package import ClearcoatInspection
package import ClearcoatRegions

/// The reference chain (``ReferenceChain``) and what is measured on its mask: 8-connected components with
/// area, box and centroid.
package struct ComponentChain<Bands: BandScheduler>: Sendable {
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
        ReferenceChain.mask(
            joining: try await inBands(image.height) { ReferenceChain.evidence(of: image, rows: $0) }
        )
    }

    private func inBands<Part: Sendable>(
        _ height: Int,
        _ body: @escaping @Sendable (Range<Int>) -> Part
    ) async throws -> [Part] {
        let bands = rowBands(height: height, count: bandCount)
        return try await scheduler.map(bands.count) { body(bands[$0]) }
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
