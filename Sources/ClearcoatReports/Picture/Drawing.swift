import ClearcoatImage
import ClearcoatInspection

/// All that is drawn on a picture: areas, outlines, labels and the legend. Made once, then drawn on one band of rows
/// after the other.
struct Drawing: Sendable {
    /// With the margin that a narrow picture gets.
    let width: Int
    /// With the legend.
    let height: Int
    /// Of the inspected picture.
    let bounds: Rectangle
    let style: PictureStyle
    private let areas: AreaPainter
    private let rings: [Ring]
    let labels: [Label]
    private let legend: Legend

    /// The line around a finding.
    private struct Ring: Sendable {
        var outline: [Point]
        var color: Color
        /// How far up and down it reaches.
        var rows: ClosedRange<Double>

        init?(around finding: Finding, reach: Double) {
            outline = finding.outline
            color = PictureStyle.color(of: finding.verdict)
            guard outline.allSatisfy(\.isDrawable), let top = outline.map(\.y).min(),
                let bottom = outline.map(\.y).max()
            else { return nil }
            rows = top - reach - 2...bottom + reach + 2
        }
    }

    /// Text with room found for it.
    struct Label: Sendable {
        var text: String
        /// What says the same where there is no room for the text.
        var short: String
        var box: Rectangle
        var color: Color
        /// From what it names to its box; nil for the name of an area.
        var leader: Segment?
    }

    init(of record: InspectionRecord, _ areas: RunDescription.Areas, bounds: Rectangle) {
        self.bounds = bounds
        style = PictureStyle(width: bounds.width, height: bounds.height)
        width = max(bounds.width, Legend.minimumWidth)
        let zones = AreaPainter.zones(of: record, areas, bounds: bounds)
        let notJudged = AreaPainter.notJudged(of: record, areas, bounds: bounds)
        self.areas = AreaPainter(zones, notJudged, bounds: bounds, style: style)
        let reach = style.ring.reach
        rings = record.findings.reversed().compactMap { Ring(around: $0, reach: reach) }
        // The margin beside a narrow picture has room for labels too.
        var placer = LabelPlacer(
            bounds: Rectangle(x: 0, y: 0, width: bounds.isEmpty ? 0 : width, height: bounds.height),
            cell: style.em(0.35)
        )
        for finding in record.findings { placer.block(finding.outline, margin: style.ring.reach) }
        let findings = Self.labels(of: record.findings, areas.language, style, &placer)
        let names = Self.names(
            zip(areas.zones.map(\.name), zones).enumerated().map {
                ($0.element.0, $0.element.1, PictureStyle.zone($0.offset))
            } + notJudged.map { ($0.name, $0.area, PictureStyle.notJudged) },
            bounds,
            style,
            &placer
        )
        labels = findings.placed + names
        legend = Legend(of: record, areas, unlabelled: findings.missing, style: style, width: width)
        height = bounds.height + legend.height
    }

    /// Finds room for the labels of findings, the worst first.
    private static func labels(
        of findings: [Finding],
        _ language: Language,
        _ style: PictureStyle,
        _ placer: inout LabelPlacer
    ) -> (placed: [Label], missing: Int) {
        var placed: [Label] = []
        let ranked = findings.sorted { first, second in
            (second.verdict, second.severity, second.sizePx, first.id) < (
                first.verdict, first.severity, first.sizePx, second.id
            )
        }
        for finding in ranked.prefix(AnnotatedPicture.maximumLabels) {
            let texts = [
                "\(finding.id) \(finding.class.label(in: language)) \(finding.shortSize)", "\(finding.id)",
            ]
            for text in texts {
                let size = size(of: text, style)
                let place = placer.place(
                    width: size.width,
                    height: size.height,
                    beside: finding.outline,
                    distance: style.ring.reach + style.capHeight * 0.7,
                    clear: style.ring.reach
                )
                guard let place else { continue }
                let color = PictureStyle.color(of: finding.verdict)
                placed.append(
                    Label(
                        text: text,
                        short: "\(finding.id)",
                        box: place.box,
                        color: color,
                        leader: place.leader
                    )
                )
                break
            }
        }
        return (placed, findings.count - placed.count)
    }

    /// Finds room for the names of areas, inside of them.
    private static func names(
        _ names: [(name: String, area: PaintedArea, color: Color)],
        _ bounds: Rectangle,
        _ style: PictureStyle,
        _ placer: inout LabelPlacer
    ) -> [Label] {
        names.prefix(60).compactMap { name, painted, color in
            guard let area = painted.box else { return nil }
            let size = size(of: name, style)
            let box = placer.place(
                width: size.width,
                height: size.height,
                inside: area.intersection(bounds)
            ) { box in
                let columns = [Double(box.x), Double(box.x + box.width - 1)]
                let rows = [Double(box.y), Double(box.y + box.height - 1)]
                return columns.allSatisfy { x in rows.allSatisfy { painted.contains(Point(x: x, y: $0)) } }
            }
            return box.map { Label(text: name, short: name, box: $0, color: color, leader: nil) }
        }
    }

    private static func size(of text: String, _ style: PictureStyle) -> (width: Int, height: Int) {
        let width = StrokeFont.width(of: text, capHeight: style.capHeight)
        return (Int(width.rounded(.up)) + style.em(0.85) + style.em(0.3), style.em(1.9))
    }

    /// Draws everything that reaches into the canvas.
    func draw(on canvas: inout Canvas) {
        if canvas.rows.lowerBound < bounds.height {
            areas.draw(on: &canvas)
            let rows = Double(canvas.rows.lowerBound)...Double(canvas.rows.upperBound)
            for ring in rings where ring.rows.overlaps(rows) {
                style.ring.draw(around: ring.outline, on: &canvas, within: bounds, ring.color)
            }
            for label in labels { drawLeader(of: label, on: &canvas) }
            for label in labels { draw(label, on: &canvas) }
        }
        if canvas.rows.upperBound > bounds.height { legend.draw(on: &canvas, top: bounds.height) }
    }

    private func draw(_ label: Label, on canvas: inout Canvas) {
        guard label.box.rows.overlaps(canvas.rows) else { return }
        canvas.fill(label.box, .ink, 215)
        canvas.fill(
            Rectangle(x: label.box.x, y: label.box.y, width: style.em(0.3), height: label.box.height),
            label.color
        )
        canvas.write(
            label.text,
            x: Double(label.box.x + style.em(0.3) + style.em(0.4)),
            y: label.box.y + style.em(0.45),
            capHeight: style.capHeight,
            .paper
        )
    }

    /// From the ring to the label's edge.
    private func drawLeader(of label: Label, on canvas: inout Canvas) {
        let clear = style.ring.gap + style.line / 2
        guard let way = label.leader, way.length > clear + 1 else { return }
        let leader = Segment(way.point(at: clear / way.length), way.end)
        canvas.stroke(leader, thickness: style.line * 0.7 + style.ring.rim * 2, .ink, 150)
        canvas.stroke(leader, thickness: style.line * 0.7, label.color)
    }
}
