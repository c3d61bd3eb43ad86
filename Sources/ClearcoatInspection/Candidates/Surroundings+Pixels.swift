import ClearcoatImage

extension Surroundings {
    /// How bright the paint is around each pixel of `target`, linearly interpolated from samples of level `level`, which
    /// these are the surroundings on; beyond their border as at it.
    func background(ofLevel level: Int, in target: Rectangle) -> Patch<Float> {
        func samples(_ pixels: Range<Int>) -> Range<Int> {
            pixels.lowerBound >> level..<((pixels.upperBound - 1) >> level) + 2
        }
        let known = background(
            in: Rectangle(columns: samples(target.columns), rows: samples(target.rows))
                .intersection(paint.rectangle)
        )
        let columns = Mixing(of: target.columns, from: known.rectangle.columns, level: level)
        let rows = Mixing(of: target.rows, from: known.rectangle.rows, level: level)
        // Between neighbouring samples along rows first, once for all the pixels' rows that lie between two of them.
        let width = target.width
        var across = [Float](repeating: 0, count: known.rectangle.height * width)
        for row in 0..<known.rectangle.height {
            let start = row * known.rectangle.width
            for x in 0..<width {
                across[row * width + x] = mix(
                    known.values[start + columns.lower[x]],
                    known.values[start + columns.upper[x]],
                    columns.shares[x]
                )
            }
        }
        var result = Patch<Float>.unwritten(target)
        for row in 0..<target.height {
            let above = rows.lower[row] * width
            let below = rows.upper[row] * width
            mixRows(
                across.span.extracting(above..<above + width),
                across.span.extracting(below..<below + width),
                rows.shares[row],
                into: &result.values,
                at: row * width
            )
        }
        return result
    }
}

/// Which two samples each pixel lies between, and how far it is on the way from the one to the other.
private struct Mixing {
    let lower: [Int]
    let upper: [Int]
    let shares: [Float]

    init(of pixels: Range<Int>, from samples: Range<Int>, level: Int) {
        func place(_ sample: Int) -> Int {
            min(max(sample, samples.lowerBound), samples.upperBound - 1) - samples.lowerBound
        }
        let step = 1 << level
        lower = pixels.map { place($0 >> level) }
        upper = pixels.map { place(($0 >> level) + 1) }
        shares = pixels.map { Float($0 - ($0 >> level) * step) / Float(step) }
    }
}

@inline(__always)
private func mix(_ one: Float, _ two: Float, _ share: Float) -> Float { one + (two - one) * share }

/// Writes what lies so far on the way from one row to another to the values from `base` on.
@inline(__always)
func mixRows(
    _ above: Span<Float>,
    _ below: Span<Float>,
    _ share: Float,
    into values: inout [Float],
    at base: Int
) {
    precondition(below.count == above.count && base >= 0 && base + above.count <= values.count)
    var out = values.mutableSpan
    // SAFETY: the rows are of one length and fit into the values from the base on. Checked looks would not be
    // vectorised.
    for x in 0..<above.count {
        unsafe out[unchecked: base &+ x] = mix(above[unchecked: x], below[unchecked: x], share)
    }
}
