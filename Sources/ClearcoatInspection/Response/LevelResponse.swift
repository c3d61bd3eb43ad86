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
        try await response(k, weights: .even, bandHeight: bandHeight, with: scheduler)
    }

    /// Smoothed level `k` less what is around it.
    ///
    /// - Parameters:
    ///   - weights: how much of the coarser bands takes part.
    ///   - measuresEven: whether the magnitudes of the even response are wanted too.
    ///   - bandHeight: rows in a band at least; whole blocks are worked on.
    package func response(
        _ k: Int,
        weights: BandWeights,
        measuresEven: Bool = false,
        bandHeight: Int,
        with scheduler: some BandScheduler
    ) async throws -> LevelResponse {
        let plane = levels[k]
        let (width, height) = size(ofLevel: k)
        let block = BlockStatistics.blockSize
        let bandHeight = (bandHeight + block - 1) / block * block
        let bandCount = BandedPlane.bandCount(height: height, bandHeight: bandHeight)
        let surrounds = surrounds(of: k)
        let evenStep = k > 0 ? 1 : height > 2048 ? 4 : 2
        let bands = try await scheduler.map(bandCount) { index in
            ResponseBand(
                rows: BandedPlane.rows(ofBand: index, height: height, bandHeight: bandHeight),
                width: width,
                of: plane,
                around: surrounds,
                weights,
                evenStep: measuresEven ? evenStep : nil
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
            evenMagnitudes: measuresEven ? bands.flatMap(\.evenMagnitudes) : nil
        )
    }
}

/// Whole rows of blocks of a level's response.
private struct ResponseBand: Sendable {
    private(set) var band: BandedPlane.Band
    private(set) var statistics = BlockStatistics.Rows()
    private(set) var evenMagnitudes: [Float] = []

    /// - Parameter evenStep: the rows from one that the even response is measured on to the next; nil for none.
    init(
        rows: Range<Int>,
        width: Int,
        of plane: BandedPlane,
        around surrounds: Surrounds,
        _ weights: BandWeights,
        evenStep: Int?
    ) {
        band = BandedPlane.Band(rows: rows, width: width)
        var column = [Int16](repeating: 0, count: plane.width)
        var background = BackgroundRows(surrounds, width: plane.width)
        var columns = BlockColumns(width: width)
        for top in stride(from: rows.lowerBound, to: rows.upperBound, by: BlockStatistics.blockSize) {
            let blockRows = top..<min(top + BlockStatistics.blockSize, rows.upperBound)
            columns.clear()
            for y in blockRows {
                binomialColumns(of: plane, y, into: &column)
                background.moveTo(row: y, weights)
                let place = band.place(ofRow: y)
                columns.respond(column.span, around: background.row.span, into: &band.samples, at: place)
                if let evenStep, (y - top) % evenStep == 0 {
                    background.moveToEven(row: y)
                    columns.addEvenMagnitudes(of: column.span, around: background.row.span)
                }
            }
            columns.append(to: &statistics, rowCount: blockRows.count)
            if let evenStep {
                let evenRowCount = (blockRows.count + evenStep - 1) / evenStep
                columns.appendEvenMagnitudes(to: &evenMagnitudes, rowCount: evenRowCount)
            }
        }
    }
}

/// What is around the samples of one row after another of a level.
private struct BackgroundRows {
    private(set) var row: [Int16]
    private var surrounds: SurroundRows
    private var mixed: RowPair
    private var even: RowPair
    private var scratch: [Int16]

    init(_ surrounds: Surrounds, width: Int) {
        self.surrounds = SurroundRows(surrounds)
        row = [Int16](repeating: 0, count: width)
        mixed = RowPair(width: self.surrounds.width)
        even = mixed
        scratch = mixed.upper
    }

    mutating func moveTo(row y: Int, _ weights: BandWeights) {
        let new = mixed.move(to: y)
        if new.upper { surrounds.readMixed(weights, y / 2, into: &mixed.upper) }
        if new.lower { surrounds.readMixed(weights, y / 2 + 1, into: &mixed.lower) }
        expandedRow(of: mixed, y, scratch: &scratch, into: &row)
    }

    /// The same for the even response.
    mutating func moveToEven(row y: Int) {
        let new = even.move(to: y)
        if new.upper { surrounds.readMiddle(y / 2, into: &even.upper) }
        if new.lower { surrounds.readMiddle(y / 2 + 1, into: &even.lower) }
        expandedRow(of: even, y, scratch: &scratch, into: &row)
    }
}
