import ClearcoatReports

#if canImport(Glibc)
    import Glibc
#endif

/// A drawing of curves over two axes, as SVG in the page. The vertical axis is a share, 0 to 1.
struct Plot {
    /// How places go to the right.
    enum Scale {
        /// Equal steps are equal differences.
        case linear
        /// Equal steps are equal ratios.
        case logarithmic
    }

    private let width = 540.0
    private let height = 300.0
    private let left = 46.0
    private let right = 524.0
    private let top = 14.0
    private let bottom = 246.0

    let title: String
    let xTitle: String
    let scale: Scale
    let range: ClosedRange<Double>
    private var marks: [HTML] = []

    /// - Parameter range: of the horizontal axis; positive on a logarithmic one.
    init(title: String, xTitle: String, range: ClosedRange<Double>, scale: Scale) {
        self.title = title
        self.xTitle = xTitle
        self.scale = scale
        self.range = range
    }

    /// A curve through places, as far as they lie on the axis.
    mutating func curve(_ places: [(x: Double, y: Double)], isDashed: Bool = false) {
        let inside = places.filter { range.contains($0.x) && $0.y.isFinite }
        let points = inside.map { "\(coordinate(x($0.x))),\(coordinate(y($0.y)))" }.joined(separator: " ")
        let dash: HTML = HTML.when(isDashed, " stroke-dasharray=\"5 4\"")
        marks.append("<polyline class=\"curve\" points=\"\(points)\"\(dash)/>")
    }

    /// A dot, with an interval up and down when there is one, and what a pointer shows of it.
    mutating func dot(_ place: (x: Double, y: Double), interval: Interval? = nil, says text: String) {
        guard range.contains(place.x) else { return }
        let at = coordinate(x(place.x))
        let line: HTML =
            interval.map { interval -> HTML in
                """
                <line class="axis" x1="\(at)" y1="\(coordinate(y(interval.lower)))" x2="\(at)" y2="\(coordinate(y(interval.upper)))"/>
                """
            } ?? ""
        marks.append(
            "\(line)<circle class=\"dot\" cx=\"\(at)\" cy=\"\(coordinate(y(place.y)))\" r=\"3\"><title>\(text)</title></circle>"
        )
    }

    /// A line straight up with its name beside it, on a row of its own so that names do not meet.
    mutating func marker(at value: Double, named name: String, row: Int) {
        guard range.contains(value) else { return }
        let at = coordinate(x(value))
        let isRight = x(value) > (left + right) / 2
        marks.append(
            """
            <line class="axis" x1="\(at)" y1="\(coordinate(top))" x2="\(at)" y2="\(coordinate(bottom))" stroke-dasharray="2 3"/>\
            <text x="\(coordinate(x(value) + (isRight ? -5 : 5)))" y="\(coordinate(bottom - 8 - 16 * Double(row)))" \
            text-anchor="\(isRight ? "end" : "start")">\(name)</text>
            """
        )
    }

    /// The drawing.
    var svg: HTML {
        let shares = [0, 0.25, 0.5, 0.75, 1].map { share -> HTML in
            """
            <line class="axis" x1="\(coordinate(left))" y1="\(coordinate(y(share)))" x2="\(coordinate(right))" y2="\(coordinate(y(share)))"/>\
            <text class="faint" x="\(coordinate(left - 6))" y="\(coordinate(y(share) + 4))" text-anchor="end">\((100 * share).short) %</text>
            """
        }
        let ticks = self.ticks.map { tick -> HTML in
            """
            <text class="faint" x="\(coordinate(x(tick)))" y="\(coordinate(bottom + 18))" text-anchor="middle">\(tick.short)</text>
            """
        }
        return """
            <svg class="chart" viewBox="0 0 \(coordinate(width)) \(coordinate(height - 12))" role="img" aria-label="\(title)">
            \(shares.joined())\(ticks.joined())\(marks.joined())
            <text class="faint" x="\(coordinate(right))" y="\(coordinate(bottom + 36))" text-anchor="end">\(xTitle)</text>
            </svg>
            """
    }

    /// Round numbers on the axis, few enough to stand apart.
    private var ticks: [Double] {
        switch scale {
        case .linear:
            return (0...4).map { range.lowerBound + Double($0) / 4 * (range.upperBound - range.lowerBound) }
        case .logarithmic:
            let isWide = range.upperBound / range.lowerBound > 300
            var values: [Double] = []
            var decade = 1e-6
            while decade < 1e7 {
                values += (isWide ? [1] : [1, 2, 5]).map { $0 * decade }
                decade *= 10
            }
            return values.filter { $0 >= range.lowerBound * 0.999 && $0 <= range.upperBound * 1.001 }
        }
    }

    private func x(_ value: Double) -> Double {
        let share =
            switch scale {
            case .linear: (value - range.lowerBound) / (range.upperBound - range.lowerBound)
            case .logarithmic: log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
            }
        return left + (right - left) * share
    }

    private func y(_ share: Double) -> Double { bottom - (bottom - top) * min(max(share, 0), 1) }

    /// To a tenth.
    private func coordinate(_ value: Double) -> String {
        JSONWriter.text(of: (value * 10).rounded() / 10) ?? "0"
    }
}
