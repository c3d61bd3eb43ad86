package import ClearcoatImage

/// A closed outline with fewer corners: none of the points left out is further than `tolerance` from it.
///
/// - Complexity: O(*n* log *n*) typically, O(*n*²) at worst.
/// - Reference: D. H. Douglas, T. K. Peucker, "Algorithms for the reduction of the number of points
///   required to represent a digitized line or its caricature", Cartographica 10 (1973).
package func simplified(_ outline: [Point], tolerance: Double) -> [Point] {
    guard outline.count > 3 else { return outline }
    // A closed outline has no ends: cut it at the first point and at the one farthest from it.
    let first = outline[0]
    let far = outline.indices.max { first.distance(to: outline[$0]) < first.distance(to: outline[$1]) } ?? 0
    guard far > 0 else { return [first] }
    var keeps = [Bool](repeating: false, count: outline.count + 1)
    keeps[0] = true
    keeps[far] = true
    let closed = outline + [first]
    var pending = [(0, far), (far, outline.count)]
    while let (from, to) = pending.popLast() {
        var worst = (distance: tolerance, index: -1)
        for index in from + 1..<max(to, from + 1) {
            let distance = closed[index].distance(toSegmentFrom: closed[from], to: closed[to])
            if distance > worst.distance { worst = (distance, index) }
        }
        guard worst.index > 0 else { continue }
        keeps[worst.index] = true
        pending += [(from, worst.index), (worst.index, to)]
    }
    return outline.indices.filter { keeps[$0] }.map { outline[$0] }
}

extension Point {
    fileprivate func distance(toSegmentFrom start: Point, to end: Point) -> Double {
        let dx = end.x - start.x
        let dy = end.y - start.y
        let squared = dx * dx + dy * dy
        guard squared > 0 else { return distance(to: start) }
        let share = min(max(((x - start.x) * dx + (y - start.y) * dy) / squared, 0), 1)
        return distance(to: Point(x: start.x + share * dx, y: start.y + share * dy))
    }
}
