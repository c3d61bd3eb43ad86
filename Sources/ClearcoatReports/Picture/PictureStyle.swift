import ClearcoatImage
import ClearcoatInspection

/// Sizes and colours of an annotated picture, all from the size of the picture: what can be read on a
/// third of a megapixel must still be seen when twenty are shown on one screen.
package struct PictureStyle {
    /// The height of a capital letter, in pixels.
    let capHeight: Double
    /// The thickness of outlines and leaders, in pixels.
    let line: Double
    /// The line around a finding.
    let ring: OutlineRing

    /// The style for a picture of a size.
    package init(width: Int, height: Int) {
        let long = Double(max(width, height))
        capHeight = max(9, long / 125).rounded()
        let zoom = max(1, long / 1200)
        let scale = 0.6 * zoom.squareRoot() + 0.4 * zoom
        line = 2 * scale
        ring = OutlineRing(gap: 1 + 1.5 * scale, thickness: line, rim: scale)
    }

    /// Whole pixels of a share of the text's height.
    func em(_ share: Double) -> Int { max(1, Int((capHeight * share).rounded())) }

    /// What follows from a finding, as a colour.
    static func color(of verdict: Verdict) -> Color {
        switch verdict {
        case .accept: Color(72, 202, 255)
        case .rework: Color(255, 178, 36)
        case .reject: Color(255, 74, 68)
        case .cannotJudge: Color(190, 140, 255)
        }
    }

    /// The verdict on the whole, as the colour of its badge.
    static func badge(of verdict: Verdict) -> Color {
        switch verdict {
        case .accept: Color(46, 160, 67)
        case .rework: Color(186, 110, 0)
        case .reject: Color(207, 44, 40)
        case .cannotJudge: Color(122, 76, 196)
        }
    }

    /// Quiet colours for zones, in the order of the recipe.
    static func zone(_ index: Int) -> Color {
        let colors = [
            Color(64, 120, 255), Color(40, 190, 120), Color(200, 80, 220), Color(230, 160, 40),
            Color(0, 180, 200),
            Color(220, 90, 120),
        ]
        return colors[index % colors.count]
    }

    /// Of areas that are not judged.
    static let notJudged = Color(205, 205, 215)
}

extension DefectClass {
    /// What a label in a picture calls it: the word of the records in English, and in languages that the pictures'
    /// font cannot write.
    func label(in language: Language) -> String { language == .german ? name(in: language) : rawValue }

    /// What a page calls it: the word of the records in English.
    func title(in language: Language) -> String { language == .english ? rawValue : name(in: language) }

    /// What a page calls the class that records call `word`.
    static func title(of word: String, in language: Language) -> String {
        DefectClass(rawValue: word)?.title(in: language) ?? word
    }
}

extension Verdict {
    /// What a person reads.
    var title: String {
        switch self {
        case .accept: "ACCEPT"
        case .rework: "REWORK"
        case .reject: "REJECT"
        case .cannotJudge: "CANNOT JUDGE"
        }
    }
}

extension Double {
    /// At most three digits that count, without an exponent: `0.62`, `12.4`, `1234`.
    package var short: String {
        guard isFinite, abs(self) < 1e15 else { return "\(self)" }
        let magnitude = abs(self)
        let digits = magnitude >= 100 || self == 0 ? 0 : magnitude >= 10 ? 1 : magnitude >= 0.1 ? 2 : 3
        let factor = [1.0, 10, 100, 1000][digits]
        let rounded = (self * factor).rounded() / factor
        return JSONWriter.text(of: rounded) ?? ""
    }
}

extension Finding {
    /// Its size without the uncertainty, for a label: in millimetres where there is a scale.
    var shortSize: String { sizeMm.map { "\($0.short) mm" } ?? "\(sizePx.short) px" }

    /// Its contour as places; its box where it has none.
    var outline: [Point] { outlined(contour, boundingBox) }
}
