package import ClearcoatImage
package import ClearcoatInspection
package import ClearcoatRegions

/// Something that the inspection pointed at: a finding, or a candidate that only missed the threshold.
package struct Mark: Sendable {
    /// Its pixels, as far as the record says.
    package let region: Region
    package let centroid: Point
    /// Its strongest response in units of the threshold that it met (1 and above) or missed.
    package let score: Double
    /// Nil for a candidate that missed the threshold.
    package let finding: Finding?

    package init(region: Region, centroid: Point, score: Double, finding: Finding?) {
        self.region = region
        self.centroid = centroid
        self.score = score
        self.finding = finding
    }
}

extension Mark {
    /// A finding by its outline; nil outside the picture.
    package init?(_ finding: Finding, in bounds: Rectangle) {
        guard let region = Region(outline: finding.contour, box: finding.boundingBox, in: bounds) else {
            return nil
        }
        self.init(
            region: region,
            centroid: Point(x: finding.centroid.x, y: finding.centroid.y),
            score: max(1, finding.explanation.detection.score),
            finding: finding
        )
    }

    /// A candidate that missed the threshold, by its box; nil for one that was dropped for another reason, and for
    /// lines, whose boxes hold much that is not theirs.
    package init?(_ candidate: DroppedCandidate, in bounds: Rectangle) {
        guard candidate.reason == .belowThreshold, candidate.detection.detector != "ridge",
            let region = Region(outline: [], box: candidate.boundingBox, in: bounds)
        else { return nil }
        let box = candidate.boundingBox
        self.init(
            region: region,
            centroid: Point(
                x: Double(box.x) + Double(box.width - 1) / 2,
                y: Double(box.y) + Double(box.height - 1) / 2
            ),
            score: min(candidate.detection.score, 1.0.nextDown),
            finding: nil
        )
    }

    /// All marks of a record.
    package static func all(of record: InspectionRecord) -> [Mark] {
        let bounds = Rectangle(x: 0, y: 0, width: record.capture.width, height: record.capture.height)
        return record.findings.compactMap { Mark($0, in: bounds) }
            + record.candidatesDropped.compactMap { Mark($0, in: bounds) }
    }
}

extension Explanation.Detection {
    /// The response in units of the threshold.
    var score: Double { threshold > 0 ? abs(response) / threshold : 0 }
}

extension Region {
    /// The pixels on and inside an outline whose corners are pixel centres; those of the box when there is
    /// no outline; nil when none is inside the picture.
    package init?(outline: [[Double]], box: Rectangle, in bounds: Rectangle) {
        let corners = outline.filter { $0.count == 2 && $0.allSatisfy { abs($0) < 1e6 } }
            .map { Point(x: $0[0], y: $0[1]) }
        let box = box.intersection(bounds)
        guard !corners.isEmpty else {
            if box.isEmpty { return nil }
            self.init(runs: box.rows.map { Run(row: $0, start: box.x, end: box.x + box.width) })
            return
        }
        let polygon = Polygon(corners: corners)
        var runs = bounds.rows.clamped(to: corners.rows).flatMap { y in
            polygon.spans(inRow: y, width: bounds.width).map {
                Run(row: y, start: $0.lowerBound, end: $0.upperBound)
            }
        }
        // Where the outline runs to and fro along a line there is no inside, but the line itself.
        for index in corners.indices {
            let (start, end) = (corners[index], corners[index + 1 < corners.count ? index + 1 : 0])
            let steps = max(1, Int(max(abs(end.x - start.x), abs(end.y - start.y)).rounded(.up)))
            for step in 0...steps {
                let share = Double(step) / Double(steps)
                let x = Int((start.x + share * (end.x - start.x)).rounded())
                let y = Int((start.y + share * (end.y - start.y)).rounded())
                if bounds.contains(x: x, y: y) { runs.append(Run(row: y, start: x, end: x + 1)) }
            }
        }
        if runs.isEmpty { return nil }
        self.init(runs: runs)
    }
}

extension [Point] {
    /// The rows that a polygon with these corners can reach.
    fileprivate var rows: Range<Int> {
        let top = Int((map(\.y).min() ?? 0).rounded(.down))
        return top..<Swift.max(top, Int((map(\.y).max() ?? 0).rounded(.up)) + 1)
    }
}
