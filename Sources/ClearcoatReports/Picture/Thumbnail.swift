import ClearcoatImage
import ClearcoatInspection

/// A small picture for a gallery: the annotated picture without its legend, at most 320 x 240 pixels, each the
/// mean of those it stands for, with the findings marked and numbered anew so that they can be seen. A strip of a few rows
/// or columns keeps one of them, however long that makes it.
struct Thumbnail {
    private let record: InspectionRecord
    private let labels: [Drawing.Label]
    private let factor: Int
    private var small: Shrinking

    /// The height of the numbers' capitals: the least that can be read.
    private static let capHeight = 9.0
    private static let margin = 3
    /// Names of areas get no more room than this.
    private static let longestName = 90.0

    /// Of an annotated picture of a size, with the labels that are drawn on it.
    init(of record: InspectionRecord, _ labels: [Drawing.Label], width: Int, height: Int) {
        let width = min(record.capture.width, width)
        let height = min(record.capture.height, height)
        self.record = record
        self.labels = labels
        factor = max(1, min(max((width + 319) / 320, (height + 239) / 240), width, height))
        small = Shrinking(width: width, height: height, by: factor)
    }

    /// Takes the next rows of the annotated picture.
    mutating func add(_ canvas: borrowing Canvas) {
        for y in canvas.rows { small.add(canvas.pixels[canvas.row(y)]) }
    }

    /// The small picture.
    func picture() -> RGBImage<UInt8> {
        let picture = small.picture
        var canvas = Canvas(picture, rows: 0..<picture.height)
        let ring = OutlineRing(gap: 1.5, thickness: 1.6, rim: 1)
        let bounds = Rectangle(x: 0, y: 0, width: picture.width, height: picture.height)
        if factor > 1 {
            for label in labels { erase(label, on: &canvas) }
            for label in labels { number(label, on: &canvas, within: bounds) }
        }
        for finding in record.findings.prefix(AnnotatedPicture.maximumLabels).reversed() {
            let contour = finding.outline.map { point in
                Point(x: (point.x + 0.5) / Double(factor) - 0.5, y: (point.y + 0.5) / Double(factor) - 0.5)
            }
            ring.draw(around: contour, on: &canvas, within: bounds, PictureStyle.color(of: finding.verdict))
        }
        return canvas.picture()
    }

    /// The pixels that a label of the large picture reaches into.
    private func place(of label: Drawing.Label) -> Rectangle {
        let box = label.box
        return Rectangle(
            columns: box.x / factor..<(box.x + box.width + factor - 1) / factor,
            rows: box.y / factor..<(box.y + box.height + factor - 1) / factor
        )
    }

    /// Replaces a label, too small to be read, by what is above and below it.
    private func erase(_ label: Drawing.Label, on canvas: inout Canvas) {
        let box = place(of: label)
        let (above, below) = (box.y - 1, box.y + box.height)
        let known = [above, below].filter(canvas.rows.contains)
        guard let first = known.first, let last = known.last else { return }
        for x in box.columns where x < canvas.width {
            let upper = canvas.color(x: x, y: first)
            let lower = canvas.color(x: x, y: last)
            for y in box.rows {
                canvas.blend(x: x, y: y, upper, 256)
                canvas.blend(x: x, y: y, lower, 256 * (y - above) / (below - above))
            }
        }
    }

    /// Writes the number of a finding, or the name of an area, where its label was, as large as can be read.
    private func number(_ label: Drawing.Label, on canvas: inout Canvas, within bounds: Rectangle) {
        let text = StrokeFont.fitted(label.short, into: Self.longestName, capHeight: Self.capHeight)
        let width =
            Int(StrokeFont.width(of: text, capHeight: Self.capHeight).rounded(.up)) + 2 * Self.margin + 2
        let height = Int(Self.capHeight) + 2 * Self.margin
        guard width <= bounds.width, height <= bounds.height else { return }
        let place = place(of: label)
        var x = place.x
        var y = place.y + (place.height - height) / 2
        if let leader = label.leader {
            // As near to the finding as the label was, and not on it.
            let end = Int(leader.end.x) / factor
            x = min(max(end - width / 2, place.x), max(place.x, place.x + place.width - width))
            if Double(label.box.y) > leader.start.y { y = place.y }
            if Double(label.box.y + label.box.height) < leader.start.y {
                y = place.y + place.height - height
            }
        }
        x = min(max(x, 0), bounds.width - width)
        y = min(max(y, 0), bounds.height - height)
        canvas.fill(Rectangle(x: x, y: y, width: width, height: height), .ink, 215)
        canvas.fill(Rectangle(x: x, y: y, width: 2, height: height), label.color)
        canvas.write(
            text,
            x: Double(x + 2 + Self.margin),
            y: y + Self.margin,
            capHeight: Self.capHeight,
            .paper
        )
    }
}

extension Canvas {
    /// Some rows of a picture, to be drawn on.
    init(_ picture: RGBImage<UInt8>, rows: Range<Int>) {
        self.init(width: picture.width, rows: rows, color: .ink)
        let part = rows.lowerBound * width..<rows.upperBound * width
        let (red, green, blue) = (picture.red.samples, picture.green.samples, picture.blue.samples)
        for (index, source) in part.enumerated() {
            pixels[index] = UInt32(red[source]) | UInt32(green[source]) << 8 | UInt32(blue[source]) << 16
        }
    }

    /// What was drawn.
    consuming func picture() -> RGBImage<UInt8> {
        let (width, height) = (self.width, rows.count)
        let planes = [UInt32(0), 8, 16].map { shift in
            Image(
                width: width,
                height: height,
                samples: pixels.map { UInt8(truncatingIfNeeded: $0 &>> shift) }
            )
        }
        return RGBImage(red: planes[0], green: planes[1], blue: planes[2])
    }
}
