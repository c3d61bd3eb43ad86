public import ClearcoatImage
public import ClearcoatInspection

/// Where the known defects of a picture are: a number at each of their pixels, and what each number is.
public struct TruthLabels: Sendable, Hashable {
    /// For each pixel the number of the defect that covers it, or 0.
    public let labels: Image<UInt8>
    /// What each number is.
    public let classes: [UInt8: DefectClass]

    /// Labels with what they are.
    public init(_ labels: Image<UInt8>, classes: [UInt8: DefectClass]) {
        self.labels = labels
        self.classes = classes
    }

    /// How far from its outline a finding still covers a known defect, in pixels: no border is exact.
    static let reach = 2

    /// The known defect that a finding lies on: the one with the most pixels within the finding's outline or at
    /// most two pixels from it, of several the one with the lowest number; nil when there is none.
    ///
    /// - Complexity: O(pixels of the bounding box).
    public func label(under finding: Finding) -> UInt8? {
        var counts: [UInt8: Int] = [:]
        let near = NearOutline(finding, reach: Self.reach, in: labels.bounds)
        for y in near.box.rows {
            let row = y * labels.width
            for x in near.box.columns where labels.samples[row + x] != 0 && near.contains(x: x, y: y) {
                let label = labels.samples[row + x]
                if classes[label] != nil { counts[label, default: 0] += 1 }
            }
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}

/// The pixels within a finding's outline and near it.
private struct NearOutline {
    let box: Rectangle
    private var isNear: [Bool]

    init(_ finding: Finding, reach: Int, in bounds: Rectangle) {
        box = finding.boundingBox.expanded(by: reach).intersection(bounds)
        isNear = Array(repeating: false, count: box.pixelCount)
        var corners = finding.contour.compactMap { $0.count == 2 ? Point(x: $0[0], y: $0[1]) : nil }
        if corners.isEmpty { corners = [Point(x: finding.centroid.x, y: finding.centroid.y)] }
        let polygon = Polygon(corners: corners)
        for y in box.rows {
            for columns in polygon.spans(inRow: y, width: bounds.width) {
                for x in columns.clamped(to: box.columns) {
                    isNear[(y - box.y) * box.width + x - box.x] = true
                }
            }
        }
        for index in corners.indices {
            mark(from: corners[index], to: corners[index + 1 < corners.count ? index + 1 : 0], reach: reach)
        }
    }

    func contains(x: Int, y: Int) -> Bool { isNear[(y - box.y) * box.width + x - box.x] }

    /// Marks the squares around points of a line, a pixel apart.
    private mutating func mark(from start: Point, to end: Point, reach: Int) {
        // Outside the box nothing is marked, so a line of any length takes no longer than one across the box.
        let steps = min(max(abs(end.x - start.x), abs(end.y - start.y)).rounded(.up), 1e6)
        guard steps.isFinite else { return }
        for step in 0...Int(steps) {
            let share = steps == 0 ? 0 : Double(step) / steps
            let x = start.x + share * (end.x - start.x), y = start.y + share * (end.y - start.y)
            guard abs(x) < 1e9, abs(y) < 1e9 else { continue }
            let square = Rectangle(x: Int(x.rounded()), y: Int(y.rounded()), width: 1, height: 1)
                .expanded(by: reach).intersection(box)
            for row in square.rows {
                for column in square.columns { isNear[(row - box.y) * box.width + column - box.x] = true }
            }
        }
    }
}
