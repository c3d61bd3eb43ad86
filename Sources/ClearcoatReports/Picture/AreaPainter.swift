import ClearcoatImage
import ClearcoatInspection

/// Draws zones and areas that are not judged. Made once, then asked for one band of rows after the other.
struct AreaPainter: Sendable {
    /// Of the inspected picture.
    private let bounds: Rectangle
    private let style: PictureStyle
    private let zones: [(area: PaintedArea, sides: [Segment])]
    private let notJudged: [(area: NotJudged, dashes: [Segment])]

    /// How strongly a zone is tinted, of 256: enough to see, too little to hide a defect.
    private static let tint = 20

    /// An area that is not judged.
    struct NotJudged: Sendable {
        var name: String
        var area: PaintedArea
        /// Whether the recipe says so; what the inspection excluded by itself is only outlined, so that it can be
        /// seen why.
        var isIgnored: Bool
    }

    init(_ zones: [PaintedArea], _ notJudged: [NotJudged], bounds: Rectangle, style: PictureStyle) {
        self.bounds = bounds
        self.style = style
        self.zones = zones.map { zone in
            (zone, zone.outlines.flatMap { Self.sides(of: $0, bounds, style) })
        }
        self.notJudged = notJudged.map { area in
            let dash = Double(style.em(0.7))
            let dashes = area.area.outlines.flatMap {
                Self.dashes(along: Self.sides(of: $0, bounds, style), length: dash)
            }
            return (area, dashes)
        }
    }

    /// The zones of a recipe on a picture.
    static func zones(
        of record: InspectionRecord,
        _ areas: RunDescription.Areas,
        bounds: Rectangle
    ) -> [PaintedArea] {
        areas.zones.map { PaintedArea($0.area, bounds: bounds, scale: record.capture.scale) }
    }

    /// Areas that the recipe ignores, as it says; others that the inspection excluded, by their outlines.
    static func notJudged(
        of record: InspectionRecord,
        _ areas: RunDescription.Areas,
        bounds: Rectangle
    ) -> [NotJudged] {
        let ignored = areas.ignore.map { area in
            NotJudged(
                name: "ignored",
                area: PaintedArea(area, bounds: bounds, scale: record.capture.scale),
                isIgnored: true
            )
        }
        let excluded = record.excluded.filter { $0.reason != .ignored || areas.ignore.isEmpty }.map { area in
            NotJudged(
                name: area.reason.words,
                area: PaintedArea(area.outline),
                isIgnored: area.reason == .ignored
            )
        }
        return ignored + excluded
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

    /// Draws the parts of areas that are on the canvas.
    func draw(on canvas: inout Canvas) {
        let rows = canvas.rows.clamped(to: bounds.rows)
        for (index, zone) in zones.enumerated() {
            let color = PictureStyle.zone(index)
            zone.area.forEachSpan(width: bounds.width, rows: rows) { y, columns in
                canvas.blend(row: y, columns, color, Self.tint)
            }
            for side in zone.sides { stroke(side, thickness: style.line, color, on: &canvas) }
        }
        let (period, thickness) = (style.em(1.6), style.em(0.14))
        for (area, dashes) in notJudged {
            if area.isIgnored {
                area.area.forEachSpan(width: bounds.width, rows: rows) { y, columns in
                    canvas.hatch(
                        row: y,
                        columns,
                        period: period,
                        thickness: thickness,
                        PictureStyle.notJudged,
                        130
                    )
                }
            }
            for dash in dashes {
                stroke(dash, thickness: style.line * 0.8, PictureStyle.notJudged, on: &canvas)
            }
        }
    }

    /// The sides of an outline, clipped to the picture: a line on the border is drawn where it can be seen, and
    /// none in the legend.
    private static func sides(of corners: [Point], _ bounds: Rectangle, _ style: PictureStyle) -> [Segment] {
        let reach = style.line / 2
        let clipped = corners.filter(\.isDrawable).map { corner in
            Point(
                x: min(max(corner.x, reach), Double(bounds.width - 1) - reach),
                y: min(max(corner.y, reach), Double(bounds.height - 1) - reach)
            )
        }
        return zip(clipped, clipped.dropFirst() + clipped.prefix(1)).map { Segment($0, $1) }
    }

    /// Every other piece of the way along some sides, which goes on around corners.
    private static func dashes(along sides: [Segment], length dash: Double) -> [Segment] {
        var result: [Segment] = []
        var way = 0.0
        for side in sides where side.length > 0 {
            let end = way + side.length
            var index = (way / dash).rounded(.down)
            while index * dash < end {
                if index.truncatingRemainder(dividingBy: 2) == 0 {
                    let from = max(index * dash, way) - way
                    let to = min((index + 1) * dash, end) - way
                    result.append(
                        Segment(side.point(at: from / side.length), side.point(at: to / side.length))
                    )
                }
                index += 1
            }
            way = end
        }
        return result
    }

    private func stroke(_ line: Segment, thickness: Double, _ color: Color, on canvas: inout Canvas) {
        canvas.stroke(line, thickness: thickness + 2 * style.ring.rim, .ink, 110)
        canvas.stroke(line, thickness: thickness, color, 200)
    }
}

extension CaptureDescription {
    /// The scale in the middle of the picture; nil when unknown.
    var scale: PhysicalScale? { mmPerPixel.flatMap { PhysicalScale(mmPerPixel: $0) } }
}

extension ExcludedArea.Reason {
    /// What a person reads.
    var words: String {
        switch self {
        case .ignored: "ignored"
        case .glare: "glare"
        case .noLight: "no light"
        case .longEdge: "long edge"
        }
    }
}

extension ExcludedArea {
    /// Its contour as places; its box where the record has none.
    var outline: [Point] { outlined(contour, boundingBox) }
}

/// A contour as places; the outline of a box where there is none.
func outlined(_ contour: [[Double]], _ box: Rectangle) -> [Point] {
    let points = contour.compactMap { $0.count == 2 ? Point(x: $0[0], y: $0[1]) : nil }
    if !points.isEmpty { return points }
    let columns = (Double(box.x) - 0.5, Double(box.x + box.width) - 0.5)
    let rows = (Double(box.y) - 0.5, Double(box.y + box.height) - 0.5)
    return [
        Point(x: columns.0, y: rows.0), Point(x: columns.1, y: rows.0), Point(x: columns.1, y: rows.1),
        Point(x: columns.0, y: rows.1),
    ]
}
