public import ClearcoatImage

/// What the samples under a region are like.
///
/// For 8 and 16 bit pictures all sums are whole numbers, divided once: equal regions of equal pictures
/// have equal statistics to the last bit.
public struct IntensityStatistics: Sendable, Hashable {
    /// The number of samples.
    public let pixelCount: Int
    /// The mean, in the picture's own unit (grey levels, or relative contrast of a flattened picture).
    public let mean: Double
    /// The smallest sample.
    public let minimum: Double
    /// The largest sample.
    public let maximum: Double
    /// The standard deviation, Σ(v − v̄)² / n under the root; 0 for one pixel.
    public let standardDeviation: Double
    /// The mean of the pixels' centres, each weighted with its sample; scikit-image's
    /// `centroid_weighted`. The plain centroid where weights make no sense: when they sum to 0, or when
    /// samples of both signs put it outside the bounding box.
    public let weightedCentroid: Point

    /// The statistics of the samples of `image` under `region`.
    ///
    /// - Precondition: the region lies inside the picture.
    /// - Complexity: O(*n*) in pixels.
    public init(of region: Region, in image: Image<UInt8>) {
        self.init(wholeNumbersOf: region, in: image)
    }

    /// The statistics of the samples of `image` under `region`.
    ///
    /// - Precondition: the region lies inside the picture.
    /// - Complexity: O(*n*) in pixels.
    public init(of region: Region, in image: Image<UInt16>) {
        self.init(wholeNumbersOf: region, in: image)
    }

    /// The statistics of the samples of `image` under `region`, whichever their depth.
    ///
    /// - Precondition: the region lies inside the picture.
    /// - Complexity: O(*n*) in pixels.
    public init(of region: Region, in image: GrayImage) {
        switch image {
        case .uint8(let image): self.init(of: region, in: image)
        case .uint16(let image): self.init(of: region, in: image)
        }
    }

    /// The statistics of the samples of `image` under `region`. Sums are taken in reading order, in 64
    /// bits.
    ///
    /// - Precondition: the region lies inside the picture.
    /// - Complexity: O(*n*) in pixels, twice.
    public init(of region: Region, in image: Image<Float>) {
        region.requireInside(image.bounds)
        let samples = image.samples.span
        let origin = region.firstPixel
        var (sum, sumX, sumY) = (0.0, 0.0, 0.0)
        var (least, greatest) = (Float.infinity, -Float.infinity)
        for run in region.runs {
            let row = samples.extracting(image.row(run.row))
            for x in run.columns {
                let sample = row[x]
                least = min(least, sample)
                greatest = max(greatest, sample)
                sum += Double(sample)
                sumX += Double(sample) * Double(x - origin.x)
                sumY += Double(sample) * Double(run.row - origin.y)
            }
        }
        let mean = sum / Double(region.pixelCount)
        // Only now, since the square of the mean may be much larger than the variance.
        var squares = 0.0
        for run in region.runs {
            let row = samples.extracting(image.row(run.row))
            for x in run.columns { squares += (Double(row[x]) - mean) * (Double(row[x]) - mean) }
        }
        pixelCount = region.pixelCount
        self.mean = mean
        minimum = Double(least)
        maximum = Double(greatest)
        standardDeviation = (squares / Double(region.pixelCount)).squareRoot()
        weightedCentroid = region.centroid(
            weightedBy: sum,
            x: Double(origin.x) + sumX / sum,
            y: Double(origin.y) + sumY / sum
        )
    }

    private init<Element: Sample & FixedWidthInteger & UnsignedInteger>(
        wholeNumbersOf region: Region,
        in image: Image<Element>
    ) {
        region.requireInside(image.bounds)
        let samples = image.samples.span
        var (least, greatest) = (Element.max, Element.min)
        // For 200 megapixel of 16 bits, the largest of these is below 2⁶³.
        var (sum, squares, sumX, sumY) = (0, 0, 0, 0)
        for run in region.runs {
            let row = samples.extracting(image.row(run.row))
            var (runSum, runSumX) = (0, 0)
            for x in run.columns {
                let sample = row[x]
                least = min(least, sample)
                greatest = max(greatest, sample)
                let value = Int(truncatingIfNeeded: sample)
                runSum &+= value
                squares &+= value &* value
                runSumX &+= value &* (x &- run.start)
            }
            sum &+= runSum
            sumX &+= runSumX &+ runSum &* (run.start &- region.boundingBox.x)
            sumY &+= runSum &* (run.row &- region.boundingBox.y)
        }
        let variance = covariance(count: region.pixelCount, products: squares, sum, sum)
        pixelCount = region.pixelCount
        mean = Double(sum) / Double(region.pixelCount)
        minimum = Double(least)
        maximum = Double(greatest)
        standardDeviation = variance.squareRoot()
        weightedCentroid = region.centroid(
            weightedBy: Double(sum),
            x: Double(region.boundingBox.x) + Double(sumX) / Double(sum),
            y: Double(region.boundingBox.y) + Double(sumY) / Double(sum)
        )
    }
}

extension Region {
    /// A region of another picture is a mistake in the calling code.
    fileprivate func requireInside(_ bounds: Rectangle) {
        precondition(
            boundingBox.intersection(bounds) == boundingBox,
            "a region in \(boundingBox) of a picture of \(bounds)"
        )
    }

    /// (x, y) where that is a sensible centroid, else the plain one.
    fileprivate func centroid(weightedBy sum: Double, x: Double, y: Double) -> Point {
        let box = boundingBox
        let columns = Double(box.x)...Double(box.x + box.width - 1)
        let rows = Double(box.y)...Double(box.y + box.height - 1)
        guard sum != 0, columns.contains(x), rows.contains(y) else { return centroid }
        return Point(x: x, y: y)
    }
}
