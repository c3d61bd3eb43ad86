import ClearcoatImage

/// A colour of the screen.
struct Color: Sendable, Hashable {
    /// Red in the lowest byte, then green and blue, as pixels are kept.
    let pixel: UInt32

    init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        pixel = UInt32(red) | UInt32(green) << 8 | UInt32(blue) << 16
    }

    fileprivate init(pixel: UInt32) { self.pixel = pixel }

    static let ink = Color(18, 20, 24)
    static let paper = Color(244, 245, 247)
    static let quiet = Color(150, 156, 166)
}

/// A band of rows of a colour picture that can be drawn on. Everything outside of it is ignored, so a picture is
/// drawn band by band, each time with the same strokes; no more than a band is ever in memory.
struct Canvas {
    let width: Int
    /// Which rows of the picture these are.
    private(set) var rows: Range<Int>
    /// Row by row; red in the lowest byte, then green and blue.
    var pixels: [UInt32]
    private var glyphs = GlyphCache()

    /// A canvas of one colour.
    init(width: Int, rows: Range<Int>, color: Color) {
        self.width = width
        self.rows = rows
        pixels = Array(repeating: color.pixel, count: width * rows.count)
    }

    /// Goes on to other rows, of one colour.
    mutating func move(to rows: Range<Int>, color: Color) {
        self.rows = rows
        if pixels.count == width * rows.count {
            var span = pixels.mutableSpan
            for index in 0..<span.count { span[index] = color.pixel }
        } else {
            pixels = Array(repeating: color.pixel, count: width * rows.count)
        }
    }

    /// Where row `y` lies in ``pixels``.
    func row(_ y: Int) -> Range<Int> {
        let start = (y - rows.lowerBound) * width
        return start..<start + width
    }

    /// The colour of a pixel that the canvas has.
    func color(x: Int, y: Int) -> Color { Color(pixel: pixels[row(y).lowerBound + x]) }

    /// Mixes a colour into a pixel.
    ///
    /// - Parameter share: 0 leaves the pixel, 256 replaces it.
    mutating func blend(x: Int, y: Int, _ color: Color, _ share: Int) {
        guard x >= 0, x < width, rows.contains(y), share > 0 else { return }
        let index = (y &- rows.lowerBound) &* width &+ x
        pixels[index] = Self.mixed(pixels[index], color.pixel, UInt32(share))
    }

    /// Red and blue at once, which do not reach each other, and green.
    private static func mixed(_ pixel: UInt32, _ other: UInt32, _ share: UInt32) -> UInt32 {
        let keep = 256 &- share
        let outer = (pixel & 0xFF00FF) &* keep &+ (other & 0xFF00FF) &* share
        let inner = (pixel & 0x00FF00) &* keep &+ (other & 0x00FF00) &* share
        return outer &>> 8 & 0xFF00FF | inner &>> 8 & 0x00FF00
    }

    /// Mixes a colour into the pixels of a row.
    mutating func blend(row y: Int, _ columns: Range<Int>, _ color: Color, _ share: Int) {
        let columns = columns.clamped(to: 0..<width)
        guard rows.contains(y), !columns.isEmpty else { return }
        let start = row(y).lowerBound
        let share = UInt32(share)
        var span = pixels.mutableSpan
        for index in start + columns.lowerBound..<start + columns.upperBound {
            span[index] = Self.mixed(span[index], color.pixel, share)
        }
    }

    /// Mixes a colour into a box.
    mutating func fill(_ box: Rectangle, _ color: Color, _ share: Int = 256) {
        for y in box.rows.clamped(to: rows) { blend(row: y, box.columns, color, share) }
    }

    /// Draws a line with round ends and smooth edges, `thickness` pixels wide.
    mutating func stroke(_ segment: Segment, thickness: Double, _ color: Color, _ share: Int = 256) {
        let radius = thickness / 2
        segment.forEachPixel(within: radius + 0.5, width: width, rows: rows) { x, y, distance in
            blend(x: x, y: y, color, Int(min(radius + 0.5 - distance, 1) * Double(share)))
        }
    }

    /// Draws the outline of a box, inside of it.
    mutating func frame(_ box: Rectangle, thickness: Int, _ color: Color) {
        let thickness = min(thickness, box.width / 2, box.height / 2)
        let right = box.x + box.width - thickness
        let middle = box.rows.dropFirst(thickness).dropLast(thickness)
        fill(Rectangle(x: box.x, y: box.y, width: box.width, height: thickness), color)
        fill(
            Rectangle(x: box.x, y: box.y + box.height - thickness, width: box.width, height: thickness),
            color
        )
        for x in [box.x, right] {
            fill(Rectangle(x: x, y: middle.lowerBound, width: thickness, height: middle.count), color)
        }
    }

    /// Draws text on one line.
    ///
    /// - Parameters:
    ///   - x: where its first character begins.
    ///   - y: the top of its capitals.
    mutating func write(_ text: String, x: Double, y: Int, capHeight: Double, _ color: Color) {
        // No glyph reaches farther up or down than this.
        let reach = Int(capHeight)
        guard y - reach < rows.upperBound, y + 2 * reach + 2 >= rows.lowerBound else { return }
        var pen = x
        for character in text {
            let glyph = glyphs.coverage(of: character, capHeight: capHeight)
            let left = Int(pen.rounded()) + glyph.x
            for row in 0..<glyph.height where rows.contains(y + glyph.y + row) {
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
        guard rows.contains(y), !columns.isEmpty else { return }
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
