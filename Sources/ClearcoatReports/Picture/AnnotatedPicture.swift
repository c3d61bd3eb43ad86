public import ClearcoatImage
public import ClearcoatInspection

/// The inspected picture with what was found drawn on it.
///
/// The picture keeps its pixels at their coordinates: the legend is a strip below it and hides nothing. A
/// picture too narrow for a legend gets an empty margin on the right as well. Outlines are drawn
/// around defects at a small distance, labels beside them, so that every defect can be seen as the camera saw it.
///
/// Dark pictures and those of 16 bits are brightened for the screen (see ``ToneCurve``).
public enum AnnotatedPicture {
    /// The most findings that get a label; the worst come first. All get an outline.
    static let maximumLabels = 200

    /// Draws a record on its picture.
    ///
    /// - Parameters:
    ///   - image: the picture that was inspected, as displayed.
    ///   - areas: the zones and ignored areas of the recipe.
    /// - Complexity: O(pixels) for copying, then what is drawn.
    public static func draw(
        _ record: InspectionRecord,
        on image: GrayImage,
        areas: RunDescription.Areas = .init()
    ) -> RGBImage<UInt8> {
        let style = PictureStyle(width: image.width, height: image.height)
        let width = max(image.width, Legend.minimumWidth)
        let notJudged = AreaPainter.notJudged(of: record, areas)
        var drawing = Drawing(
            bounds: image.bounds,
            style: style,
            canvas: Canvas(width: 0, height: 0, color: .ink, picture: .empty)
        )
        // The strip's height depends on how many labels found no room, by at most a few words, so room
        // is sought before the canvas is made.
        let labels = drawing.placeLabels(for: record.findings, areas: areas, notJudged: notJudged)
        let legend = Legend(of: record, areas, unlabelled: labels.missing, style: style, width: width)
        drawing.canvas = Canvas(
            width: width,
            height: image.height + legend.height,
            color: Legend.background,
            picture: ToneCurve.shown(image)
        )
        drawing.draw(areas, notJudged)
        for finding in record.findings.reversed() {
            style.ring.draw(
                around: finding.outline,
                on: &drawing.canvas,
                within: image.bounds,
                PictureStyle.color(of: finding.verdict)
            )
        }
        drawing.draw(labels)
        legend.draw(on: &drawing.canvas, top: image.height, pictureWidth: image.width, &drawing.glyphs)
        return drawing.canvas.picture()
    }

    /// A small picture for a gallery: the annotated picture without its legend, at most 320 x 240 pixels,
    /// each the mean of those it stands for, with the findings marked anew so that they can be seen.
    public static func thumbnail(of picture: RGBImage<UInt8>, with record: InspectionRecord) -> RGBImage<
        UInt8
    > {
        let width = min(record.capture.width, picture.width)
        let height = min(record.capture.height, picture.height)
        let factor = max(1, (width + 319) / 320, (height + 239) / 240)
        let small = RGBImage(
            red: Shrinking.mean(of: picture.red, width: width, height: height, by: factor),
            green: Shrinking.mean(of: picture.green, width: width, height: height, by: factor),
            blue: Shrinking.mean(of: picture.blue, width: width, height: height, by: factor)
        )
        var canvas = Canvas(small)
        let ring = OutlineRing(gap: 1.5, thickness: 1.6, rim: 1)
        let bounds = Rectangle(x: 0, y: 0, width: small.width, height: small.height)
        for finding in record.findings.prefix(maximumLabels).reversed() {
            let contour = finding.outline.map { point in
                Point(x: (point.x + 0.5) / Double(factor) - 0.5, y: (point.y + 0.5) / Double(factor) - 0.5)
            }
            ring.draw(around: contour, on: &canvas, within: bounds, PictureStyle.color(of: finding.verdict))
        }
        return canvas.picture()
    }
}

extension Image where Element == UInt8 {
    /// No pixel at all.
    static var empty: Image { Image(width: 0, height: 0, samples: []) }
}

/// A picture while it is being drawn.
struct Drawing {
    let bounds: Rectangle
    let style: PictureStyle
    var canvas: Canvas
    var glyphs = GlyphCache()

    init(bounds: Rectangle, style: PictureStyle, canvas: consuming Canvas) {
        self.bounds = bounds
        self.style = style
        self.canvas = canvas
    }

    /// Text with room found for it.
    struct Label {
        var text: String
        var box: Rectangle
        var color: Color
        /// From what it names to its box; nil for the name of an area.
        var leader: Segment?
    }

    /// The labels of a picture.
    struct Labels {
        var placed: [Label] = []
        /// How many findings found no room.
        var missing = 0
    }

    /// Finds room for the labels of findings, the worst first, then for the names of areas.
    func placeLabels(
        for findings: [Finding],
        areas: RunDescription.Areas,
        notJudged: [AreaPainter.NotJudged]
    ) -> Labels {
        var placer = LabelPlacer(bounds: bounds, cell: style.em(0.35))
        for finding in findings { placer.block(finding.outline, margin: style.ring.reach) }
        var labels = Labels()
        let ranked = findings.sorted { first, second in
            (second.verdict, second.severity, second.sizePx, first.id) < (
                first.verdict, first.severity, first.sizePx, second.id
            )
        }
        for (rank, finding) in ranked.enumerated() {
            let texts = ["\(finding.id) \(finding.class.rawValue) \(finding.sizeText)", "\(finding.id)"]
            let label = rank < AnnotatedPicture.maximumLabels ? place(texts, beside: finding, &placer) : nil
            if let label { labels.placed.append(label) } else { labels.missing += 1 }
        }
        var names = areas.zones.enumerated().map { index, zone in
            (zone.name, zone.polygon.corners, PictureStyle.zone(index))
        }
        names += notJudged.map { ($0.name, $0.corners, PictureStyle.hatching) }
        for (name, corners, color) in names.prefix(60) {
            guard let area = AreaPainter.box(of: corners) else { continue }
            let size = size(of: name)
            if let box = placer.place(width: size.width, height: size.height, inside: area) {
                labels.placed.append(Label(text: name, box: box, color: color, leader: nil))
            }
        }
        return labels
    }

    private func place(_ texts: [String], beside finding: Finding, _ placer: inout LabelPlacer) -> Label? {
        for text in texts {
            let size = size(of: text)
            let distance = style.ring.reach + style.capHeight * 0.7
            let place = placer.place(
                width: size.width,
                height: size.height,
                beside: finding.outline,
                distance: distance,
                clear: style.ring.reach
            )
            if let place {
                let color = PictureStyle.color(of: finding.verdict)
                return Label(text: text, box: place.box, color: color, leader: place.leader)
            }
        }
        return nil
    }

    private func size(of text: String) -> (width: Int, height: Int) {
        let width = StrokeFont.width(of: text, capHeight: style.capHeight)
        return (Int(width.rounded(.up)) + style.em(0.85) + style.em(0.3), style.em(1.9))
    }

    /// Draws leaders, then labels over them.
    mutating func draw(_ labels: Labels) {
        for label in labels.placed { drawLeader(of: label) }
        for label in labels.placed {
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
                .paper,
                &glyphs
            )
        }
    }

    /// From the ring to the label's edge.
    private mutating func drawLeader(of label: Label) {
        let clear = style.ring.gap + style.line / 2
        guard let way = label.leader, way.length > clear + 1 else { return }
        let leader = Segment(way.point(at: clear / way.length), way.end)
        canvas.stroke(leader, thickness: style.line * 0.7 + style.ring.rim * 2, .ink, 150)
        canvas.stroke(leader, thickness: style.line * 0.7, label.color)
    }
}
