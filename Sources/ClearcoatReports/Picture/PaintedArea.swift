import ClearcoatImage
import ClearcoatInspection

/// A zone or an area that is not judged, as it is drawn: its outlines and what is inside of them.
struct PaintedArea: Sendable {
    let outlines: [[Point]]
    /// Nil when the one outline says it all.
    private let pixels: PixelArea?

    private init(outlines: [[Point]], pixels: PixelArea?) {
        self.outlines = outlines
        self.pixels = pixels
    }

    /// What lies inside an outline.
    init(_ corners: [Point]) { self.init(outlines: [corners], pixels: nil) }

    /// An area of a recipe on a picture.
    init(_ area: Area, bounds: Rectangle, scale: PhysicalScale?) {
        if let polygon = area.plainPolygon {
            self.init(polygon.corners)
        } else {
            let pixels = area.pixels(width: bounds.width, height: bounds.height, scale: scale)
            self.init(outlines: pixels.outlines, pixels: pixels)
        }
    }

    /// Whether a place is inside.
    func contains(_ point: Point) -> Bool {
        pixels?.contains(point) ?? outlines.contains { Polygon(corners: $0).contains(point) }
    }

    /// Calls `body` with the columns inside, row by row.
    func forEachSpan(
        width: Int,
        rows: Range<Int>,
        _ body: (_ y: Int, _ columns: Range<Int>) -> Void
    ) {
        guard let pixels else {
            for corners in outlines { PolygonSpans.forEach(of: corners, width: width, rows: rows, body) }
            return
        }
        for y in rows.clamped(to: 0..<pixels.rows.count) {
            for columns in pixels.rows[y] { body(y, columns) }
        }
    }

    /// The smallest box of whole pixels around its largest outline; nil without any.
    var box: Rectangle? {
        outlines.compactMap { AreaPainter.box(of: $0) }.max { $0.pixelCount < $1.pixelCount }
    }
}
