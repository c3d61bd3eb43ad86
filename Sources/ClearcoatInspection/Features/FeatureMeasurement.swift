import ClearcoatFilters
import ClearcoatImage
import ClearcoatRegions

#if canImport(Glibc)
    import Glibc
#endif

/// Measures the features that rules and limits ask about, in pixels (see ``Feature``).
struct FeatureMeasurement {
    let flattened: BandedPlane
    let bounds: Rectangle

    /// What half height leaves out of a spot's diameter. The slopes of a relief (crater, dent) are brightest
    /// and darkest inside its rim; a spot's edge is drawn in a little by the smoothing it is measured with.
    /// Medians over simulated defects of all paints (`random` panels of the simulator).
    private static func extent(of candidate: Candidate) -> Double {
        candidate.polarity == .mixed ? 1.115 : 1.035
    }

    func measure(_ candidate: Candidate) -> FeatureVector {
        let shape = RegionFeatures(of: candidate.region)
        var features = FeatureVector()
        let area = Double(shape.pixelCount)
        let fibre = fibreLength(area: area, perimeter: shape.croftonPerimeter)
        let isOnePiece = regions(of: candidate.region.runs).count == 1
        // A bent strip is longer than its Feret diameter; a blob's rough outline is no strip.
        let isBent = isOnePiece && shape.solidity < 0.7 && fibre > 1.15 * shape.maxFeret
        let length = isBent ? fibre : shape.maxFeret
        // Between the lit and the shaded side of a dent lies a part of it that is neither.
        let covered = candidate.polarity == .mixed ? area / max(shape.solidity, 0.1) : area
        let isElongated = length >= 3 * (covered / length)
        let width = isElongated ? covered / length : max(shape.minFeret, 1)
        features[.length] = length
        features[.width] = width
        features[.area] = area
        features[.elongation] = max(length / width, 1)
        features[.size] = isElongated ? length : Self.extent(of: candidate) * shape.equivalentDiameter
        features[.curvature] = bend(candidate.region, length: length)
        features[.solidity] = shape.solidity
        features[.circularity] = shape.circularity
        features[.contrast] = abs(candidate.contrast)
        features[.snr] = Double(candidate.strongest.response)
        features[.orientation] = shape.orientation * 180 / .pi
        if let colour = candidate.colourAlone {
            // Its brightness has no edge; cells of colours are too coarse for edges of a pixel.
            features[.edgeSharpness] = colour.edgeSharpness
        } else {
            measureEdge(candidate, into: &features)
        }
        measureOpposite(candidate, into: &features)
        return features
    }

    /// The length of the rectangle with the same area and perimeter: what a strip's length is, however
    /// it is bent.
    private func fibreLength(area: Double, perimeter: Double) -> Double {
        let half = perimeter / 2
        let root = half * half - 4 * area
        return root > 0 ? (half + root.squareRoot()) / 2 : half / 2
    }

    /// The length of the course over the distance of its ends.
    private func bend(_ region: Region, length: Double) -> Double {
        guard LineAxis(region).isElongated else { return 1 }
        let line = Line(region)
        let points = line.course.indices.compactMap { line.point($0, offset: 0) }
        guard points.count > 4, let first = points.first, let last = points.last else { return 1 }
        // Every fifth of the course: noise of single entries is no bend.
        let stride = max(points.count / 5, 1)
        let knots = Swift.stride(from: 0, to: points.count - 1, by: stride).map { points[$0] } + [last]
        let course = zip(knots, knots.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) }
        return max(course / max(first.distance(to: last), 1), length / (line.length + 1), 1)
    }

    /// How fast the contrast changes across the contour, and how much of it is a Canny edge.
    private func measureEdge(_ candidate: Candidate, into features: inout FeatureVector) {
        let around = candidate.region.boundingBox.expanded(by: 3).intersection(bounds)
        let smooth = Patch(of: flattened, in: around).smoothed(radius: 0)
        let height = Float(abs(candidate.contrast)) * FixedContrast.one
        guard height > 0 else { return }
        let border = candidate.region.borderPixels.runs.flatMap { run in
            run.columns.map { PixelCoordinate(x: $0, y: run.row) }
        }
        let slopes = border.map { place in
            let dx = smooth.clamped(x: place.x + 1, y: place.y) - smooth.clamped(x: place.x - 1, y: place.y)
            let dy = smooth.clamped(x: place.x, y: place.y + 1) - smooth.clamped(x: place.x, y: place.y - 1)
            return (dx * dx + dy * dy).squareRoot() / 2
        }
        features[.edgeSharpness] = Double((median(of: slopes) ?? 0) / height)
        features[.edgeShare] = edgeShare(of: border, smooth, height: height)
    }

    /// The share of the border within a pixel of a Canny edge: one that changes by a tenth of the contrast a
    /// pixel, or by a twentieth and connected to such a one.
    private func edgeShare(of border: [PixelCoordinate], _ patch: Patch<Float>, height: Float) -> Double {
        let box = patch.rectangle
        let levels = patch.values.mapped { UInt16($0 + FixedContrast.one) }
        // The Sobel kernels weigh a slope of one a pixel with eight.
        var edges = EdgeProbe(
            levels,
            width: box.width,
            height: box.height,
            low: Int(0.05 * 8 * height),
            high: Int(0.1 * 8 * height)
        )
        let onEdge = border.count { place in
            let near = Rectangle(x: place.x - box.x, y: place.y - box.y, width: 1, height: 1)
                .expanded(by: 1).intersection(Rectangle(x: 0, y: 0, width: box.width, height: box.height))
            return near.rows.contains { y in near.columns.contains { edges.isEdge(x: $0, y: y) } }
        }
        return Double(onEdge) / Double(max(border.count, 1))
    }

    /// How the part of the other polarity lies around the inner one.
    private func measureOpposite(_ candidate: Candidate, into features: inout FeatureVector) {
        guard let opposite = candidate.opposite else { return }
        let dominant = candidate.dominant
        let share = Double(opposite.pixelCount) / Double(max(candidate.region.pixelCount, 1))
        features[.oppositeShare] = min(share, 1 - share)
        let sameBox = dominant.boundingBox.pixelCount <= opposite.boundingBox.pixelCount
        let inner = sameBox ? dominant : opposite
        let outer = sameBox ? opposite : dominant
        let centre = Moments(of: inner).centroid
        let directions = 16
        var seen = [Bool](repeating: false, count: directions)
        var count = 0
        search: for run in outer.runs {
            for x in run.columns {
                let angle = atan2(Double(run.row) - centre.y, Double(x) - centre.x) / (2 * .pi) + 0.5
                let direction = min(Int(angle * Double(directions)), directions - 1)
                if seen[direction] { continue }
                seen[direction] = true
                count += 1
                if count == directions { break search }
            }
        }
        features[.rimCoverage] = Double(count) / Double(directions)
    }
}
