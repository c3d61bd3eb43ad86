import ClearcoatImage
import ClearcoatRegions

/// A small piece of a plane with numbers of its own, for the careful measurement of one candidate.
struct Patch: Sendable {
    /// Where it lies in the picture.
    let rectangle: Rectangle
    /// Row-major.
    var values: [Float]

    init(rectangle: Rectangle, values: [Float]) {
        self.rectangle = rectangle
        self.values = values
    }

    /// The part of `plane` inside `rectangle`, which must lie inside the plane.
    init(of plane: BandedPlane, in rectangle: Rectangle) {
        self.rectangle = rectangle
        values = []
        values.reserveCapacity(rectangle.pixelCount)
        for y in rectangle.rows {
            plane.withRow(y) { row in
                for x in rectangle.columns { values.append(Float(row[x])) }
            }
        }
    }

    /// Where pixel (x, y) of the picture lies in ``values``; it must be inside.
    func index(x: Int, y: Int) -> Int { (y - rectangle.y) * rectangle.width + (x - rectangle.x) }

    /// The value at pixel (x, y) of the picture; the nearest one inside for pixels outside.
    func clamped(x: Int, y: Int) -> Float {
        let column = min(max(x, rectangle.x), rectangle.x + rectangle.width - 1)
        let row = min(max(y, rectangle.y), rectangle.y + rectangle.height - 1)
        return values[index(x: column, y: row)]
    }

    /// The mean over a square of `2 radius + 1` pixels, clipped at the patch's border; with weights 1 2 1
    /// instead for radius 0.
    func smoothed(radius: Int) -> Patch {
        if radius > 0 {
            let all = [Bool](repeating: true, count: values.count)
            return Patch(
                rectangle: rectangle,
                values: boxMeans(values, where: all, radius: radius, fallback: 0)
            )
        }
        var result = self
        for y in rectangle.rows {
            for x in rectangle.columns {
                var sum: Float = 0
                for dy in -1...1 {
                    let weight: Float = dy == 0 ? 2 : 1
                    sum +=
                        weight
                        * (clamped(x: x - 1, y: y + dy) + 2 * clamped(x: x, y: y + dy)
                            + clamped(x: x + 1, y: y + dy))
                }
                result.values[index(x: x, y: y)] = sum / 16
            }
        }
        return result
    }

    /// The mean of those values that `valid` lets in, over a square of `2 radius + 1` pixels; `fallback`
    /// where there is none.
    func boxMeans(_ values: [Float], where valid: [Bool], radius: Int, fallback: Float) -> [Float] {
        let box = MaskedBox(columns: rectangle.width, rows: rectangle.height, window: 2 * radius + 1)
        return box.means(values, where: valid, fallback: fallback)
    }

    /// The pixels of `region` that lie in the patch, true in a row-major mask.
    func mask(of regions: [Region]) -> [Bool] {
        var mask = [Bool](repeating: false, count: values.count)
        for region in regions {
            for run in region.runs where rectangle.rows.contains(run.row) {
                let columns = run.columns.clamped(to: rectangle.columns)
                for x in columns { mask[index(x: x, y: run.row)] = true }
            }
        }
        return mask
    }

    /// The connected sets of true pixels of a row-major mask, as regions of the picture.
    func regions(of mask: [Bool]) -> [Region] {
        var runs: [Run] = []
        for row in 0..<rectangle.height {
            var start: Int?
            for column in 0...rectangle.width {
                let isSet = column < rectangle.width && mask[row * rectangle.width + column]
                if isSet, start == nil { start = column }
                if !isSet, let first = start {
                    runs.append(
                        Run(row: row + rectangle.y, start: first + rectangle.x, end: column + rectangle.x)
                    )
                    start = nil
                }
            }
        }
        return ClearcoatRegions.regions(of: runs)
    }
}
