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
        var source = ResponseRows(of: plane, around: surrounds)
        var upper = ResponseRow(width: plane.width)
        var lower = upper
        var columns = BlockColumns(width: width)
        for top in stride(from: rows.lowerBound, to: rows.upperBound, by: BlockStatistics.blockSize) {
            let blockRows = top..<min(top + BlockStatistics.blockSize, rows.upperBound)
            columns.clear()
            for y in stride(from: top, to: blockRows.upperBound, by: 2) {
                source.read(y, weights, into: &upper)
                let place = band.place(ofRow: y)
                let hasLower = y + 1 < blockRows.upperBound
                if hasLower {
                    source.read(y + 1, weights, into: &lower)
                    columns.respond(upper, lower, into: &band.samples, at: place, place + band.stride)
                } else {
                    columns.respond(upper, into: &band.samples, at: place)
                }
                guard let evenStep else { continue }
                if (y - top) % evenStep == 0 {
                    source.readEvenBackground(y, into: &upper)
                    columns.addEvenMagnitudes(of: upper)
                }
                if hasLower, (y + 1 - top) % evenStep == 0 {
                    source.readEvenBackground(y + 1, into: &lower)
                    columns.addEvenMagnitudes(of: lower)
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

/// What the responses of a row are made of.
struct ResponseRow {
    /// The row of a level, smoothed along its columns only.
    var column: [Int16]
    /// What is around its samples.
    var background: [Int16]

    init(width: Int) {
        column = [Int16](repeating: 0, count: width)
        background = column
    }
}

/// Makes what responses are made of, one row of a level after another.
private struct ResponseRows {
    private let plane: BandedPlane
    private var surrounds: SurroundRows
    private var mixed: RowPair
    private var even: RowPair
    private var scratch: [Int16]

    init(of plane: BandedPlane, around surrounds: Surrounds) {
        self.plane = plane
        self.surrounds = SurroundRows(surrounds)
        mixed = RowPair(width: self.surrounds.width)
        even = mixed
        scratch = mixed.upper
    }

    mutating func read(_ y: Int, _ weights: BandWeights, into row: inout ResponseRow) {
        binomialColumns(of: plane, y, into: &row.column)
        let new = mixed.move(to: y)
        if new.upper { surrounds.readMixed(weights, y / 2, into: &mixed.upper) }
        if new.lower { surrounds.readMixed(weights, y / 2 + 1, into: &mixed.lower) }
        expandedRow(of: mixed, y, scratch: &scratch, into: &row.background)
    }

    /// The same row's background for the even response.
    mutating func readEvenBackground(_ y: Int, into row: inout ResponseRow) {
        let new = even.move(to: y)
        if new.upper { surrounds.readMiddle(y / 2, into: &even.upper) }
        if new.lower { surrounds.readMiddle(y / 2 + 1, into: &even.lower) }
        expandedRow(of: even, y, scratch: &scratch, into: &row.background)
    }
}
