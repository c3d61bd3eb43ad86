import ClearcoatImage

/// A colour of the screen.
struct Color: Sendable, Hashable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8

    init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    static let ink = Color(18, 20, 24)
    static let paper = Color(244, 245, 247)
    static let quiet = Color(150, 156, 166)
}

/// A colour picture that can be drawn on. Everything outside of it is ignored.
struct Canvas {
    let width: Int
    let height: Int
    private var red: [UInt8]
    private var green: [UInt8]
    private var blue: [UInt8]

    /// A canvas with a gray picture in its top-left corner, each sample by way of a table, and `color`
    /// everywhere else.
    init(width: Int, height: Int, color: Color, picture: Image<UInt8>) {
        self.width = width
        self.height = height
        func plane(_ value: UInt8) -> [UInt8] {
            if picture.width == width {
                return picture.samples + [UInt8](repeating: value, count: width * (height - picture.height))
            }
            var plane = [UInt8](repeating: value, count: width * height)
            for y in 0..<picture.height {
                plane.replaceSubrange(
                    y * width..<y * width + picture.width,
                    with: picture.samples[picture.row(y)]
                )
            }
            return plane
        }
        red = plane(color.red)
        green = plane(color.green)
        blue = plane(color.blue)
    }

    /// A canvas from planes of the same size.
    init(_ picture: RGBImage<UInt8>) {
        width = picture.width
        height = picture.height
        red = picture.red.samples
        green = picture.green.samples
        blue = picture.blue.samples
    }

    /// What was drawn.
    consuming func picture() -> RGBImage<UInt8> {
        RGBImage(
            red: Image(width: width, height: height, samples: red),
            green: Image(width: width, height: height, samples: green),
            blue: Image(width: width, height: height, samples: blue)
        )
    }

    /// Mixes a colour into a pixel.
    ///
    /// - Parameter share: 0 leaves the pixel, 256 replaces it.
    mutating func blend(x: Int, y: Int, _ color: Color, _ share: Int) {
        guard x >= 0, x < width, y >= 0, y < height, share > 0 else { return }
        let index = y &* width &+ x
        red[index] = Self.mixed(red[index], color.red, share)
        green[index] = Self.mixed(green[index], color.green, share)
        blue[index] = Self.mixed(blue[index], color.blue, share)
    }

    private static func mixed(_ sample: UInt8, _ other: UInt8, _ share: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: (Int(sample) &* (256 &- share) &+ Int(other) &* share) &>> 8)
    }

    /// Mixes a colour into the pixels of a row.
    mutating func blend(row y: Int, _ columns: Range<Int>, _ color: Color, _ share: Int) {
        let columns = columns.clamped(to: 0..<width)
        guard y >= 0, y < height, !columns.isEmpty else { return }
        let range = y * width + columns.lowerBound..<y * width + columns.upperBound
        Self.blend(&red, range, color.red, share)
        Self.blend(&green, range, color.green, share)
        Self.blend(&blue, range, color.blue, share)
    }

    private static func blend(_ plane: inout [UInt8], _ range: Range<Int>, _ other: UInt8, _ share: Int) {
        let keep = UInt16(256 - share)
        let add = UInt16(other) * UInt16(share)
        var samples = plane.mutableSpan
        for index in range {
            samples[index] = UInt8(truncatingIfNeeded: (UInt16(samples[index]) &* keep &+ add) &>> 8)
        }
    }

    /// Mixes a colour into a box.
    mutating func fill(_ box: Rectangle, _ color: Color, _ share: Int = 256) {
        for y in box.rows.clamped(to: 0..<height) { blend(row: y, box.columns, color, share) }
    }

    /// Draws a line with round ends and smooth edges, `thickness` pixels wide.
    mutating func stroke(_ segment: Segment, thickness: Double, _ color: Color, _ share: Int = 256) {
        let radius = thickness / 2
        segment.forEachPixel(within: radius + 0.5, width: width, height: height) { x, y, distance in
            blend(x: x, y: y, color, Int(min(radius + 0.5 - distance, 1) * Double(share)))
        }
    }

    /// Draws the outline of a box, inside of it.
    mutating func frame(_ box: Rectangle, thickness: Int, _ color: Color) {
        let thickness = min(thickness, box.width / 2, box.height / 2)
        fill(Rectangle(x: box.x, y: box.y, width: box.width, height: thickness), color)
        fill(
            Rectangle(x: box.x, y: box.y + box.height - thickness, width: box.width, height: thickness),
            color
        )
        let rows = box.rows.dropFirst(thickness).dropLast(thickness)
        let middle = Rectangle(x: box.x, y: rows.lowerBound, width: thickness, height: rows.count)
        fill(middle, color)
        fill(
            Rectangle(x: box.x + box.width - thickness, y: middle.y, width: thickness, height: middle.height),
            color
        )
    }

    /// Draws text on one line.
    ///
    /// - Parameters:
    ///   - x: where its first character begins.
    ///   - y: the top of its capitals.
    mutating func write(
        _ text: String,
        x: Double,
        y: Int,
        capHeight: Double,
        _ color: Color,
        _ glyphs: inout GlyphCache
    ) {
        var pen = x
        for character in text {
            let glyph = glyphs.coverage(of: character, capHeight: capHeight)
            let left = Int(pen.rounded()) + glyph.x
            for row in 0..<glyph.height {
                for column in 0..<glyph.width {
                    let covered = Int(glyph.samples[row * glyph.width + column])
                    if covered > 0 { blend(x: left + column, y: y + glyph.y + row, color, covered + 1) }
                }
            }
            pen += glyph.advance
        }
    }

    /// Draws lines from bottom left to top right over the pixels of `columns` in a row, each light with a dark
    /// one beside it; rows one below the other make a hatching that shows on any paint.
    mutating func hatch(
        row y: Int,
        _ columns: Range<Int>,
        period: Int,
        thickness: Int,
        _ color: Color,
        _ share: Int
    ) {
        let columns = columns.clamped(to: 0..<width)
        guard !columns.isEmpty else { return }
        // The first line that starts at or before the first column: x + y is a multiple of the period.
        var start = columns.lowerBound - (columns.lowerBound + y) % period
        while start < columns.upperBound {
            let middle = start + thickness
            blend(row: y, (start..<middle).clamped(to: columns), color, share)
            blend(row: y, (middle..<middle + thickness).clamped(to: columns), .ink, share / 2)
            start += period
        }
    }
}
