import ClearcoatFilters
package import ClearcoatImage

/// A small piece of a picture or a plane with values of its own, for the careful measurement of one
/// candidate: numbers, or a mask.
package struct Patch<Value: Sendable>: Sendable {
    /// Where it lies in the picture or plane.
    package let rectangle: Rectangle
    /// Row-major.
    package var values: [Value]

    package init(rectangle: Rectangle, values: [Value]) {
        precondition(values.count == rectangle.pixelCount, "\(values.count) values in \(rectangle)")
        self.rectangle = rectangle
        self.values = values
    }

    package init(rectangle: Rectangle, filledWith value: Value) {
        self.init(rectangle: rectangle, values: Array(repeating: value, count: rectangle.pixelCount))
    }

    /// For numbers that are all written before one is read.
    static func unwritten(_ rectangle: Rectangle) -> Patch where Value: BitwiseCopyable {
        let count = rectangle.pixelCount
        // SAFETY: any bits are a number.
        let values = unsafe [Value](unsafeUninitializedCapacity: count) { $1 = count }
        return Patch(rectangle: rectangle, values: values)
    }

    /// Where (x, y) lies in ``values``; it must be inside.
    package func index(x: Int, y: Int) -> Int { (y - rectangle.y) * rectangle.width + (x - rectangle.x) }

    /// The value at (x, y); the nearest one inside for places outside.
    package func clamped(x: Int, y: Int) -> Value {
        let column = min(max(x, rectangle.x), rectangle.x + rectangle.width - 1)
        let row = min(max(y, rectangle.y), rectangle.y + rectangle.height - 1)
        return values[index(x: column, y: row)]
    }
}

// MARK: Samples of a plane

extension Patch<Int16> {
    /// The part of `plane` inside `rectangle`, which must lie inside the plane.
    init(of plane: BandedPlane, in rectangle: Rectangle) {
        self = .unwritten(rectangle)
        for y in rectangle.rows {
            let base = index(x: rectangle.x, y: y)
            plane.withRow(y) { row in copy(row.extracting(rectangle.columns), into: &values, at: base) }
        }
    }

    /// The mean over a square of `2 radius + 1` places around one, clipped at the patch's border; with weights 1 2 1
    /// instead for radius 0: what ``Patch/smoothed(radius:)`` gives there.
    package func smoothed(at place: Int, radius: Int) -> Float {
        let y = place / rectangle.width
        let x = place - y * rectangle.width
        if radius == 0 { return binomial(x, y) }
        let columns = max(x - radius, 0)..<min(x + radius + 1, rectangle.width)
        let rows = max(y - radius, 0)..<min(y + radius + 1, rectangle.height)
        var sum: Int32 = 0
        let values = values.span
        precondition(rows.upperBound <= rectangle.height && values.count == rectangle.pixelCount)
        for row in rows {
            let start = row &* rectangle.width
            // SAFETY: rows and columns lie inside the patch.
            for x in columns { sum &+= Int32(unsafe values[unchecked: start &+ x]) }
        }
        return Float(sum) * (1 / Float(columns.count)) / Float(rows.count)
    }

    private func binomial(_ x: Int, _ y: Int) -> Float {
        let left = max(x - 1, 0)
        let right = min(x + 1, rectangle.width - 1)
        var sum: Int32 = 0
        for offset in -1...1 {
            let start = min(max(y + offset, 0), rectangle.height - 1) * rectangle.width
            let sides = Int32(values[start + left]) + Int32(values[start + right])
            let line = sides + 2 * Int32(values[start + x])
            sum += offset == 0 ? 2 * line : line
        }
        return Float(sum) / 16
    }
}

extension Patch<Int32> {
    /// The part of `plane` inside `rectangle`, which must lie inside the plane.
    package init(of plane: BandedPlane, in rectangle: Rectangle) {
        self = .unwritten(rectangle)
        for y in rectangle.rows {
            let base = index(x: rectangle.x, y: y)
            plane.withRow(y) { row in
                var out = values.mutableSpan
                widen(row.extracting(rectangle.columns), into: &out, at: base)
            }
        }
    }

