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
        let runs = runs.flatMap { run in
            let box = run.box.onLevel(target, from: level)
            return box.rows.map { Run(row: $0, start: box.columns.lowerBound, end: box.columns.upperBound) }
        }
        return Region(runs: runs).clipped(to: bounds)
    }
}
