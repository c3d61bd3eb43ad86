import ClearcoatImage

/// A line around a region that follows its contour at a small distance, so that it hides nothing of it,
/// with a dark rim on both sides, so that it can be seen on light and on dark paint.
struct OutlineRing {
    /// From the contour to the line, in pixels.
    var gap: Double
    /// Of the line.
    var thickness: Double
    /// Of the rim.
    var rim: Double

    /// How far the ring reaches from the contour.
    var reach: Double { gap + thickness + rim }

    private static let steps = 8.0  // of distance to the pixel
    private static let far = UInt8.max

    /// Draws the ring around `contour`, within `bounds` and the canvas.
    ///
    /// - Complexity: one byte a pixel of the contour's box on the canvas, set and looked at once; distances are
    ///   computed near the contour only.
    func draw(around contour: [Point], on canvas: inout Canvas, within bounds: Rectangle, _ color: Color) {
        guard let box = box(of: contour, within: bounds, canvas.rows) else { return }
        let width = box.width
        var distances = [UInt8](repeating: Self.far, count: box.pixelCount)
        let local = contour.map { Point(x: $0.x - Double(box.x), y: $0.y - Double(box.y)) }
        for (a, b) in zip(local, local.dropFirst() + local.prefix(1)) {
            Segment(a, b).forEachPixel(within: reach + 1, width: width, rows: 0..<box.height) {
                x,
                y,
                distance in
                let index = y &* width &+ x
                let value = UInt8(min(distance * Self.steps, 254))
                if value < distances[index] { distances[index] = value }
            }
        }
        PolygonSpans.forEach(of: local, width: width, rows: 0..<box.height) { y, columns in
            var span = distances.mutableSpan
            for index in y * width + columns.lowerBound..<y * width + columns.upperBound { span[index] = 0 }
        }
        let shares = shares()
        for y in 0..<box.height {
            let row = distances.span.extracting(y * width..<(y + 1) * width)
            for x in 0..<width where row[x] != Self.far && row[x] != 0 {
                let share = shares[Int(row[x])]
                if share.rim > 0 { canvas.blend(x: box.x + x, y: box.y + y, .ink, share.rim) }
                if share.line > 0 { canvas.blend(x: box.x + x, y: box.y + y, color, share.line) }
            }
        }
    }

    private func box(of contour: [Point], within bounds: Rectangle, _ rows: Range<Int>) -> Rectangle? {
        guard !contour.isEmpty, contour.allSatisfy(\.isDrawable) else { return nil }
        let xs = contour.map(\.x)
        let ys = contour.map(\.y)
        let margin = Int(reach.rounded(.up)) + 2
        guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max() else {
            return nil
        }
        let box = Rectangle(
            columns: Int(left.rounded(.down))..<Int(right.rounded(.up)) + 1,
            rows: Int(top.rounded(.down))..<Int(bottom.rounded(.up)) + 1
        )
        let drawn = Rectangle(columns: bounds.columns, rows: bounds.rows.clamped(to: rows))
        let clipped = box.expanded(by: margin).intersection(drawn)
        return clipped.isEmpty ? nil : clipped
    }

    /// How much of the rim's and the line's colour a pixel takes, by its distance.
    private func shares() -> [(rim: Int, line: Int)] {
        func share(_ distance: Double, _ from: Double, _ to: Double) -> Double {
            min(max(min(distance - from, to - distance) + 0.5, 0), 1)
        }
        return (0...255).map { step in
            let distance = (Double(step) + 0.5) / Self.steps
            return (
                Int(share(distance, gap - rim, gap + thickness + rim) * 150),
                Int(share(distance, gap, gap + thickness) * 256)
            )
        }
    }
}
