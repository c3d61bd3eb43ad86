import ClearcoatImage
import ClearcoatInspection

/// The strip below a picture: verdict, file, recipe, what was found, what the colours mean, and a scale bar.
struct Legend: Sendable {
    /// Below this many pixels a legend could not be read; narrower pictures get a margin.
    static let minimumWidth = 420
    static let background = Color(28, 31, 37)

    /// The height of the strip, in pixels.
    let height: Int

    private let style: PictureStyle
    private let width: Int
    private let verdict: Verdict
    private let lines: [[Item]]
    private let bar: ScaleBar

    private enum Swatch {
        case none
        case badge(Color)
        case ring(Color)
        case tint(Color)
        case hatching
        case dashes
    }

    /// Between two items.
    private static func gap(_ style: PictureStyle) -> Int { style.em(2.4) }

    private struct Item {
        var swatch: Swatch
        var text: String
        var color: Color
        var width: Int

        /// Takes text, cut to fit into `room` pixels with its swatch.
        init(swatch: Swatch, text: String, color: Color, _ style: PictureStyle, _ room: Int) {
            let extra =
                switch swatch {
                case .none: 0
                case .badge: 2 * style.em(0.6)
                default: style.em(1.1) + style.em(0.5)
                }
            self.swatch = swatch
            self.color = color
            self.text = StrokeFont.fitted(text, into: Double(room - extra), capHeight: style.capHeight)
            width = Int(StrokeFont.width(of: self.text, capHeight: style.capHeight).rounded(.up)) + extra
        }
    }

    init(
        of record: InspectionRecord,
        _ areas: RunDescription.Areas,
        unlabelled: Int,
        style: PictureStyle,
        width: Int
    ) {
        self.style = style
        self.width = width
        verdict = record.verdict
        bar = ScaleBar(
            mmPerPixel: record.capture.mmPerPixel,
            pictureWidth: record.capture.width,
            style: style
        )
        let room = width - 2 * style.em(1)
        let first = Self.heading(of: record, style, room)
        let second = Self.flow(Self.result(of: record, unlabelled), style, room, lines: 2)
        let third = Self.reason(of: record, style, room)
        let fourth = Self.flow(Self.key(of: record, areas), style, room - bar.roomNeeded, lines: 3)
        lines = [first] + second + third + fourth
        height = lines.count * Self.lineHeight(style) + style.em(1.2)
    }

    private static func lineHeight(_ style: PictureStyle) -> Int { style.em(2.1) }

    private static func heading(of record: InspectionRecord, _ style: PictureStyle, _ room: Int) -> [Item] {
        let badge = Item(
            swatch: .badge(PictureStyle.badge(of: record.verdict)),
            text: record.verdict.title,
            color: .paper,
            style,
            room
        )
        let recipe = Item(swatch: .none, text: "recipe " + record.recipe.name, color: .quiet, style, room / 3)
        let rest = room - badge.width - recipe.width - 2 * gap(style)
        let file = Item(swatch: .none, text: record.capture.id, color: .paper, style, rest)
        return [badge, file, recipe]
    }

    private static func result(of record: InspectionRecord, _ unlabelled: Int) -> [(Swatch, String)] {
        let count = record.findings.count
        var parts: [(Swatch, String)] = []
        if count == 0 { parts.append((.none, "no findings")) }
        for verdict in [Verdict.reject, .rework, .cannotJudge, .accept] {
            let number = record.findings.count { $0.verdict == verdict }
            let word =
                verdict == .accept ? "acceptable" : verdict == .cannotJudge ? "not judged" : verdict.rawValue
            if number > 0 { parts.append((.ring(PictureStyle.color(of: verdict)), "\(number) \(word)")) }
        }
        if unlabelled > 0 { parts.append((.none, "\(unlabelled) without a label for lack of room")) }
        return parts
    }

    /// The first reason, on two lines if need be.
    private static func reason(of record: InspectionRecord, _ style: PictureStyle, _ room: Int) -> [[Item]] {
        guard let reason = record.reasons.first else { return [] }
        let more = record.reasons.count > 1 ? " (first of \(record.reasons.count) reasons)" : ""
        let lines = StrokeFont.wrapped(
            reason + more,
            into: Double(room),
            lines: 2,
            capHeight: style.capHeight
        )
        return lines.map { [Item(swatch: .none, text: $0, color: .paper, style, room)] }
    }

    private static func key(of record: InspectionRecord, _ areas: RunDescription.Areas) -> [(Swatch, String)]
    {
        var parts: [(Swatch, String)] = areas.zones.enumerated().map { index, zone in
            (.tint(PictureStyle.zone(index)), "zone " + zone.name)
        }
        let reasons = Set(record.excluded.map(\.reason))
        if !areas.ignore.isEmpty || reasons.contains(.ignored) { parts.append((.hatching, "ignored")) }
        let found = ExcludedArea.Reason.allCases.filter { $0 != .ignored && reasons.contains($0) }
        if !found.isEmpty {
            let words = found.map(\.words).joined(separator: ", ")
            parts.append((.dashes, "not judged: " + words))
        }
        let size = "\(record.capture.width) × \(record.capture.height) px"
        let scale = record.capture.mmPerPixel.map { ", \($0.short) mm/px" } ?? ", no scale"
        return parts + [(.none, size + scale)]
    }