    /// The mean over a square of `2 radius + 1` places, clipped at the patch's border; with weights 1 2 1
    /// instead for radius 0.
    package func smoothed(radius: Int) -> Patch<Float> {
        radius == 0 ? binomial() : means(radius: radius)
    }

    /// The sums over squares of `2 radius + 1` places, clipped at the patch's border. Exact: with samples of
    /// 13 bits and a sign, windows up to 500 places wide fit 32 bits.
    func windowSums(radius: Int) -> [Int32] {
        ClearcoatFilters.windowSums(of: values, columns: rectangle.width, radius: radius)
    }

    /// Window sums divided by the number of places in each window.
    private func means(radius: Int) -> Patch<Float> {
        func extents(_ count: Int) -> [Float] {
            (0..<count).map { Float(min($0 + radius, count - 1) - max($0 - radius, 0) + 1) }
        }
        let sums = windowSums(radius: radius)
        let shares = extents(rectangle.width).map { 1 / $0 }
        let heights = extents(rectangle.height)
        var result = Patch<Float>.unwritten(rectangle)
        for row in 0..<rectangle.height {
            let base = row * rectangle.width
            scale(
                sums.span.extracting(base..<base + rectangle.width),
                by: shares.span,
                over: heights[row],
                into: &result.values,
                at: base
            )
        }
        return result
    }

    private func binomial() -> Patch<Float> {
        var result = Patch<Float>.unwritten(rectangle)
        var sums = [Int32](repeating: 0, count: rectangle.width + 2)
        for row in 0..<rectangle.height {
            func line(_ row: Int) -> Range<Int> {
                let row = min(max(row, 0), rectangle.height - 1)
                return row * rectangle.width..<(row + 1) * rectangle.width
            }
            addVertically(
                values.span.extracting(line(row - 1)),
                values.span.extracting(line(row)),
                values.span.extracting(line(row + 1)),
                into: &sums
            )
            addHorizontally(sums.span, into: &result.values, at: row * rectangle.width)
        }
        return result
    }
}

// Checked looks would not be vectorised in any of these.

/// `above + 2 here + below`, with one place more at either end that repeats the outermost.
@inline(__always)
private func addVertically(
    _ above: Span<Int32>,
    _ here: Span<Int32>,
    _ below: Span<Int32>,
    into sums: inout [Int32]
) {
    let count = here.count
    precondition(above.count == count && below.count == count && sums.count == count + 2)
    var sums = sums.mutableSpan
    // SAFETY: the rows are of one length, and the sums two places longer.
    for x in 0..<count {
        unsafe sums[unchecked: x &+ 1] = above[unchecked: x] &+ 2 &* here[unchecked: x] &+ below[unchecked: x]
    }
    sums[0] = sums[1]
    sums[count + 1] = sums[count]
}

@inline(__always)
private func addHorizontally(_ sums: Span<Int32>, into values: inout [Float], at base: Int) {
    let count = sums.count - 2
    precondition(base >= 0 && base + count <= values.count)
    var out = values.mutableSpan
    // SAFETY: the sums are two places longer than the row, which fits into the values from its base on.
    for x in 0..<count {
        let sum = unsafe sums[unchecked: x] &+ 2 &* sums[unchecked: x &+ 1] &+ sums[unchecked: x &+ 2]
        unsafe out[unchecked: base &+ x] = Float(sum) / 16
    }
}

@inline(__always)
private func scale(
    _ sums: Span<Int32>,
    by shares: Span<Float>,
    over height: Float,
    into values: inout [Float],
    at base: Int
) {
    precondition(shares.count == sums.count && base >= 0 && base + sums.count <= values.count)
    var out = values.mutableSpan
    // SAFETY: sums and shares are of one length, which fits into the values from its base on.
    for x in 0..<sums.count {
        unsafe out[unchecked: base &+ x] = Float(sums[unchecked: x]) * shares[unchecked: x] / height
    }
}
