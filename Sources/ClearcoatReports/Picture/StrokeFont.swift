import ClearcoatImage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The font of the pictures: lines of even thickness, drawn at any size with smooth edges, so that no
/// font file is needed and a label looks the same on every machine.
package struct StrokeFont {
    /// One character's outline in units of which 14 make the height of a capital.
    struct Glyph {
        /// How far the pen moves on, without the gap to the next character.
        var width: Double
        /// Lines through points, y down from the top of the capitals.
        var strokes: [[Point]]
    }

    /// The height of a capital, in units.
    static let capHeight = 14.0
    /// From the highest dot to the lowest descender, in units.
    static let top = -4.0
    static let bottom = 19.0
    /// The gap between two characters, in units.
    static let gap = 3.2
    /// The thickness of a line, in units.
    static let weight = 1.8

    /// The glyph of a character; an empty box for one that has none.
    static func glyph(_ character: Character) -> Glyph { glyphs[character] ?? missing }

    /// How long a text is, in pixels, at a height of capitals in pixels.
    package static func width(of text: String, capHeight: Double) -> Double {
        let units = text.reduce(0.0) { $0 + glyph($1).width + gap }
        return max(0, units - gap) * capHeight / Self.capHeight
    }

    /// `text`, cut in the middle where it is longer than `width` pixels.
    package static func fitted(_ text: String, into width: Double, capHeight: Double) -> String {
        // A control character would be drawn as a box; one that shows the reader what it is is kinder.
        let text = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
        if Self.width(of: text, capHeight: capHeight) <= width { return text }
        var kept = text.count - 1
        while kept > 1 {
            let candidate = String(text.prefix(kept / 3)) + "…" + String(text.suffix(kept - kept / 3))
            if Self.width(of: candidate, capHeight: capHeight) <= width { return candidate }
            kept -= 1
        }
        return "…"
    }

    /// `text` on at most `count` lines of `width` pixels, broken between words; the last is cut where it is
    /// longer.
    package static func wrapped(_ text: String, into width: Double, lines count: Int, capHeight: Double)
        -> [String]
    {
        var lines: [String] = []
        var rest = text.split(separator: " ")[...]
        while lines.count < count - 1, !rest.isEmpty {
            var line = String(rest.removeFirst())
            while let word = rest.first,
                Self.width(of: line + " " + word, capHeight: capHeight) <= width
            {
                line += " " + word
                rest.removeFirst()
            }
            lines.append(fitted(line, into: width, capHeight: capHeight))
        }
        if !rest.isEmpty {
            lines.append(fitted(rest.joined(separator: " "), into: width, capHeight: capHeight))
        }
        return lines
    }

    private static let glyphs = drawings.mapValues(parsed)
    private static let missing = parsed(replacement)

    private static func parsed(_ drawing: (width: Double, strokes: String)) -> Glyph {
        let strokes = drawing.strokes.split(separator: "|").map { stroke in
            stroke.split(separator: " ").flatMap { token -> [Point] in
                let isArc = token.hasPrefix("@")
                let numbers = token.drop { $0 == "@" }.split(separator: ",").compactMap { Double($0) }
                if isArc && numbers.count == 6 { return arc(numbers) }
                return numbers.count == 2 ? [Point(x: numbers[0], y: numbers[1])] : []
            }
        }
        return Glyph(width: drawing.width, strokes: strokes)
    }

    /// An arc as a line through a point every twelve degrees.
    private static func arc(_ numbers: [Double]) -> [Point] {
        let sweep = numbers[5] - numbers[4]
        let steps = max(2, Int(abs(sweep) / 12))
        return (0...steps).map { step in
            let angle = (numbers[4] + sweep * Double(step) / Double(steps)) * .pi / 180
            return Point(x: numbers[0] + numbers[2] * cos(angle), y: numbers[1] + numbers[3] * sin(angle))
        }
    }
}

/// Glyphs as coverage, drawn once for each size.
package struct GlyphCache {
    /// How much of each pixel a glyph covers.
    package struct Coverage {
        /// Where its top-left pixel lies from the pen and the top of the capitals.
        package var x: Int
        package var y: Int
        package var width: Int
        package var height: Int
        /// 0...255, row after row.
        package var samples: [UInt8]
        /// How far the pen moves on, with the gap.
        package var advance: Double
    }

    private struct Key: Hashable {
        var character: Character
        var capHeight: Double
    }
    private var drawn: [Key: Coverage] = [:]

    /// Nothing drawn yet.
    package init() {}

    /// The coverage of a character at a height of capitals in pixels.
    package mutating func coverage(of character: Character, capHeight: Double) -> Coverage {
        let key = Key(character: character, capHeight: capHeight)
        if let known = drawn[key] { return known }
        let new = Self.draw(StrokeFont.glyph(character), capHeight: capHeight)
        drawn[key] = new
        return new
    }

    private static func draw(_ glyph: StrokeFont.Glyph, capHeight: Double) -> Coverage {
        let unit = capHeight / StrokeFont.capHeight
        let radius = max(StrokeFont.weight * unit, 1.3) / 2
        let margin = Int((radius + 1).rounded(.up))
        let left = -margin
        let top = Int((StrokeFont.top * unit).rounded(.down)) - margin
        var result = Coverage(
            x: left,
            y: top,
            width: Int((glyph.width * unit).rounded(.up)) + 2 * margin + 1,
            height: Int((StrokeFont.bottom * unit).rounded(.up)) + margin - top,
            samples: [],
            advance: (glyph.width + StrokeFont.gap) * unit
        )
        result.samples = Array(repeating: 0, count: result.width * result.height)
        for stroke in glyph.strokes {
            for (a, b) in zip(stroke, stroke.dropFirst()) {
                let segment = Segment(
                    Point(x: a.x * unit - Double(left), y: a.y * unit - Double(top)),
                    Point(x: b.x * unit - Double(left), y: b.y * unit - Double(top))
                )
                segment.forEachPixel(within: radius + 0.5, width: result.width, rows: 0..<result.height) {
                    x,
                    y,
                    distance in
                    let covered = UInt8(min(max(radius + 0.5 - distance, 0), 1) * 255)
                    let index = y * result.width + x
                    if covered > result.samples[index] { result.samples[index] = covered }
                }
            }
        }
        return result
    }
}
