/// How strong a response is in blocks of 16 × 16 samples: the material of the noise estimate.
package struct BlockStatistics: Sendable, Hashable {
    /// Samples a block in each direction.
    package static let blockSize = 16
    /// A contrast of 0.25: noise of a quarter of the brightness is no noise. Sixteen of these fit 16 bits.
    static let mostMagnitude: Int16 = 2047

    package let columns: Int
    package let rows: Int
    /// Mean absolute response of each block, each sample's held at ``mostMagnitude``.
    package let meanMagnitude: [Float]
    /// Largest response of each block.
    package let highest: [Int16]
    /// Smallest response of each block.
    package let lowest: [Int16]

    /// Of some rows of blocks.
    struct Rows: Sendable {
        var meanMagnitude: [Float] = []
        var highest: [Int16] = []
        var lowest: [Int16] = []
    }

    /// Rows of blocks from top to bottom, of a plane of `width` × `height` samples.
    init(_ parts: [Rows], width: Int, height: Int) {
        columns = (width + Self.blockSize - 1) / Self.blockSize
        rows = (height + Self.blockSize - 1) / Self.blockSize
        meanMagnitude = parts.flatMap(\.meanMagnitude)
        highest = parts.flatMap(\.highest)
        lowest = parts.flatMap(\.lowest)
    }

    /// Of blocks row by row.
    package init(columns: Int, rows: Int, meanMagnitude: [Float], highest: [Int16], lowest: [Int16]) {
        self.columns = columns
        self.rows = rows
        self.meanMagnitude = meanMagnitude
        self.highest = highest
        self.lowest = lowest
    }
}
