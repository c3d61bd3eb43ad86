import ClearcoatImage
import ClearcoatInspection

/// A small picture for a gallery: the annotated picture without its legend, at most 320 x 240 pixels, each the
/// mean of those it stands for, with the findings marked anew so that they can be seen. A strip of a few rows or columns
/// keeps one of them, however long that makes it.
struct Thumbnail {
    private let record: InspectionRecord
    private let factor: Int
    private var small: Shrinking

    /// Of an annotated picture of a size.
    init(of record: InspectionRecord, width: Int, height: Int) {
        let width = min(record.capture.width, width)
        let height = min(record.capture.height, height)
        self.record = record
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
        for finding in record.findings.prefix(AnnotatedPicture.maximumLabels).reversed() {
            let contour = finding.outline.map { point in
                Point(x: (point.x + 0.5) / Double(factor) - 0.5, y: (point.y + 0.5) / Double(factor) - 0.5)
            }
            ring.draw(around: contour, on: &canvas, within: bounds, PictureStyle.color(of: finding.verdict))
        }
        return canvas.picture()
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
