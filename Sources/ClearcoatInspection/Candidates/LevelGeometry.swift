package import ClearcoatImage
package import ClearcoatRegions

// Sample x of a level k of the pyramid lies on pixel x·2^k and stands for the 2^k pixels from half of
// them before it. The same holds between any two levels.

extension Rectangle {
    /// The places of level `target` that the places of level `level` in this box stand for.
    package func onLevel(_ target: Int, from level: Int) -> Rectangle {
        if target <= level {
            let step = 1 << (level - target)
            return Rectangle(
                x: x * step - step / 2,
                y: y * step - step / 2,
                width: width * step,
                height: height * step
            )
        }
        let shift = target - level
        let half = 1 << (shift - 1)
        func reduced(_ range: Range<Int>) -> Range<Int> {
            (range.lowerBound + half) >> shift..<((range.upperBound - 1 + half) >> shift) + 1
        }
        return Rectangle(columns: reduced(columns), rows: reduced(rows))
    }
}

extension Region {
    /// The places of the finer level `target` that the region's places of level `level` stand for, inside
    /// `bounds`; nil when none is.
    package func onLevel(_ target: Int, from level: Int, in bounds: Rectangle) -> Region? {
        if target == level { return clipped(to: bounds) }
        var result: [Run] = []
        var first = 0
        // Row by row, so that the runs of a finer level come in reading order.
        while first < runs.count {
            let next = runs[first...].firstIndex { $0.row != runs[first].row } ?? runs.count
            let boxes = runs[first..<next].map { $0.box.onLevel(target, from: level) }
            for row in boxes[0].rows.clamped(to: bounds.rows) {
                for box in boxes { result.append(Run(row: row, start: box.x, end: box.x + box.width)) }
            }
            first = next
        }
        return result.isEmpty ? nil : Region(runs: result).clipped(to: bounds)
    }
}
