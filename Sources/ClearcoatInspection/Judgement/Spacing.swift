import ClearcoatImage

/// The distance from each finding to the nearest other one, as far as it is below `limit`; nil where
/// no other is that near.
///
/// Measured between outlines, in the unit of `limit`; 0 where they touch.
///
/// - Complexity: only pairs whose boxes are near enough are measured, each in the product of their
///   outlines' corners.
func nearestDistances(
    _ findings: [Finding],
    below limit: Length,
    _ calibration: Calibration?
) -> [Double?] {
    let isMetric = limit.unit == .millimetres
    guard !isMetric || calibration != nil else { return findings.map { _ in nil } }
    let outlines = findings.map { finding in
        Outline(finding) { isMetric ? calibration?.millimetres($0) ?? $0 : $0 }
    }
    let order = outlines.indices.sorted { outlines[$0].left < outlines[$1].left }
    var nearest = [Double?](repeating: nil, count: findings.count)
    for (position, one) in order.enumerated() {
        for two in order[(position + 1)...] {
            // Sorted by left ends: from here on all are too far to the right.
            guard outlines[two].left - outlines[one].right < limit.value else { break }
            guard outlines[one].gap(to: outlines[two]) < limit.value else { continue }
            let distance = outlines[one].distance(to: outlines[two])
            guard distance < limit.value else { continue }
            nearest[one] = min(nearest[one] ?? distance, distance)
            nearest[two] = min(nearest[two] ?? distance, distance)
        }
    }
    return nearest
}

/// A finding's outline in the unit that distances are asked in.
private struct Outline {
    var corners: [Point]
    var left, right, top, bottom: Double

    /// Straight lines stay straight under every ``Calibration``, so corners are enough.
    init(_ finding: Finding, _ place: (Point) -> Point) {
        var corners = finding.contour.compactMap { pair in
            pair.count == 2 ? place(Point(x: pair[0], y: pair[1])) : nil
        }
        if corners.isEmpty { corners = [place(Point(x: finding.centroid.x, y: finding.centroid.y))] }
        self.corners = corners
        left = corners.map(\.x).min() ?? 0
        right = corners.map(\.x).max() ?? 0
        top = corners.map(\.y).min() ?? 0
        bottom = corners.map(\.y).max() ?? 0
    }

    /// The distance of the boxes: never more than that of the outlines.
    func gap(to other: Outline) -> Double {
        let dx = max(0, other.left - right, left - other.right)
        let dy = max(0, other.top - bottom, top - other.bottom)
        return (dx * dx + dy * dy).squareRoot()
    }

    /// The shortest way from one outline to the other. Regions never overlap, so outlines do not
    /// cross, and the shortest way starts or ends at a corner.
    func distance(to other: Outline) -> Double {
        min(cornerDistance(to: other), other.cornerDistance(to: self))
    }

    private func cornerDistance(to other: Outline) -> Double {
        var least = Double.infinity
        for index in other.corners.indices {
            let start = other.corners[index]
            let end = other.corners[index + 1 < other.corners.count ? index + 1 : 0]
            for corner in corners { least = min(least, corner.distance(toSegmentFrom: start, to: end)) }
        }
        return least
    }
}

extension Point {
    fileprivate func distance(toSegmentFrom start: Point, to end: Point) -> Double {
        let dx = end.x - start.x, dy = end.y - start.y
        let square = dx * dx + dy * dy
        guard square > 0 else { return distance(to: start) }
        let share = min(1, max(0, ((x - start.x) * dx + (y - start.y) * dy) / square))
        return distance(to: Point(x: start.x + share * dx, y: start.y + share * dy))
    }
}
