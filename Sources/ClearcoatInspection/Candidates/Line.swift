import ClearcoatImage
import ClearcoatRegions

#if canImport(Glibc)
    import Glibc
#endif

/// An elongated region as a line: its direction, its ends and its course between them.
struct Line: Sendable {
    let centroid: Point
    /// Unit vector along the line.
    let direction: (x: Double, y: Double)
    /// Extent along and across the direction, in pixels.
    let length: Double
    let width: Double
    /// The outermost points along the direction.
    let start: Point
    let end: Point
    /// Distance of the middle of the region from the straight line, every few pixels along it: nil where
    /// there is a gap.
    let course: [Double?]
    /// Pixels along the line from one entry of ``course`` to the next.
    let step: Double
    /// Where along the direction, from the centroid, ``course`` begins.
    let first: Double

    init(_ region: Region) {
        let axis = LineAxis(region)
        let (centre, direction, length, low) = (
            axis.centroid, axis.direction, axis.length, axis.first
        )
        let step = max(2, length / 200)
        let bins = Int(length / step) + 1
        var sums = [Double](repeating: 0, count: bins)
        var counts = [Double](repeating: 0, count: bins)
        for run in region.runs {
            for x in run.columns {
                let dx = Double(x) - centre.x
                let dy = Double(run.row) - centre.y
                let bin = min(Int((dx * direction.x + dy * direction.y - low) / step), bins - 1)
                sums[bin] += dy * direction.x - dx * direction.y
                counts[bin] += 1
            }
        }
        let course = zip(sums, counts).map { $1 > 0 ? $0 / $1 : nil }
        func point(_ u: Double, _ v: Double) -> Point {
            Point(
                x: centre.x + u * direction.x - v * direction.y,
                y: centre.y + u * direction.y + v * direction.x
            )
        }
        centroid = centre
        self.direction = direction
        self.length = length
        width = axis.width
        start = point(low, (course.first ?? 0) ?? 0)
        end = point(low + length - 1, (course.last ?? 0) ?? 0)
        self.course = course
        self.step = step
        first = low
    }

    /// Whether it is long and thin enough to have a direction.
    var isElongated: Bool { LineAxis.isElongated(length: length, width: width) }

    /// The point beside the line's middle at entry `index` of ``course``, `offset` pixels to its side;
    /// nil in a gap.
    func point(_ index: Int, offset: Double) -> Point? {
        guard let v = course[index] else { return nil }
        let u = first + (Double(index) + 0.5) * step
        let across = v + offset
        return Point(
            x: centroid.x + u * direction.x - across * direction.y,
            y: centroid.y + u * direction.y + across * direction.x
        )
    }
}

/// How long and wide a region is as a line, without its course.
///
/// - Complexity: O(*n*) in runs.
struct LineAxis: Sendable {
    let centroid: Point
    /// Unit vector along the line.
    let direction: (x: Double, y: Double)
    /// Extent along and across the direction, in pixels.
    let length: Double
    let width: Double
    /// Where along the direction, from the centroid, it begins.
    let first: Double

    init(_ region: Region) {
        let moments = Moments(of: region)
        let angle = moments.orientation
        let direction = (x: cos(angle), y: sin(angle))
        let centre = moments.centroid
        var low = Double.infinity
        var high = -Double.infinity
        for run in region.runs {
            for x in [run.start, run.end - 1] {
                let along = (Double(x) - centre.x) * direction.x + (Double(run.row) - centre.y) * direction.y
                low = min(low, along)
                high = max(high, along)
            }
        }
        centroid = centre
        self.direction = direction
        length = high - low + 1
        width = Double(region.pixelCount) / length
        first = low
    }

    /// Whether it is long and thin enough to have a direction.
    var isElongated: Bool { Self.isElongated(length: length, width: width) }

    fileprivate static func isElongated(length: Double, width: Double) -> Bool { length >= 3 * max(width, 1) }
}
