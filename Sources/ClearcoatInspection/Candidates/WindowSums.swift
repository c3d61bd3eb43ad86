import ClearcoatImage

/// Sums over a square window around every place of a patch, clipped at its border.
///
/// Whole numbers, so that sums are exact whatever the order: with samples of 13 bits and a sign, windows
/// up to 500 places wide fit 32 bits.
///
/// - Complexity: O(*n*), whatever the window.
package struct WindowSums {
    let rectangle: Rectangle
    let radius: Int
    package private(set) var sums: [Int32]

    package init(of patch: Patch<Int32>, radius: Int) {
        rectangle = patch.rectangle
        self.radius = radius
        sums = patch.values
        sumAlongRows()
        sumAlongColumns()
    }

    /// Sums divided by the number of places in each window.
    package func means() -> Patch<Float> {
        func extents(_ count: Int) -> [Float] {
            (0..<count).map { Float(min($0 + radius, count - 1) - max($0 - radius, 0) + 1) }
        }
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

    private mutating func sumAlongRows() {
        let width = rectangle.width
        var prefix = [Int32](repeating: 0, count: width + 1)
        for row in 0..<rectangle.height {
            let base = row * width
            var total: Int32 = 0
            for x in 0..<width {
                total &+= sums[base + x]
                prefix[x + 1] = total
            }
            for x in 0..<width {
                sums[base + x] = prefix[min(x + radius + 1, width)] &- prefix[max(x - radius, 0)]
            }
        }
    }

    /// Down the patch with one running sum a column: rows lie together in memory, columns do not.
    private mutating func sumAlongColumns() {
        let width = rectangle.width
        let height = rectangle.height
        let rows = sums
        var running = [Int32](repeating: 0, count: width)
        func line(_ row: Int) -> Range<Int> { row * width..<(row + 1) * width }
        for row in 0..<min(radius, height) { add(rows.span.extracting(line(row)), to: &running) }
        for row in 0..<height {
            if row + radius < height { add(rows.span.extracting(line(row + radius)), to: &running) }
            if row > radius { subtract(rows.span.extracting(line(row - radius - 1)), from: &running) }
            sums.replaceSubrange(row * width..<(row + 1) * width, with: running)
        }
    }
}

@inline(__always)
private func add(_ line: Span<Int32>, to running: inout [Int32]) {
    var running = running.mutableSpan
    for column in 0..<line.count { running[column] = running[column] &+ line[column] }
}

@inline(__always)
private func subtract(_ line: Span<Int32>, from running: inout [Int32]) {
    var running = running.mutableSpan
    for column in 0..<line.count { running[column] = running[column] &- line[column] }
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
