package import ClearcoatImage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Finds room for labels: inside the picture, on no defect and on no other label.
///
/// The picture is divided into cells of a few pixels; a cell that a defect or a label touches is taken.
/// For each label the places around its defect are tried in a fixed order, near ones first, so the same
/// findings always get the same places.
package struct LabelPlacer {
    private let bounds: Rectangle
    private let cell: Int
    private let columns: Int
    private var defects: [Bool]
    /// Labels and their leaders.
    private var labels: [Bool]

    /// An empty picture.
    ///
    /// - Parameter cell: in pixels; finer finds more room and takes longer.
    package init(bounds: Rectangle, cell: Int) {
        self.bounds = bounds
        self.cell = max(1, cell)
        columns = bounds.width / self.cell + 1
        defects = Array(repeating: false, count: columns * (bounds.height / self.cell + 1))
        labels = defects
    }

    /// Takes a region out: what its contour holds and `margin` pixels around.
    package mutating func block(_ contour: [Point], margin: Double) {
        PolygonSpans.forEach(of: contour, width: bounds.width, rows: bounds.rows) { y, range in
            let start = y / cell * columns
            for index in start + range.lowerBound / cell...start + (range.upperBound - 1) / cell {
                defects[index] = true
            }
        }
        for (a, b) in zip(contour, contour.dropFirst() + contour.prefix(1)) {
            let edge = Segment(a, b)
            guard a.isDrawable, b.isDrawable else { continue }
            let steps = max(1, Int((edge.length / Double(cell)).rounded(.up)))
            for step in 0..<steps {
                let point = edge.point(at: Double(step) / Double(steps))
                block(
                    Rectangle(
                        columns: Int((point.x - margin).rounded(.down))..<Int((point.x + margin).rounded(.up))
                            + 1,
                        rows: Int((point.y - margin).rounded(.down))..<Int((point.y + margin).rounded(.up))
                            + 1
                    )
                )
            }
        }
    }

    private mutating func block(_ box: Rectangle) {
        for row in cellRows(of: box) { for index in row { defects[index] = true } }
    }

    private mutating func take(_ box: Rectangle) {
        for row in cellRows(of: box) { for index in row { labels[index] = true } }
    }

    /// Room for a label, and the shortest way from its region's contour to it.
    package struct Place {
        /// The label's box.
        package var box: Rectangle
        /// From the contour to the box.
        package var leader: Segment
    }

    /// Finds and takes room for a label of a size beside a region, and for its leader; nil when there is none.
    ///
    /// - Parameters:
    ///   - distance: the least distance from the region's box or contour, in pixels.
    ///   - clear: how much of the leader's way belongs to the region itself, in pixels.
    package mutating func place(
        width: Int,
        height: Int,
        beside contour: [Point],
        distance: Double,
        clear: Double
    ) -> Place? {
        let outline = Self.closed(contour)
        for box in Self.places(width: width, height: height, beside: contour, distance: distance)
        where isFree(box) {
            guard let leader = Self.leader(from: outline, to: box) else { return nil }
            let way = cells(along: leader, from: 0)
            // The region's own cells reach a cell farther than the region.
            let beyond = cells(along: leader, from: clear + 2 * Double(cell))
            if way.contains(where: { labels[$0] }) || beyond.contains(where: { defects[$0] }) { continue }
            for index in way { labels[index] = true }
            take(box)
            return Place(box: box, leader: leader)
        }
        return nil
    }

    /// Points along a contour, near enough to one another for the shortest way from it to be found.
    private static func closed(_ contour: [Point]) -> [Point] {
        let contour = contour.filter(\.isDrawable)
        let sides = zip(contour, contour.dropFirst() + contour.prefix(1)).map { Segment($0, $1) }
        let step = max(6, sides.map(\.length).reduce(0, +) / 300)
        return sides.flatMap { side in
            let count = max(1, Int(side.length / step))
            return (0..<count).map { side.point(at: Double($0) / Double(count)) }
        }
    }

    private static func leader(from outline: [Point], to box: Rectangle) -> Segment? {
        let columns = (Double(box.x), Double(box.x + box.width - 1))
        let rows = (Double(box.y), Double(box.y + box.height - 1))
        let ways = outline.map { point in
            let x = min(max(point.x, columns.0), columns.1)
            return Segment(point, Point(x: x, y: min(max(point.y, rows.0), rows.1)))
        }
        return ways.min { $0.length < $1.length }
    }

    private func cells(along leader: Segment, from start: Double) -> [Int] {
        let length = leader.length
        return stride(from: start, to: length, by: 0.25).compactMap { way in
            let point = leader.point(at: way / length)
            let (x, y) = (Int(point.x.rounded()), Int(point.y.rounded()))
            return bounds.contains(x: x, y: y) ? y / cell * columns + x / cell : nil
        }
    }

    /// Finds and takes room for a label of a size inside an area, near its top-left corner; nil when there
    /// is none.
    ///
    /// - Parameter fits: whether a place inside the area's box is inside the area.
    package mutating func place(
        width: Int,
        height: Int,
        inside area: Rectangle,
        where fits: (Rectangle) -> Bool = { _ in true }
    ) -> Rectangle? {
        let area = area.intersection(bounds)
        let step = max(1, height / 2)
        for y in stride(from: area.y + step, to: area.y + area.height - height, by: step).prefix(60) {
            for x in stride(from: area.x + step, to: area.x + area.width - width, by: 2 * step).prefix(60) {
                let place = Rectangle(x: x, y: y, width: width, height: height)
                if isFree(place), fits(place) {
                    take(place)
                    return place
                }
            }
        }
        return nil
    }

    private func isFree(_ box: Rectangle) -> Bool {
        guard box.intersection(bounds) == box else { return false }
        for row in box.y / cell...(box.y + box.height - 1) / cell {
            for column in box.x / cell...(box.x + box.width - 1) / cell where !isFree(row * columns + column)
            {
                return false
            }
        }
        return true
    }

    private func isFree(_ cell: Int) -> Bool { !defects[cell] && !labels[cell] }

    /// The cells that a box touches, a range for each row of cells.
    private func cellRows(of box: Rectangle) -> [ClosedRange<Int>] {
        let box = box.intersection(bounds)
        if box.isEmpty { return [] }
        return (box.y / cell...(box.y + box.height - 1) / cell).map { row in
            row * columns + box.x / cell...row * columns + (box.x + box.width - 1) / cell
        }
    }

    /// Directions in the order they are tried: right first, as one reads.
    private static let directions = [
        -30.0, 0, 30, -150, 180, 150, -90, 90, -60, 60, -120, 120, -15, 15, -165, 165, -45, 45, -135, 135,
        -75, 75,
        -105, 105,
    ].map { $0 * .pi / 180 }

    /// Places around the whole region, then around places on its contour, for one that is long or fills
    /// the picture.
    private static func places(width: Int, height: Int, beside contour: [Point], distance: Double)
        -> [Rectangle]
    {
        let contour = contour.filter(\.isDrawable)
        guard let left = contour.map(\.x).min(), let right = contour.map(\.x).max(),
            let top = contour.map(\.y).min(), let bottom = contour.map(\.y).max()
        else { return [] }
        let box = (x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top)
        let points = stride(from: 0, to: contour.count, by: max(1, contour.count / 12)).map { index in
            (x: contour[index].x, y: contour[index].y, width: 0.0, height: 0.0)
        }
        var places: [Rectangle] = []
        func add(_ anchor: (x: Double, y: Double, width: Double, height: Double), _ away: Double) {
            for direction in directions {
                let reachX = (anchor.width + Double(width)) / 2 + away
                let reachY = (anchor.height + Double(height)) / 2 + away
                // On the outline of the box in which the label's centre may not be.
                let longest = max(abs(cos(direction)), abs(sin(direction)))
                let x = anchor.x + cos(direction) / longest * reachX - Double(width) / 2
                let y = anchor.y + sin(direction) / longest * reachY - Double(height) / 2
                places.append(
                    Rectangle(x: Int(x.rounded()), y: Int(y.rounded()), width: width, height: height)
                )
            }
        }
        for away in [1.0, 2, 4, 7] { add(box, distance * away) }
        for away in [1.0, 2, 4, 7] { for point in points { add(point, distance * away) } }
        for away in [9.0, 11, 14, 17, 21, 26, 32, 40, 50] { add(box, distance * away) }
        for away in [11.0, 17, 26, 40] { for point in points { add(point, distance * away) } }
        return places
    }
}
