import ClearcoatImage
import ClearcoatInspection

/// Zones and areas that are not judged, as they appear on a picture.
enum AreaPainter {
    /// An area that is not judged.
    struct NotJudged {
        var name: String
        var corners: [Point]
        /// Whether the area fills its outline, so that it can be hatched; else only the outline is drawn.
        var isFilled: Bool
    }

    /// Areas that the recipe ignores, by their polygons; others that the inspection excluded, by their boxes.
    ///
    /// A box of which less than half was excluded, as that of a slanted style line, gets no hatching: the
    /// rest of it was judged.
    static func notJudged(of record: InspectionRecord, _ areas: RunDescription.Areas) -> [NotJudged] {
        let ignored = areas.ignore.map { NotJudged(name: "ignored", corners: $0.corners, isFilled: true) }
        let excluded = record.excluded.filter { $0.reason != .ignored || areas.ignore.isEmpty }.map { area in
            NotJudged(
                name: name(of: area.reason),
                corners: corners(of: area.boundingBox),
                isFilled: area.areaPx >= 0.5 * Double(area.boundingBox.pixelCount)
            )
        }
        return ignored + excluded
    }

    private static func name(of reason: ExcludedArea.Reason) -> String {
        switch reason {
        case .ignored: "ignored"
        case .glare: "glare"
        case .noLight: "no light"
        case .longEdge: "long edge"
        }
    }

    private static func corners(of box: Rectangle) -> [Point] {
        let columns = (Double(box.x) - 0.5, Double(box.x + box.width) - 0.5)
        let rows = (Double(box.y) - 0.5, Double(box.y + box.height) - 0.5)
        return [
            Point(x: columns.0, y: rows.0), Point(x: columns.1, y: rows.0), Point(x: columns.1, y: rows.1),
            Point(x: columns.0, y: rows.1),
        ]
    }

    /// The smallest box of whole pixels around corners; nil without any.
    static func box(of corners: [Point]) -> Rectangle? {
        let corners = corners.filter(\.isDrawable)
        guard let left = corners.map(\.x).min(), let right = corners.map(\.x).max(),
            let top = corners.map(\.y).min(), let bottom = corners.map(\.y).max()
        else { return nil }
        return Rectangle(
            columns: Int(left.rounded(.up))..<Int(right.rounded(.up)) + 1,
            rows: Int(top.rounded(.up))..<Int(bottom.rounded(.up)) + 1
        )
    }
}

extension Drawing {
    /// How strongly a zone is tinted, of 256: enough to see, too little to hide a defect.
    private static let tint = 20

    /// Draws the areas of a recipe and those that were not judged.
    mutating func draw(_ areas: RunDescription.Areas, _ notJudged: [AreaPainter.NotJudged]) {
        for (index, zone) in areas.zones.enumerated() {
            let color = PictureStyle.zone(index)
            PolygonSpans.forEach(of: zone.polygon.corners, width: bounds.width, height: bounds.height) {
                y,
                columns in
                canvas.blend(row: y, columns, color, Self.tint)
            }
            outline(zone.polygon.corners, color, dashed: false)
        }
        let period = style.em(1.6)
        for area in notJudged {
            if area.isFilled {
                PolygonSpans.forEach(of: area.corners, width: bounds.width, height: bounds.height) {
                    y,
                    columns in
                    canvas.hatch(
                        row: y,
                        columns,
                        period: period,
                        thickness: style.em(0.14),
                        PictureStyle.hatching,
                        130
                    )
                }
            }
            outline(area.corners, PictureStyle.hatching, dashed: true)
        }
    }

    private mutating func outline(_ corners: [Point], _ color: Color, dashed: Bool) {
        // Clipped to the picture: a line on the border is drawn where it can be seen, and none in the legend.
        let reach = style.line / 2
        let clipped = corners.filter(\.isDrawable).map { corner in
            Point(
                x: min(max(corner.x, reach), Double(bounds.width - 1) - reach),
                y: min(max(corner.y, reach), Double(bounds.height - 1) - reach)
            )
        }
        for (a, b) in zip(clipped, clipped.dropFirst() + clipped.prefix(1)) {
            let side = Segment(a, b)
            let dash = Double(style.em(0.7))
            let count = dashed ? max(1, Int(side.length / dash)) : 1
            for part in stride(from: 0, to: count, by: 2) {
                let piece = Segment(
                    side.point(at: Double(part) / Double(count)),
                    side.point(at: Double(part + 1) / Double(count))
                )
                canvas.stroke(piece, thickness: style.line + 1.5, .ink, 90)
                canvas.stroke(piece, thickness: style.line, color, 200)
            }
        }
    }
}
