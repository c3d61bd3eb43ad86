import ClearcoatInspection

extension BlockStatistics {
    /// By their definition.
    init(of plane: BandedPlane) {
        let size = Self.blockSize
        let columns = (plane.width + size - 1) / size
        let rows = (plane.height + size - 1) / size
        let blocks = (0..<columns * rows).map { index in
            let (top, left) = (index / columns * size, index % columns * size)
            return (top..<min(top + size, plane.height)).flatMap { y in
                (left..<min(left + size, plane.width)).map { plane[$0, y] }
            }
        }
        self.init(
            columns: columns,
            rows: rows,
            meanMagnitude: blocks.map { block in
                Float(block.reduce(0) { $0 + min(abs(Int($1)), 2047) }) / Float(block.count)
            },
            highest: blocks.map { $0.max() ?? 0 },
            lowest: blocks.map { $0.min() ?? 0 }
        )
    }
}
