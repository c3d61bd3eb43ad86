import ClearcoatFilters
package import ClearcoatImage
package import ClearcoatRegions

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

extension Patch<Int32> {
    /// The part of `plane` inside `rectangle`, which must lie inside the plane.
    package init(of plane: BandedPlane, in rectangle: Rectangle) {
        self.init(rectangle: rectangle, filledWith: 0)
        for y in rectangle.rows {
            let base = index(x: rectangle.x, y: y)
            plane.withRow(y) { row in widen(row.extracting(rectangle.columns), into: &values, at: base) }
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
        var result = Patch<Float>(rectangle: rectangle, filledWith: 0)
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
        var result = Patch<Float>(rectangle: rectangle, filledWith: 0)
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

/// `above + 2 here + below`, with one place more at either end that repeats the outermost.
@inline(__always)
private func addVertically(
    _ above: Span<Int32>,
    _ here: Span<Int32>,
    _ below: Span<Int32>,
    into sums: inout [Int32]
) {
    var sums = sums.mutableSpan
    let count = here.count
    for x in 0..<count { sums[x &+ 1] = above[x] &+ 2 &* here[x] &+ below[x] }
    sums[0] = sums[1]
    sums[count + 1] = sums[count]
}

@inline(__always)
private func addHorizontally(_ sums: Span<Int32>, into values: inout [Float], at base: Int) {
    var out = values.mutableSpan
    for x in 0..<sums.count - 2 {
        out[base &+ x] = Float(sums[x] &+ 2 &* sums[x &+ 1] &+ sums[x &+ 2]) / 16
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
    var out = values.mutableSpan
    for x in 0..<sums.count { out[base &+ x] = Float(sums[x]) * shares[x] / height }
}

@inline(__always)
private func widen(_ row: Span<Int16>, into values: inout [Int32], at base: Int) {
    var out = values.mutableSpan
    for x in 0..<row.count { out[base &+ x] = Int32(row[x]) }
}

// MARK: Masks

extension Patch<Bool> {
    /// True where a region has a pixel.
    package init(of region: Region, in rectangle: Rectangle) {
        self.init(rectangle: rectangle, filledWith: false)
        draw(region)
    }

    /// How many places are true.
    package var count: Int { values.count { $0 } }

    /// Sets the pixels of `region` and those within `margin` columns and rows of them.
    package mutating func draw(_ region: Region, margin: Int = 0) {
        for run in region.runs { fill(run.box.expanded(by: margin), with: true) }
    }

    /// Sets what of `box` lies in the patch.
    package mutating func fill(_ box: Rectangle, with value: Bool) {
        let part = box.intersection(rectangle)
        let starts = part.rows.map { index(x: part.x, y: $0) }
        var span = values.mutableSpan
        for start in starts {
            for place in start..<start + part.width { span[place] = value }
        }
    }

    /// At most `count` of the places that are true, evenly spread, as indices of ``values``.
    package func places(atMost count: Int) -> [Int] {
        let stride = max(self.count / count, 1)
        var places: [Int] = []
        var toPass = 0
        let span = values.span
        for place in 0..<span.count where span[place] {
            if toPass == 0 {
                places.append(place)
                toPass = stride
            }
            toPass -= 1
        }
        return places
    }

    /// How many places are true in both; `other` has the same rectangle.
    package func countShared(with other: Patch<Bool>) -> Int { zip(values, other.values).count { $0 && $1 } }

    /// The connected sets of true places, as regions of the picture.
    package func regions() -> [Region] { ClearcoatRegions.regions(of: runs()) }

    /// The true places as runs of the picture, in reading order.
    package func runs() -> [Run] {
        var runs: [Run] = []
        for row in 0..<rectangle.height {
            let base = row * rectangle.width
            var column = 0
            while column < rectangle.width {
                guard values[base + column] else {
                    column += 1
                    continue
                }
                let start = column
                while column < rectangle.width, values[base + column] { column += 1 }
                runs.append(
                    Run(row: row + rectangle.y, start: start + rectangle.x, end: column + rectangle.x)
                )
            }
        }
        return runs
    }
}
