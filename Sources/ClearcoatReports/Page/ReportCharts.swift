/// The drawings of the report, as SVG in the page.
enum ReportCharts {
    /// One bar cut into shares; parts of nothing are left out.
    static func shares(_ parts: [(name: String, count: Int)], label: String) -> HTML {
        let total = parts.map(\.count).reduce(0, +)
        if total == 0 { return "" }
        var start = 0.0
        let bars = parts.map { part -> HTML in
            let width = 1000 * Double(part.count) / Double(total)
            defer { start += width }
            let (x, wide) = (coordinate(start), coordinate(width))
            return "<rect class=\"\(part.name)\" x=\"\(x)\" y=\"0\" width=\"\(wide)\" height=\"10\"/>"
        }
        return """
            <svg class="share" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="\(label)">\(bars.joined())</svg>
            """
    }

    /// Counts in falling order with the share that they and all before make together.
    static func pareto(_ counts: [(name: String, count: Int)]) -> HTML {
        let bars = counts.sorted { ($1.count, $0.name) < ($0.count, $1.name) }.prefix(12)
        let total = counts.map(\.count).reduce(0, +)
        guard let most = bars.first?.count, total > 0 else { return "<p class=\"note\">No findings.</p>" }
        let (left, right, row) = (118.0, 430.0, 26.0)
        var running = 0
        var points: [String] = []
        let rows = bars.enumerated().map { index, bar -> HTML in
            running += bar.count
            let y = Double(index) * row + 6
            let width = (right - left) * Double(bar.count) / Double(most)
            let share = Double(running) / Double(total)
            points.append("\(coordinate(left + (right - left) * share)),\(coordinate(y + 8))")
            return """
                <text x="\(coordinate(left - 8))" y="\(coordinate(y + 13))" text-anchor="end">\(bar.name)</text>\
                <rect class="bar" x="\(coordinate(left))" y="\(coordinate(y))" width="\(coordinate(width))" height="16" rx="2"/>\
                <text x="\(coordinate(right + 12))" y="\(coordinate(y + 13))">\(bar.count)\
                <tspan class="faint"> · \((share * 100).short) %</tspan></text>
                """
        }
        let dots = points.map { point -> HTML in
            let parts = point.split(separator: ",").map(String.init)
            return "<circle class=\"dot\" cx=\"\(parts[0])\" cy=\"\(parts[1])\" r=\"3\"/>"
        }
        let height = coordinate(Double(bars.count) * row + 4)
        return """
            <svg class="chart" viewBox="0 0 540 \(height)" role="img" aria-label="Findings by class in falling order">
            \(rows.joined())<polyline class="curve" points="\(points.joined(separator: " "))"/>\(dots.joined())
            </svg>
            <p class="note">Bars: findings of a class. Line: the share of all findings that they and the classes above make together.</p>
            """
    }

    /// Sizes by magnitude, two classes an octave.
    static func histogram(_ statistics: SizeStatistics, unit: String) -> HTML {
        // A few sizes far out would squeeze the rest: show at most the 24 classes around the median.
        let bars = shown(statistics)
        let most = max(1, bars.map(\.count).max() ?? 1)
        let (left, top, bottom, wide) = (36.0, 16.0, 170.0, 490.0)
        let width = wide / Double(max(bars.count, 6))
        let columns = bars.enumerated().map { index, bar -> HTML in
            let height = (bottom - top) * Double(bar.count) / Double(most)
            let x = left + Double(index) * width
            let y = coordinate(bottom - height)
            let label: HTML =
                bar.count == 0
                ? ""
                : "<text x=\"\(coordinate(x + width / 2))\" y=\"\(coordinate(bottom - height - 4))\" text-anchor=\"middle\">\(bar.count)</text>"
            let edge: HTML =
                index % (bars.count > 12 ? 2 : 1) == 0
                ? "<text class=\"faint\" x=\"\(coordinate(x))\" y=\"188\" text-anchor=\"middle\">\(bar.from.short)</text>"
                : ""
            return """
                <rect class="bar" x="\(coordinate(x + 1))" y="\(y)" width="\(coordinate(width - 2))" height="\(coordinate(height))">\
                <title>\(bar.from.short) to \(bar.to.short) \(unit): \(bar.count)</title></rect>\(label)\(edge)
                """
        }
        return """
            <svg class="chart" viewBox="0 0 540 208" role="img" aria-label="Findings by size in \(unit)">
            <line class="axis" x1="\(coordinate(left))" y1="\(coordinate(bottom))" x2="\(coordinate(left + wide))" y2="\(coordinate(bottom))"/>
            \(columns.joined())<text class="faint" x="\(coordinate(left + wide))" y="205" text-anchor="end">size in \(unit), two classes an octave</text>
            </svg>
            <p class="note">Median \(statistics.median.short) \(unit), 95 % up to \(statistics.percentile95.short) \(unit), \
            smallest \(statistics.minimum.short) \(unit), largest \(statistics.maximum.short) \(unit).</p>
            """
    }

    private static func shown(_ statistics: SizeStatistics) -> [SizeHistogram.Bar] {
        let bars = statistics.histogram
        let most = 24
        if bars.count <= most { return bars }
        let middle = bars.firstIndex { $0.to > statistics.median } ?? 0
        let first = min(max(0, middle - most / 2), bars.count - most)
        return Array(bars[first..<first + most])
    }

    /// A coordinate to a tenth.
    private static func coordinate(_ value: Double) -> String {
        JSONWriter.text(of: (value * 10).rounded() / 10) ?? "0"
    }
}