    /// Items one after the other, on as many lines as they need and are allowed.
    private static func flow(
        _ parts: [(Swatch, String)],
        _ style: PictureStyle,
        _ room: Int,
        lines limit: Int
    ) -> [[Item]] {
        var lines: [[Item]] = [[]]
        var used = 0
        for (swatch, text) in parts {
            let item = Item(swatch: swatch, text: text, color: .paper, style, room)
            if used > 0, used + item.width > room {
                if lines.count == limit { break }
                lines.append([])
                used = 0
            }
            lines[lines.count - 1].append(item)
            used += item.width + gap(style)
        }
        return lines
    }

    /// Draws the strip.
    ///
    /// - Parameter top: the row at which it starts.
    func draw(on canvas: inout Canvas, top: Int) {
        canvas.fill(
            Rectangle(x: 0, y: top, width: width, height: style.em(0.25)),
            PictureStyle.badge(of: verdict)
        )
        var y = top + style.em(0.6)
        for line in lines {
            var x = style.em(1)
            for item in line {
                draw(item, x: x, y: y, on: &canvas)
                x += item.width + Self.gap(style)
            }
            y += Self.lineHeight(style)
        }
        bar.draw(on: &canvas, right: width - style.em(1), bottom: top + height - style.em(0.6))
    }

    private func draw(_ item: Item, x: Int, y: Int, on canvas: inout Canvas) {
        let side = style.em(1.1)
        let box = Rectangle(x: x, y: y + style.em(0.45), width: side, height: side)
        var pen = x
        switch item.swatch {
        case .none: break
        case .badge(let color):
            canvas.fill(Rectangle(x: x, y: y, width: item.width, height: style.em(1.9)), color)
            pen += style.em(0.6)
        case .ring(let color):
            canvas.frame(box, thickness: max(2, Int(style.line)), color)
            pen += side + style.em(0.5)
        case .tint(let color):
            canvas.fill(box, color, 180)
            pen += side + style.em(0.5)
        case .hatching:
            for row in box.rows {
                canvas.hatch(
                    row: row,
                    box.columns,
                    period: style.em(0.5),
                    thickness: style.em(0.2),
                    PictureStyle.notJudged,
                    220
                )
            }
            canvas.frame(box, thickness: 1, PictureStyle.notJudged)
            pen += side + style.em(0.5)
        case .dashes:
            canvas.frame(box, thickness: max(2, Int(style.line * 0.8)), PictureStyle.notJudged)
            let gap = side / 3
            canvas.fill(Rectangle(x: box.x + gap, y: box.y, width: gap, height: side), Self.background)
            canvas.fill(Rectangle(x: box.x, y: box.y + gap, width: side, height: gap), Self.background)
            pen += side + style.em(0.5)
        }
        canvas.write(
            item.text,
            x: Double(pen),
            y: y + style.em(0.45),
            capHeight: style.capHeight,
            item.color
        )
    }
}

/// A bar of a round length.
package struct ScaleBar {
    /// In pixels of the picture; 0 when nothing round fits.
    package let length: Int
    /// The length as a person reads it.
    package let text: String
    private let style: PictureStyle

    /// The longest of 1, 2 or 5 times a power of ten (of millimetres, or of pixels without a scale) that is no
    /// longer than a quarter of the picture.
    package init(mmPerPixel: Double?, pictureWidth: Int, style: PictureStyle) {
        self.style = style
        let room = Double(pictureWidth) / 4
        let scale = mmPerPixel ?? 1
        var round = 0.0
        for exponent in -6...6 {
            let power = (0..<abs(exponent)).reduce(1.0) { value, _ in exponent < 0 ? value / 10 : value * 10 }
            for step in [1.0, 2, 5] where step * power / scale <= room { round = max(round, step * power) }
        }
        length = Int((round / scale).rounded())
        text = round.short + (mmPerPixel == nil ? " px" : " mm")
    }

    /// The room at the right end of a line that the bar and its text take.
    var roomNeeded: Int { length < 8 ? 0 : length + textWidth + style.em(2.5) }

    private var textWidth: Int { Int(StrokeFont.width(of: text, capHeight: style.capHeight).rounded(.up)) }

    /// Draws the bar and its text left of `right` on the line that ends at `bottom`.
    func draw(on canvas: inout Canvas, right: Int, bottom: Int) {
        guard length >= 8 else { return }
        let thick = style.em(0.28)
        let tick = style.em(1.1)
        let y = bottom - style.em(1.1)
        let left = right - length
        canvas.fill(Rectangle(x: left, y: y - thick / 2, width: length, height: thick), .paper)
        for x in [left, right - thick] {
            canvas.fill(Rectangle(x: x, y: y - tick / 2, width: thick, height: tick), .paper)
        }
        canvas.write(
            text,
            x: Double(left - textWidth - style.em(0.7)),
            y: y - style.em(0.5),
            capHeight: style.capHeight,
            .paper
        )
    }
}
