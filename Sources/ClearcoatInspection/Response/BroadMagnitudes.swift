extension Pyramid {
    /// The mean magnitude of the even response of level `k` (``response(_:bandHeight:with:)``) in each block of
    /// ``BlockStatistics``, on level 0 from every second row: the band's shortest waves are seven pixels long.
    ///
    /// - Parameter surround: what is around the level's samples at two levels' distance.
    package func broadMagnitudes(of k: Int, around surround: BandedPlane, with scheduler: some BandScheduler)
        async throws
        -> [Float]
    {
        let plane = levels[k]
        let (width, height) = size(ofLevel: k)
        let block = BlockStatistics.blockSize
        let step = k == 0 ? 2 : 1
        return try await scheduler.map((height + block - 1) / block) { blockRow in
            var column = [Int16](repeating: 0, count: plane.width)
            var row = column
            var coarseRow = [Int16](repeating: 0, count: surround.width)
            var background = column
            var sums = [Int32](repeating: 0, count: (width + block - 1) / block)
            let rows = stride(from: blockRow * block, to: min((blockRow + 1) * block, height), by: step)
            var count = 0
            for y in rows {
                count += 1
                var rowSpan = row.mutableSpan
                binomialRow(of: plane, y, scratch: &column, into: &rowSpan, at: 0)
                expandedRow(of: surround, y, scratch: &coarseRow, into: &background)
                takeMagnitudes(ofDifferencesFrom: background.span, in: &row)
                addByBlocks(row.span.extracting(0..<width), to: &sums)
            }
            return sums.indices.map { index in
                Float(sums[index]) / Float(min(block, width - index * block) * count)
            }
        }.flatMap { $0 }
    }
}

/// Replaces a row by the magnitudes of its differences from `background`, each held at 2047 as in
/// ``BlockStatistics``.
@inline(__always)
private func takeMagnitudes(ofDifferencesFrom background: Span<Int16>, in row: inout [Int16]) {
    var row = row.mutableSpan
    for x in 0..<row.count {
        let difference = row[x] &- background[x]
        let magnitude = difference < 0 ? 0 &- difference : difference
        row[x] = magnitude > 2047 ? 2047 : magnitude
    }
}

@inline(__always)
private func addByBlocks(_ row: Span<Int16>, to sums: inout [Int32]) {
    let size = BlockStatistics.blockSize
    for index in sums.indices {
        var sum: Int32 = 0
        for x in index * size..<min((index + 1) * size, row.count) { sum &+= Int32(row[x]) }
        sums[index] &+= sum
    }
}
