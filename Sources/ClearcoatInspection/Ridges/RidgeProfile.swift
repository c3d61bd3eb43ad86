import ClearcoatImage
import ClearcoatRegions

/// How bright the picture is across a ridge, as the mean along it: its contrast and width, where no single
/// pixel would tell.
struct RidgeProfile: Sendable {
    /// Signed contrast of the ridge to the paint on both sides, in fixed point.
    let height: Float
    /// Width at half height, in pixels.
    let width: Double
    /// Where its middle lies beside the points, in pixels.
    let offset: Double
    /// One sigma of the mean across the paint beside it.
    let noise: Float

    /// Nil when the ridge is not of this polarity after all.
    ///
    /// - Parameters:
    ///   - points: along the ridge, in pixels.
    ///   - reach: pixels to either side that are looked at; the outer half is paint.
    init?(of picture: BandedPlane, along points: [Point], reach: Int, polarity: Polarity) {
        let sign: Float = polarity == .dark ? -1 : 1
        let means = Self.means(of: picture, along: points, reach: reach).map { sign * $0 }
        let paint = Array(means.prefix(reach / 2) + means.suffix(reach / 2))
        guard let base = median(of: paint) else { return nil }
        let inner = reach / 2..<means.count - reach / 2
        guard let peak = inner.max(by: { means[$0] < means[$1] }), means[peak] > base else { return nil }
        let half = (means[peak] - base) / 2
        func crossing(_ step: Int) -> Double {
            var index = peak
            while inner.contains(index + step), means[index + step] - base > half { index += step }
            guard means.indices.contains(index + step) else { return Double(index) }
            let inside = means[index] - base
            let outside = means[index + step] - base
            guard inside > outside else { return Double(index) }
            return Double(index) + Double(step) * Double(min(max((inside - half) / (inside - outside), 0), 1))
        }
        let left = crossing(-1)
        let right = crossing(1)
        height = sign * (means[peak] - base)
        width = right - left
        offset = (left + right) / 2 - Double(reach)
        noise = robustSpread(of: paint)
    }

    /// The mean of the picture along the line, `reach` pixels to the left of it to `reach` to the right.
    private static func means(of picture: BandedPlane, along points: [Point], reach: Int) -> [Float] {
        var sums = [Float](repeating: 0, count: 2 * reach + 1)
        var counts = sums
        // A wide ridge is no narrower along its course: every second pixel tells as much.
        let step = reach > 16 ? 2.0 : 1
        for piece in StraightPiece.pieces(through: points) {
            let around = piece.box(reach: reach).intersection(picture.bounds)
            if around.isEmpty { continue }
            let pixels = Patch<Int16>(of: picture, in: around)
            for offset in -reach...reach {
                let start = piece.point(along: 0, across: Double(offset))
                let (sum, count) = pixels.sum(along: piece, from: start, step: step, in: picture.bounds)
                sums[offset + reach] += sum
                counts[offset + reach] += count
            }
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
    }
}

extension StraightPiece {
    /// A box that holds all pixels within `reach` of it, and those beside them.
    fileprivate func box(reach: Int) -> Rectangle {
        let end = point(along: length)
        func range(_ one: Double, _ two: Double) -> Range<Int> {
            Int(min(one, two).rounded(.down)) - reach - 2..<Int(max(one, two).rounded(.up)) + reach + 3
        }
        return Rectangle(columns: range(start.x, end.x), rows: range(start.y, end.y))
    }
}

extension Patch<Int16> {
    /// The sum over places `step` apart beside a line, from `start` on as far as the line goes, and how many of them
    /// lie in the picture. Each is the value between four samples.
    fileprivate func sum(
        along piece: StraightPiece,
        from start: Point,
        step: Double,
        in picture: Rectangle
    ) -> (sum: Float, count: Float) {
        let last = Point(x: Double(picture.width - 1), y: Double(picture.height - 1))
        var sum: Float = 0
        var count: Float = 0
        var along = 0.0
        while along < piece.length {
            let x = start.x + along * piece.heading.x
            let y = start.y + along * piece.heading.y
            along += step
            guard x >= 0, y >= 0, x < last.x, y < last.y else { continue }
            let column = Int(x)
            let row = Int(y)
            let right = Float(x - Double(column))
            let down = Float(y - Double(row))
            let place = (row &- rectangle.y) &* rectangle.width &+ (column &- rectangle.x)
            let (above, below) = pairs(at: place)
            let upper = Float(above[0]) * (1 - right) + Float(above[1]) * right
            let lower = Float(below[0]) * (1 - right) + Float(below[1]) * right
            sum += upper * (1 - down) + lower * down
            count += 1
        }
        return (sum, count)
    }

    /// The value at a place and the one to its right, and the two below.
    @inline(__always)
    private func pairs(at place: Int) -> (above: SIMD2<Int16>, below: SIMD2<Int16>) {
        let next = place &+ rectangle.width
        precondition(place >= 0 && next &+ 1 < values.count)
        let values = values.span
        // SAFETY: the first of the four is not before the values' first, the last not behind their last.
        return unsafe (
            SIMD2(values[unchecked: place], values[unchecked: place &+ 1]),
            SIMD2(values[unchecked: next], values[unchecked: next &+ 1])
        )
    }
}

extension Region {
    /// The pixels within half a `width` of the line through `points`, `offset` pixels to its side, inside
    /// `bounds`; nil when none is.
    static func band(along points: [Point], width: Double, offset: Double, in bounds: Rectangle) -> Region? {
        let reach = Int(width / 2 + abs(offset)) + 2
        let columns = points.map(\.x)
        let rows = points.map(\.y)
        guard let left = columns.min(), let right = columns.max(), let top = rows.min(),
            let bottom = rows.max()
        else { return nil }
        let box = Rectangle(
            columns: Int(left.rounded(.down)) - reach..<Int(right.rounded(.up)) + reach + 1,
            rows: Int(top.rounded(.down)) - reach..<Int(bottom.rounded(.up)) + reach + 1
        ).intersection(bounds)
        guard !box.isEmpty else { return nil }
        var mask = Patch(rectangle: box, filledWith: false)
        let half = max(width, 1) / 2
        for piece in StraightPiece.pieces(through: points) {
            for along in stride(from: 0, through: piece.length, by: 0.5) {
                let middle = piece.point(along: along)
                for across in stride(from: offset - half + 0.25, through: offset + half, by: 0.5) {
                    let x = (middle.x - across * piece.heading.y).nearest
                    let y = (middle.y + across * piece.heading.x).nearest
                    if box.contains(x: x, y: y) { mask.values[mask.index(x: x, y: y)] = true }
                }
            }
        }
        let runs = mask.runs()
        return runs.isEmpty ? nil : Region(runs: runs)
    }
}
