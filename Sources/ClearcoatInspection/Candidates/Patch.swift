import ClearcoatImage
import ClearcoatRegions

/// A small piece of a picture or a plane with values of its own, for the careful measurement of one
/// candidate: numbers, or a mask.
struct Patch<Value: Sendable>: Sendable {
    /// Where it lies in the picture or plane.
    let rectangle: Rectangle
    /// Row-major.
    var values: [Value]

    init(rectangle: Rectangle, values: [Value]) {
        precondition(values.count == rectangle.pixelCount, "\(values.count) values in \(rectangle)")
        self.rectangle = rectangle
        self.values = values
    }

    init(rectangle: Rectangle, filledWith value: Value) {
        self.init(rectangle: rectangle, values: Array(repeating: value, count: rectangle.pixelCount))
    }

    /// Where (x, y) lies in ``values``; it must be inside.
    func index(x: Int, y: Int) -> Int { (y - rectangle.y) * rectangle.width + (x - rectangle.x) }

    /// The value at (x, y); the nearest one inside for places outside.
    func clamped(x: Int, y: Int) -> Value {
        let column = min(max(x, rectangle.x), rectangle.x + rectangle.width - 1)
        let row = min(max(y, rectangle.y), rectangle.y + rectangle.height - 1)
        return values[index(x: column, y: row)]
    }
}

// MARK: Samples of a plane

extension Patch<Int32> {
    /// The part of `plane` inside `rectangle`, which must lie inside the plane.
    init(of plane: BandedPlane, in rectangle: Rectangle) {
        self.init(rectangle: rectangle, filledWith: 0)
        for y in rectangle.rows {
            let base = index(x: rectangle.x, y: y)
            plane.withRow(y) { row in widen(row.extracting(rectangle.columns), into: &values, at: base) }
        }
    }

    /// The mean over a square of `2 radius + 1` places, clipped at the patch's border; with weights 1 2 1
    /// instead for radius 0.
    func smoothed(radius: Int) -> Patch<Float> {
        radius == 0 ? binomial() : WindowSums(of: self, radius: radius).means()
    }

    private func binomial() -> Patch<Float> {
        var result = Patch<Float>(rectangle: rectangle, filledWith: 0)
        for y in rectangle.rows {
            for x in rectangle.columns {
                var sum: Int32 = 0
                for dy in -1...1 {
                    let three =
                        clamped(x: x - 1, y: y + dy) &+ 2 &* clamped(x: x, y: y + dy)
                        &+ clamped(x: x + 1, y: y + dy)
                    sum &+= dy == 0 ? 2 &* three : three
                }
                result.values[index(x: x, y: y)] = Float(sum) / 16
            }
        }
        return result
    }
}

@inline(__always)
private func widen(_ row: Span<Int16>, into values: inout [Int32], at base: Int) {
    var out = values.mutableSpan
    for x in 0..<row.count { out[base &+ x] = Int32(row[x]) }
}

// MARK: Masks

extension Patch<Bool> {
    /// True where a region has a pixel.
    init(of region: Region, in rectangle: Rectangle) {
        self.init(rectangle: rectangle, filledWith: false)
        draw(region)
    }

    /// How many places are true.
    var count: Int { values.count { $0 } }

    /// Sets the pixels of `region` and those within `margin` columns and rows of them.
    mutating func draw(_ region: Region, margin: Int = 0) {
        for run in region.runs {
            let box = Rectangle(columns: run.columns, rows: run.row..<run.row + 1)
            fill(box.expanded(by: margin), with: true)
        }
    }

    /// Sets what of `box` lies in the patch.
    mutating func fill(_ box: Rectangle, with value: Bool) {
        let part = box.intersection(rectangle)
        for y in part.rows {
            let start = index(x: part.x, y: y)
            for place in start..<start + part.width { values[place] = value }
        }
    }

    /// At most `count` of the places that are true, evenly spread, as indices of ``values``.
    func places(atMost count: Int) -> [Int] {
        let stride = max(self.count / count, 1)
        var places: [Int] = []
        var passed = 0
        for place in values.indices where values[place] {
            if passed % stride == 0 { places.append(place) }
            passed += 1
        }
        return places
    }

    /// How many places are true in both; `other` has the same rectangle.
    func countShared(with other: Patch<Bool>) -> Int { zip(values, other.values).count { $0 && $1 } }

    /// The connected sets of true places, as regions of the picture.
    func regions() -> [Region] { ClearcoatRegions.regions(of: runs()) }

    /// The true places as runs of the picture, in reading order.
    func runs() -> [Run] {
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
