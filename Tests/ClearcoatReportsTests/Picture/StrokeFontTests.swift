import ClearcoatReports
import Testing

@Suite struct StrokeFontTests {
    private let needed =
        (0x20...0x7E).compactMap { Unicode.Scalar($0).map(Character.init) } + Array("äöüÄÖÜß±µ²³°×·–…→σ≤≥")

    @Test(arguments: [9.0, 14, 40])
    func everyGlyphIsDrawnAndDistinct(capHeight: Double) {
        var cache = GlyphCache()
        var seen: [[UInt8]: Character] = [:]
        for character in needed {
            let glyph = cache.coverage(of: character, capHeight: capHeight)
            #expect(glyph.samples.count == glyph.width * glyph.height)
            #expect((glyph.samples.max() ?? 0) > 120 || character == " ", "\(character) is empty")
            #expect(
                seen.updateValue(character, forKey: glyph.samples + [UInt8(glyph.width)]) == nil,
                "\(character) looks like another"
            )
        }
        #expect(seen.count == needed.count)
    }

    /// Nothing of a glyph is cut off: the outermost pixels of its box are empty.
    @Test(arguments: [9.0, 33])
    func noGlyphIsCutOff(capHeight: Double) {
        var cache = GlyphCache()
        for character in needed {
            let glyph = cache.coverage(of: character, capHeight: capHeight)
            for y in 0..<glyph.height {
                let row = glyph.samples[y * glyph.width..<(y + 1) * glyph.width]
                if y == 0 || y == glyph.height - 1 { #expect(row.allSatisfy { $0 == 0 }, "\(character)") }
                #expect(row.first == 0 && row.last == 0, "\(character)")
            }
        }
    }

    @Test func longTextIsCutInTheMiddle() {
        let text = "line 1/very long folder name/capture_000123.png"
        for width in [20.0, 60, 120, 200, 1000] {
            let fitted = StrokeFont.fitted(text, into: width, capHeight: 10)
            #expect(StrokeFont.width(of: fitted, capHeight: 10) <= width)
            if fitted != text && fitted.count > 4 { #expect(fitted.contains("…") && fitted.hasSuffix("png")) }
        }
        #expect(StrokeFont.fitted(text, into: 10_000, capHeight: 10) == text)
        #expect(StrokeFont.fitted("a\nb", into: 100, capHeight: 10) == "a b")
    }
}
