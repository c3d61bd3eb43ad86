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
        var sums = ProfileSums(reach: reach)
        let pieces = StraightPiece.pieces(through: points)
        var next = 0
        while next < pieces.count {
            // The boxes of neighbours overlap: their pixels are fetched together, as far as the box of all stays small.
            let first = next
            var box = pieces[first].box(reach: reach)
            var length = 0.0
            repeat {
                box = box.union(pieces[next].box(reach: reach))
                length += pieces[next].length
                next += 1
            } while next < pieces.count && length < Double(3 * reach)
            let around = box.intersection(picture.bounds)
            if around.isEmpty { continue }
            let pixels = Patch<Int16>(of: picture, in: around)
            for piece in pieces[first..<next] { sums.add(pixels, along: piece) }
        }
        return sums.means
    }
}

/// Sums of the picture beside a line, for each whole pixel to its side.
private struct ProfileSums {
    /// Pixels to either side.
    private let reach: Int
    /// Pixels from one look to the next along the line. A wide ridge is no narrower along its course: every second
    /// pixel tells as much.
    private let step: Double
    /// From the left to the right, in units of ``FixedPoint/one`` of a sample.
    private var sums: [Int]
    /// How many looks lay inside with their whole width, and for each pixel to the side how many others did.
    private var wholeLooks = 0
    private var counts: [Int]

    init(reach: Int) {
        self.reach = reach
        step = reach > 16 ? 2 : 1
        sums = [Int](repeating: 0, count: 2 * reach + 1)
        counts = sums
    }

    var means: [Float] {
        zip(sums, counts).map { sum, others in
            let count = wholeLooks + others
            return count > 0 ? Float(sum) / (Float(count) * Float(FixedPoint.one)) : 0
        }
    }

    /// Adds what lies beside a piece, each the value between four pixels. Places outside do not count.
    mutating func add(_ pixels: Patch<Int16>, along piece: StraightPiece) {
        let box = pixels.rectangle
        let origin = Point(x: Double(box.x), y: Double(box.y))
        let start = FixedPoint(piece.point(along: 0, across: Double(-reach)), from: origin)
        let along = FixedPoint(x: step * piece.heading.x, y: step * piece.heading.y)
        let across = FixedPoint(x: -piece.heading.y, y: piece.heading.x)
        let looks = Int((piece.length / step).rounded(.up))
        for look in 0..<looks {
            let first = start.moved(look, along)
            // The line of looks lies inside when both of its ends do.
            if isInside(first, box), isInside(first.moved(2 * reach, across), box) {
                addWhole(pixels, from: first, across)
                continue
            }
            for side in sums.indices {
                let place = first.moved(side, across)
                guard isInside(place, box) else { continue }
                // SAFETY: the place was just seen to lie inside.
                unsafe sums[side] &+= pixels.values.span.value(uncheckedAt: place, width: box.width)
                counts[side] &+= 1
            }
        }
    }

    /// Adds a line of looks whose ends lie inside.
    private mutating func addWhole(_ pixels: Patch<Int16>, from first: FixedPoint, _ across: FixedPoint) {
        wholeLooks += 1
        let width = pixels.rectangle.width
        let values = pixels.values.span
        var place = first
        var sums = sums.mutableSpan
        for side in 0..<sums.count {
            // SAFETY: the sums have that many places, and between two ends inside all places are.
            unsafe sums[unchecked: side] &+= values.value(uncheckedAt: place, width: width)
            place = place.moved(1, across)
        }
    }

    /// Whether a place, counted from the box's corner, lies between four of its pixels.
    private func isInside(_ place: FixedPoint, _ box: Rectangle) -> Bool {
        place.x >= 0 && place.y >= 0 && place.column < box.width - 1 && place.row < box.height - 1
    }
}

/// A place to a 65536th of a pixel, which is stepped on from place to place without a rounding that adds up.
private struct FixedPoint {
    private static let shift = 16
    /// How much a pixel counts that the place lies on.
    static let one = 1 << shift

    var x: Int
    var y: Int

    init(x: Double, y: Double) {
        self.x = (x * Double(Self.one)).nearest
        self.y = (y * Double(Self.one)).nearest
    }

    init(_ point: Point, from origin: Point) { self.init(x: point.x - origin.x, y: point.y - origin.y) }

    private init(fixedX: Int, fixedY: Int) {
        x = fixedX
        y = fixedY
    }

    @inline(__always)
    func moved(_ count: Int, _ step: FixedPoint) -> FixedPoint {
        FixedPoint(fixedX: x &+ count &* step.x, fixedY: y &+ count &* step.y)
    }

    @inline(__always) var column: Int { x >> Self.shift }
    @inline(__always) var row: Int { y >> Self.shift }
    /// How far it lies on the way to the next column and row, in 256ths.
    @inline(__always) var right: Int { x >> 8 & 255 }
    @inline(__always) var down: Int { y >> 8 & 255 }
}

extension Span<Int16> {
    /// The value between four samples of a row-major box of this width, times ``FixedPoint/one``. The place must lie
    /// inside.
    @unsafe
    @inline(__always)
    fileprivate func value(uncheckedAt place: FixedPoint, width: Int) -> Int {
        let above = place.row &* width &+ place.column
        let below = above &+ width
        // SAFETY: all four are samples of the box where the place lies inside.
        let upper = unsafe between(self[unchecked: above], self[unchecked: above &+ 1], place.right)
        let lower = unsafe between(self[unchecked: below], self[unchecked: below &+ 1], place.right)
        return upper &* 256 &+ (lower &- upper) &* place.down
    }
}

/// 256 times the value so many 256ths on the way from the one to the other.
@inline(__always)
private func between(_ one: Int16, _ two: Int16, _ way: Int) -> Int {
    Int(one) &* 256 &+ (Int(two) &- Int(one)) &* way
}

extension StraightPiece {
    /// A box that holds all pixels within `reach` of it, and those beside them.
    fileprivate func box(reach: Int) -> Rectangle {
        let end = point(along: length)
        func range(_ one: Double, _ two: Double, aside: Double) -> Range<Int> {
            let aside = abs(aside) * Double(reach)
            return Int(min(one, two) - aside) - 3..<Int(max(one, two) + aside) + 4
        }
        return Rectangle(
            columns: range(start.x, end.x, aside: heading.y),
            rows: range(start.y, end.y, aside: heading.x)
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
        // Every half pixel along it and to its side. Strides of fractions would call the mathematics library.
        let first = offset - half + 0.25
        let sides = Int(2 * (offset + half - first)) + 1
        let pieces = StraightPiece.pieces(through: points)
        var places = mask.values.mutableSpan
        for piece in pieces {
            for look in 0...Int(2 * piece.length) {
                let middle = piece.point(along: Double(look) / 2)
                for side in 0..<sides {
                    let across = first + Double(side) / 2
                    let x = (middle.x - across * piece.heading.y).nearest
                    let y = (middle.y + across * piece.heading.x).nearest
                    if box.contains(x: x, y: y) { places[(y - box.y) * box.width + x - box.x] = true }
                }
            }
        }
        let runs = mask.runs()
        return runs.isEmpty ? nil : Region(runs: runs)
    }
}
