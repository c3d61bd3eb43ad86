import ClearcoatImage
package import ClearcoatRegions

/// When something that was pointed at is the defect that is there.
///
/// A mark hits a defect when all of these hold:
/// 1. the defect, widened by ``tolerancePx``, and the mark share a pixel;
/// 2. the middle of one lies in the box of the other, widened by as much;
/// 3. the mark's box is at most ``greatestRatio`` times as long as the defect's, plus ``allowancePx``, so that
///    nothing is hit by pointing at everything.
///
/// A defect is found when any finding hits it; a finding that hits none is a false alarm. Several findings on
/// one defect are none, and one finding may hit several defects that touch.
package struct MatchingRule: Sendable, Hashable, Codable {
    package var tolerancePx = 2
    package var greatestRatio = 3.0
    package var allowancePx = 10.0

    package init() {}

    /// The rule for whoever reads the results.
    package var text: String {
        """
        A finding hits a defect when the defect, widened by \(tolerancePx) px, and the finding share a pixel, the \
        middle of one lies in the box of the other, and the finding is at most \(Int(greatestRatio)) times as long \
        plus \(Int(allowancePx)) px. A finding that hits no defect is a false alarm.
        """
    }

    /// Whether a mark hits a defect.
    ///
    /// - Parameter widened: the defect's pixels, widened by ``tolerancePx``.
    package func hits(_ mark: Mark, _ defect: Region, widened: Region) -> Bool {
        let markBox = mark.region.boundingBox
        let box = defect.boundingBox
        guard !markBox.intersection(widened.boundingBox).isEmpty,
            Double(markBox.longestSide) <= greatestRatio * Double(box.longestSide) + allowancePx
        else { return false }
        let middle = defect.middle
        guard
            widened.boundingBox.contains(mark.centroid) || markBox.expanded(by: tolerancePx).contains(middle)
        else { return false }
        return mark.region.sharesPixel(with: widened)
    }
}

extension Rectangle {
    fileprivate var longestSide: Int { max(width, height) }

    fileprivate func contains(_ point: Point) -> Bool {
        contains(x: Int(point.x.rounded()), y: Int(point.y.rounded()))
    }
}

extension Region {
    /// The mean of the pixel centres.
    var middle: Point {
        let centroid = Moments(of: self).centroid
        return Point(x: centroid.x, y: centroid.y)
    }

    /// How many pixels are in both.
    func sharedPixelCount(with other: Region) -> Int {
        var count = 0
        var index = 0
        for run in runs {
            while index < other.runs.count,
                (other.runs[index].row, other.runs[index].end) <= (run.row, run.start)
            { index += 1 }
            var next = index
            while next < other.runs.count, other.runs[next].row == run.row, other.runs[next].start < run.end {
                count += min(run.end, other.runs[next].end) - max(run.start, other.runs[next].start)
                next += 1
            }
        }
        return count
    }

    func sharesPixel(with other: Region) -> Bool { sharedPixelCount(with: other) > 0 }
}
