import ClearcoatImage

/// The convex hull of a region's pixels, in whole half-pixels, so that nothing is rounded and the hull does
/// not depend on where in the picture the region lies.
///
/// Points that are sorted by rows need no sorting, and only the two ends of a row can be corners. So the
/// region is first reduced to the leftmost and rightmost point on every half row.
struct RowHull {
    /// A place in half pixels: (2x, 2y).
    private struct Corner {
        var x: Int
        var y: Int

        /// Twice the area of the triangle, positive when its corners go clockwise to the eye.
        static func cross(_ a: Corner, _ b: Corner, _ c: Corner) -> Int {
            (b.x &- a.x) &* (c.y &- a.y) &- (b.y &- a.y) &* (c.x &- a.x)
        }
    }

    /// From the top down, with the ends of the top and bottom half row, if they differ from the left ones.
    private let rightSide: [Corner]
    /// From the top down.
    private let leftSide: [Corner]
    private let rows: Range<Int>

    init(of region: Region, extent: PixelExtent) {
        rows = region.boundingBox.rows
        let top = 2 * rows.lowerBound - 1
        // One for every half row from the upper sides of the first row to the lower ones of the last.
        var lefts = [Int](repeating: .max, count: 2 * rows.count + 1)
        var rights = [Int](repeating: .min, count: 2 * rows.count + 1)
        func hold(_ left: Int, _ right: Int, _ level: Int) {
            lefts[level] = min(lefts[level], left)
            rights[level] = max(rights[level], right)
        }
        for run in region.runs {
            let (left, right) = (2 * run.start, 2 * (run.end - 1))
            let level = 2 * run.row - top
            switch extent {
            case .centers:
                hold(left, right, level)
            case .sideMiddles:
                hold(left, right, level - 1)
                hold(left - 1, right + 1, level)
                hold(left, right, level + 1)
            case .corners:
                hold(left - 1, right + 1, level - 1)
                hold(left - 1, right + 1, level + 1)
            }
        }
        leftSide = Self.side(through: lefts, from: top, turning: -1)
        rightSide = Self.side(through: rights, from: top, turning: 1)
    }

    /// The corners of one side, from the top down: those of `ends` that turn clockwise to the eye
    /// (`turning` 1, the right side) or anticlockwise (−1).
    private static func side(through ends: [Int], from top: Int, turning: Int) -> [Corner] {
        var corners: [Corner] = []
        for (level, x) in ends.enumerated() where x != .max && x != .min {
            let point = Corner(x: x, y: top + level)
            while corners.count > 1,
                Corner.cross(corners[corners.count - 2], corners[corners.count - 1], point) * turning <= 0
            {
                corners.removeLast()
            }
            corners.append(point)
        }
        return corners
    }

    /// The corners clockwise to the eye from the topmost leftmost one, in pixels.
    var corners: [Point] {
        var around: [Corner] = []
        for corner in leftSide.prefix(1) + rightSide + leftSide.dropFirst().reversed() {
            // At the top and at the bottom the two sides may meet in one point.
            if let last = around.last, last.x == corner.x, last.y == corner.y { continue }
            around.append(corner)
        }
        return around.map { Point(x: Double($0.x) / 2, y: Double($0.y) / 2) }
    }

    /// Every pixel whose centre lies in the hull or on its border. Of ``PixelExtent/sideMiddles`` or
    /// ``PixelExtent/corners``, whose hulls are at least a pixel wide on every row.
    var pixels: Region {
        let firsts = crossings(of: leftSide, rounded: ceilingQuotient)
        let lasts = crossings(of: rightSide, rounded: floorQuotient)
        return Region(
            normalizedRuns: zip(rows, zip(firsts, lasts)).map { Run(row: $0, start: $1.0, end: $1.1 + 1) }
        )
    }

    /// Where a side crosses the middle of each row, in pixels.
    private func crossings(of side: [Corner], rounded: (Int, Int) -> Int) -> [Int] {
        var lower = 1
        return rows.map { row in
            let y = 2 * row
            while side[lower].y < y { lower += 1 }
            let (above, below) = (side[lower - 1], side[lower])
            let height = below.y - above.y
            return rounded(above.x * height + (below.x - above.x) * (y - above.y), 2 * height)
        }
    }
}

/// The quotient rounded down, for a positive divisor.
private func floorQuotient(_ dividend: Int, _ divisor: Int) -> Int {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}

/// The quotient rounded up, for a positive divisor.
private func ceilingQuotient(_ dividend: Int, _ divisor: Int) -> Int { -floorQuotient(-dividend, divisor) }
