import ClearcoatCodecs
import ClearcoatImage
import ClearcoatRegions

/// What `measure` does with a mask or label picture: a PNG file, or width, depth and then plain samples.
struct MaskTarget: FuzzTarget {
    func run(_ bytes: [UInt8]) {
        if ImageFormat(firstBytes: bytes) == .png {
            guard let picture = decodeInEveryWay(withRightChecksums(bytes)) else { return }
            switch picture {
            case .uint8(let image): measure(image, picture)
            case .uint16(let image): measure(image, picture)
            }
            return
        }
        guard bytes.count > 2 else { return }
        let width = Int(bytes[0]) % 64 + 1
        let content = bytes.dropFirst(2)
        if bytes[1] & 1 == 0 {
            let image = Image(
                width: width,
                height: content.count / width,
                samples: Array(content.prefix(content.count / width * width))
            )
            measure(image, .uint8(image))
        } else {
            let pairs = stride(from: content.startIndex, to: content.endIndex - 1, by: 2).map {
                UInt16(content[$0]) << 8 | UInt16(content[$0 + 1])
            }
            let image = Image(
                width: width,
                height: pairs.count / width,
                samples: Array(pairs.prefix(pairs.count / width * width))
            )
            measure(image, .uint16(image))
        }
    }

    private func measure<S: Sample & FixedWidthInteger & UnsignedInteger>(
        _ image: Image<S>,
        _ brightness: GrayImage
    ) {
        let foreground = image.samples.count { $0 != 0 }
        for connectivity in [Connectivity.four, .eight] {
            let regions = labelledRegions(in: image, connectivity: connectivity)
            promise(
                regions.reduce(0) { $0 + $1.region.pixelCount } == foreground,
                "every pixel in one region"
            )
            // Measuring is slow beside the rest, and a picture of noise has hundreds.
            for (_, region) in regions.prefix(16) { check(region, in: brightness) }
        }
    }

    private func check(_ region: Region, in brightness: GrayImage) {
        let shape = RegionFeatures(of: region)
        let numbers = [
            shape.centroid.x, shape.centroid.y, shape.equivalentDiameter, shape.majorAxisLength,
            shape.minorAxisLength, shape.orientation, shape.eccentricity, shape.elongation, shape.perimeter,
            shape.croftonPerimeter, shape.circularity, shape.extent, shape.solidity, shape.maxFeret,
            shape.maxFeretDirection, shape.minFeret, shape.minFeretDirection,
        ]
        promise(numbers.allSatisfy(\.isFinite), "finite features of \(region.runs): \(numbers)")
        promise(shape.pixelCount == region.pixelCount && shape.pixelCount > 0, "its pixels")
        promise(shape.minFeret <= shape.maxFeret * (1 + 1e-9), "the least width is not above the largest")
        promise(shape.filledPixelCount >= shape.pixelCount, "filling takes nothing away")
        let statistics = IntensityStatistics(of: region, in: brightness)
        promise(statistics.mean.isFinite && statistics.standardDeviation.isFinite, "finite statistics")
        promise(
            statistics.minimum <= statistics.mean && statistics.mean <= statistics.maximum,
            "a mean between"
        )
        promise(statistics.weightedCentroid.x.isFinite, "a finite centre of brightness")
        let box = shape.boundingBox
        promise(box.width <= brightness.width && box.height <= brightness.height, "inside the picture")
        promise(!region.contour().isEmpty, "an outline")
        _ = region.innerContours()
    }

    func seeds() throws -> [[UInt8]] {
        let ring: [UInt8] = [
            0, 0, 0, 0, 0, 0, 0, 0,
            0, 1, 1, 1, 1, 0, 0, 1,
            0, 1, 0, 0, 1, 0, 1, 0,
            0, 1, 1, 1, 1, 0, 0, 0,
        ]
        let labels = ring.enumerated().map { $1 * UInt8($0 / 8) }
        let image = Image(width: 8, height: 4, samples: labels)
        return [[7, 0] + ring, [7, 0] + labels, [3, 1] + labels, try ImageEncoder.png(image)]
    }

    let words = ["\u{1}\u{1}\u{1}\u{1}", "\0\0\0\0", "\u{7f}", "IDAT", "\0\u{1}\0\u{1}"]
    let maximumLength = 600
}
