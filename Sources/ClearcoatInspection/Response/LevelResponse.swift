/// What a level of the pyramid responds, and how strongly in blocks, all from one pass over its rows.
package struct LevelResponse: Sendable {
    /// Smoothed level less what is around it, at the samples that lie on the picture.
    package let plane: BandedPlane
    package let blocks: BlockStatistics
    /// The mean magnitude in each block of what the even response would be; nil when it was not asked for.
    ///
    /// On level 0 from every second row, of a large picture from every fourth: the band's shortest waves are seven pixels
    /// long.
    package let evenMagnitudes: [Float]?
}

extension Pyramid {
    /// The even response of level `k`: what is left when all that is coarser than about eight of its samples is taken
    /// away, before it is related to the noise.
    ///
    /// Smoothed level k minus the twice smoothed level k + 2, brought back to the finer grid.
    package func response(_ k: Int, bandHeight: Int, with scheduler: some BandScheduler) async throws
        -> LevelResponse
    {
        try await response(
            k,
            around: evenSurround(of: k, with: scheduler),
            bandHeight: bandHeight,
            with: scheduler
        )
    }

    /// Smoothed level `k` less what is around it.
    ///
    /// - Parameters:
    ///   - surround: what is around, on the grid of the next coarser level.
    ///   - even: the surround of the even response, whose magnitudes are wanted too.
    ///   - bandHeight: rows in a band at least; whole blocks are worked on.
    package func response(
        _ k: Int,
        around surround: BandedPlane,
        even: BandedPlane? = nil,
        bandHeight: Int,
        with scheduler: some BandScheduler
    ) async throws -> LevelResponse {
        let plane = levels[k]
        let (width, height) = size(ofLevel: k)
        let block = BlockStatistics.blockSize
        let bandHeight = (bandHeight + block - 1) / block * block
        let bandCount = BandedPlane.bandCount(height: height, bandHeight: bandHeight)
        let bands = try await scheduler.map(bandCount) { index in
            ResponseBand(
                rows: BandedPlane.rows(ofBand: index, height: height, bandHeight: bandHeight),
                width: width,
                of: plane,
                around: surround,
                even: even,
                evenStep: k > 0 ? 1 : height > 2048 ? 4 : 2
            )
        }
        return LevelResponse(
            plane: BandedPlane(
                width: width,
                height: height,
                bandHeight: bandHeight,
                stride: BandedPlane.stride(ofWidth: width),
                bands: bands.map(\.band.samples)
            ),
            blocks: BlockStatistics(bands.map(\.statistics), width: width, height: height),
            evenMagnitudes: even.map { _ in bands.flatMap(\.evenMagnitudes) }
        )
    }
}

/// Whole rows of blocks of a level's response.
private struct ResponseBand: Sendable {
    private(set) var band: BandedPlane.Band
    private(set) var statistics = BlockStatistics.Rows()
    private(set) var evenMagnitudes: [Float] = []

    init(
        rows: Range<Int>,
        width: Int,
        of plane: BandedPlane,
        around surround: BandedPlane,
        even: BandedPlane?,
        evenStep: Int
    ) {
        band = BandedPlane.Band(rows: rows, width: width)
        var column = [Int16](repeating: 0, count: plane.width)
        var background = column
        var coarseRow = [Int16](repeating: 0, count: surround.width)
        var columns = BlockColumns(width: width)
        for top in stride(from: rows.lowerBound, to: rows.upperBound, by: BlockStatistics.blockSize) {
            let blockRows = top..<min(top + BlockStatistics.blockSize, rows.upperBound)
            columns.clear()
            for y in blockRows {
                binomialColumns(of: plane, y, into: &column)
                expandedRow(of: surround, y, scratch: &coarseRow, into: &background)
                let place = band.place(ofRow: y)
                columns.respond(column.span, around: background.span, into: &band.samples, at: place)
                if let even, (y - top) % evenStep == 0 {
                    expandedRow(of: even, y, scratch: &coarseRow, into: &background)
                    columns.addEvenMagnitudes(of: column.span, around: background.span)
                }
            }
            columns.append(to: &statistics, rowCount: blockRows.count)
            if even != nil {
                let evenRowCount = (blockRows.count + evenStep - 1) / evenStep
                columns.appendEvenMagnitudes(to: &evenMagnitudes, rowCount: evenRowCount)
            }
        }
    }
}
